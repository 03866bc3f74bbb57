package weir.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// The requests of `integration` blocks.
final class Requests {
    private static final Type RESPONSE = new Type.RecordOf(List.of(
            new Field("status", Basic.INT, false, "The status of the answer."),
            new Field("headers", new Type.MapOf(Basic.STRING), false, "Its headers, by lower-case name."),
            new Field("body", Basic.JSON, false, "What the answer holds.")));
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final Map<String, Signature> PAGING = Map.of(
            "link_header", IntegrationBlocks.signature("link_header"),
            "cursor", IntegrationBlocks.signature("cursor", "param", Basic.STRING, "next", Basic.JSON),
            "page", IntegrationBlocks.signature("page", "param", Basic.STRING, "first?", Basic.INT));

    private final Expressions expressions;
    private final Checking checking;
    private final Folding folding;

    Requests(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.folding = new Folding(checking.declarations);
    }

    /// @param result what the action gives
    /// @param baseless the name of an integration that has no `base`, null: there is one
    void check(Declaration.Request request, Scope scope, Type result, @Nullable String baseless) {
        method(request.method());
        expressions.check(request.url(), Basic.STRING, scope, "the path");
        path(request.url(), baseless);
        if (request.query() != null) {
            expressions.check(request.query(), new Type.MapOf(Basic.JSON), scope, "`query`");
        }
        if (request.headers() != null) {
            Type texts = Types.union(List.of(Basic.STRING, Basic.SECRET, Basic.UNDEFINED));
            expressions.check(request.headers(), new Type.MapOf(texts), scope, "`headers`");
        }
        if (request.body() != null) {
            expressions.open(request.body(), scope, "`body`");
            if (Set.of("GET", "HEAD").contains(request.method().text())) {
                bad(request.body().span(), "`GET` and `HEAD` have no body.", "Put it into `query`.");
            }
        }
        Scope answer =
                scope.inner().declare(new Symbol(Symbol.Kind.SPECIAL, "response", RESPONSE, null, "The answer."));
        if (request.paging() != null) {
            paging(request.paging(), request, answer, result);
        }
        for (var fails : request.fails()) {
            expressions.conditions.decides(fails.condition(), answer, "`when`");
            expressions.check(fails.message(), Basic.STRING, answer, "`with`");
        }
        if (request.gives() != null) {
            expressions.check(request.gives(), result, answer, "the result");
        }
    }

    private void bad(weir.source.Span at, String what, @Nullable String next) {
        checking.report(new IntegrationProblem.BadPart(checking.at(at), what, next));
    }

    private void method(Tree.Name method) {
        if (!METHODS.contains(method.text())) {
            String upper = method.text().toUpperCase(java.util.Locale.ROOT);
            checking.report(new IntegrationProblem.UnknownMethod(
                    checking.at(method.span()),
                    method.text(),
                    METHODS.contains(upper)
                            ? upper
                            : checking.nearest(upper, METHODS).orElse(null)));
        }
    }

    /// What a path begins with has to be written: a value there could lead anywhere.
    private void path(Expression url, @Nullable String baseless) {
        String start =
                url instanceof Expression.Template template ? template.texts().getFirst() : folding.text(url);
        if (start == null || start.matches("https?://.+")) {
            return;
        }
        if (baseless != null) {
            checking.report(new IntegrationProblem.NoBase(checking.at(url.span()), baseless));
        } else if (!start.startsWith("/")) {
            bad(url.span(), "A path begins with `/`.", "What stands before it is the integration's `base`.");
        }
    }

    private void paging(Declaration.Paging paging, Declaration.Request request, Scope answer, Type result) {
        String kind = paging.kind().text();
        var signature = PAGING.get(kind);
        if (signature == null) {
            paging.arguments().forEach(argument -> expressions.infer(argument.value(), answer));
            checking.report(new IntegrationProblem.UnknownKind(
                    checking.at(paging.kind().span()),
                    "pages by",
                    kind,
                    checking.nearest(kind, PAGING.keySet()).orElse(null),
                    "There are `link_header`, `cursor(param: \"after\", next: response.body.next)` and"
                            + " `page(param: \"page\")`."));
            return;
        }
        int end = paging.arguments().isEmpty()
                ? paging.span().end()
                : paging.arguments().getLast().span().end();
        new Arguments(expressions)
                .check(signature, paging.arguments(), paging.kind().span(), end, answer);
        for (var argument : paging.arguments()) {
            String name = argument.name() == null ? "" : argument.name().text();
            if (name.equals("param") && folding.text(argument.value()) == null) {
                notConstant(argument, "a text");
            } else if (name.equals("first") && folding.number(argument.value()) == null) {
                notConstant(argument, "a number");
            }
        }
        if (!request.method().text().equals("GET")) {
            bad(paging.span(), "Only what `GET` reads has pages.", null);
        }
        if (result != Basic.JSON && checking.types.itemOf(result) == null) {
            bad(
                    paging.span(),
                    "`pages by` puts lists together, but the action gives " + Shape.display(result) + ".",
                    "Let it give a list, `-> [T]`, and say with `gives` where each page has it.");
        }
    }

    private void notConstant(Tree.Argument argument, String wanted) {
        String name = argument.name() == null ? "" : argument.name().text();
        checking.report(new HeadProblem.NotConstant(checking.at(argument.value().span()), name, wanted));
    }
}
