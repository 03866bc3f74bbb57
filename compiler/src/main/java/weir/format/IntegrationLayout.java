package weir.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Limit;
import weir.syntax.Declaration.Part;
import weir.syntax.Declaration.Request;
import weir.syntax.Declaration.TriggerSource;
import weir.syntax.Expression;

/// Integrations.
final class IntegrationLayout {
    private final Sequences sequences;
    private final TypeLayout types;
    private final ExpressionLayout expressions;
    private final StatementLayout statements;

    IntegrationLayout(Sequences sequences, TypeLayout types, ExpressionLayout expressions, StatementLayout statements) {
        this.sequences = sequences;
        this.types = types;
        this.expressions = expressions;
        this.statements = statements;
    }

    Doc integration(Declaration.Integration integration) {
        List<Sequences.Item> items = integration.parts().stream()
                .map(part -> new Sequences.Item(part.span(), () -> part(part)))
                .toList();
        return Doc.concat(
                Sequences.docs(integration.doc()),
                "integration ",
                integration.name().text(),
                " ",
                integration.version(),
                " ",
                statements.braces(items, integration.span()));
    }

    private Doc part(Part part) {
        return switch (part) {
            case Part.Title title -> Doc.concat("title ", expressions.expression(title.text()));
            case Part.Base base -> Doc.concat("base ", expressions.expression(base.url()));
            case Part.Auth auth -> Doc.concat("auth ", statements.call(auth.call()));
            case Part.Limits limits -> limits(limits);
            case Part.Action action -> action(action);
            case Part.Trigger trigger -> trigger(trigger);
        };
    }

    private Doc limits(Part.Limits limits) {
        List<Doc> docs = limits.limits().stream().map(this::limit).toList();
        return docs.isEmpty()
                ? Doc.text("limits {}")
                : Doc.group("limits {", Doc.indent(Breaks.LINE, Doc.join(Breaks.LINE, docs)), Breaks.LINE, "}");
    }

    private Doc limit(Limit limit) {
        return switch (limit) {
            case Limit.Rate rate ->
                Doc.concat("rate ", expressions.expression(rate.count()), " per ", expressions.expression(rate.per()));
            case Limit.RetryOn retry ->
                Doc.concat(
                        "retry on ",
                        Doc.join(
                                Doc.text(", "),
                                retry.statuses().stream()
                                        .map(expressions::expression)
                                        .toList()));
        };
    }

    private Doc action(Part.Action action) {
        return Doc.concat(
                Sequences.docs(action.doc()),
                action.idempotent() ? "idempotent " : "",
                "action ",
                action.name().text(),
                types.signature(action.name(), action.parameters(), action.result()),
                " ",
                sequences.braces(request(action.request()), sequences.endingWith(action.span())));
    }

    private Doc trigger(Part.Trigger trigger) {
        return Doc.concat(
                Sequences.docs(trigger.doc()),
                "trigger ",
                trigger.name().text(),
                types.signature(trigger.name(), trigger.parameters(), trigger.result()),
                " ",
                sequences.braces(body(trigger), sequences.endingWith(trigger.span())));
    }

    private List<Sequences.Item> body(Part.Trigger trigger) {
        List<Sequences.Item> items = new ArrayList<>();
        items.add(
                switch (trigger.source()) {
                    case TriggerSource.Webhook webhook ->
                        new Sequences.Item(
                                webhook.span(),
                                () -> Doc.group(
                                        "webhook verify ",
                                        statements.call(webhook.verify()),
                                        Doc.indent(statements.clause("accept when", webhook.accept()))));
                    case TriggerSource.Poll poll ->
                        new Sequences.Item(
                                poll.span(),
                                () -> Doc.concat(
                                        "poll ",
                                        inline(poll.request()),
                                        " every ",
                                        expressions.expression(poll.every())));
                });
        add(items, "register", trigger.register());
        add(items, "unregister", trigger.unregister());
        items.add(new Sequences.Item(
                trigger.emit().span(), () -> Doc.concat("emit ", expressions.expression(trigger.emit()))));
        return items;
    }

    private void add(List<Sequences.Item> items, String word, @Nullable Request request) {
        if (request != null) {
            items.add(new Sequences.Item(request.span(), () -> Doc.concat(word + " ", inline(request))));
        }
    }

    private Doc inline(Request request) {
        List<Doc> parts = new ArrayList<>();
        for (Sequences.Item part : request(request)) {
            parts.add(part.doc().get());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : Doc.group(
                        parts.getFirst(),
                        Doc.indent(Breaks.LINE, Doc.join(Breaks.LINE, parts.subList(1, parts.size()))));
    }

    /// The parts of a request in their usual order; with comments in it as they stood, so that none gets ahead of
    /// another.
    private List<Sequences.Item> request(Request request) {
        List<Sequences.Item> parts = new ArrayList<>();
        parts.add(new Sequences.Item(
                request.method().span().to(request.url().span()),
                () -> Doc.concat(request.method().text(), " ", expressions.expression(request.url()))));
        add(parts, "query", request.query());
        add(parts, "headers", request.headers());
        add(parts, "body", request.body());
        if (request.paging() != null) {
            Declaration.Paging paging = request.paging();
            parts.add(new Sequences.Item(paging.span(), () -> paging(paging)));
        }
        for (Declaration.FailsWhen fails : request.fails()) {
            parts.add(new Sequences.Item(
                    fails.condition().span().to(fails.message().span()),
                    () -> Doc.group(
                            "fails when ",
                            expressions.expression(fails.condition()),
                            Doc.indent(Breaks.LINE, "with ", expressions.expression(fails.message())))));
        }
        add(parts, "gives", request.gives());
        if (sequences.hasCommentBefore(request.span().end())) {
            parts.sort(Comparator.comparingInt(part -> part.span().start()));
        }
        return parts;
    }

    private void add(List<Sequences.Item> parts, String word, @Nullable Expression value) {
        if (value != null) {
            parts.add(new Sequences.Item(value.span(), () -> expressions.after(word, value)));
        }
    }

    private Doc paging(Declaration.Paging paging) {
        // A dotted name is one only with parentheses.
        Doc arguments = paging.arguments().isEmpty() && !paging.kind().text().contains(".")
                ? Breaks.NONE
                : statements.arguments(paging.arguments(), paging.kind().span().end());
        return Doc.concat("pages by ", paging.kind().text(), arguments);
    }
}
