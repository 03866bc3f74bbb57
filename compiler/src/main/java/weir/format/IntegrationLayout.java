package weir.format;

import java.util.ArrayList;
import java.util.List;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Limit;
import weir.syntax.Declaration.Part;
import weir.syntax.Declaration.Request;
import weir.syntax.Declaration.TriggerSource;

/// Integrations.
final class IntegrationLayout {
    private final Source source;
    private final Sequences sequences;
    private final TypeLayout types;
    private final ExpressionLayout expressions;
    private final StatementLayout statements;

    IntegrationLayout(
            Source source,
            Sequences sequences,
            TypeLayout types,
            ExpressionLayout expressions,
            StatementLayout statements) {
        this.source = source;
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
        int open = source.text().lastIndexOf('{', action.request().span().start());
        List<Doc> lines =
                new ArrayList<>(sequences.commentsBefore(action.request().span().start()));
        lines.addAll(request(action.request()));
        return Doc.concat(
                Sequences.docs(action.doc()),
                action.idempotent() ? "idempotent " : "",
                "action ",
                action.name().text(),
                types.signature(action.parameters(), action.result(), open),
                " ",
                body(lines, action.span().end() - 1));
    }

    /// Lines in braces, with the comments that are left inside.
    private Doc body(List<Doc> lines, int end) {
        List<Doc> all = new ArrayList<>(sequences.commentsBefore(end));
        all.addAll(0, lines);
        return Doc.concat("{", Doc.indent(Breaks.HARD, Doc.join(Breaks.HARD, all)), Breaks.HARD, "}");
    }

    private Doc trigger(Part.Trigger trigger) {
        Doc head = Doc.concat(
                Sequences.docs(trigger.doc()),
                "trigger ",
                trigger.name().text(),
                types.signature(
                        trigger.parameters(),
                        trigger.result(),
                        trigger.source().span().start()),
                " ");
        List<Doc> lines =
                new ArrayList<>(sequences.commentsBefore(trigger.source().span().start()));
        lines.add(
                switch (trigger.source()) {
                    case TriggerSource.Webhook webhook ->
                        Doc.group(
                                "webhook verify ",
                                statements.call(webhook.verify()),
                                Doc.indent(statements.clause("accept when", webhook.accept())));
                    case TriggerSource.Poll poll ->
                        Doc.concat("poll ", inline(poll.request()), " every ", expressions.expression(poll.every()));
                });
        if (trigger.register() != null) {
            lines.add(Doc.concat("register ", inline(trigger.register())));
        }
        if (trigger.unregister() != null) {
            lines.add(Doc.concat("unregister ", inline(trigger.unregister())));
        }
        lines.add(Doc.concat("emit ", expressions.expression(trigger.emit())));
        return Doc.concat(head, body(lines, trigger.span().end() - 1));
    }

    private Doc inline(Request request) {
        List<Doc> parts = request(request);
        return parts.size() == 1
                ? parts.getFirst()
                : Doc.group(
                        parts.getFirst(),
                        Doc.indent(Breaks.LINE, Doc.join(Breaks.LINE, parts.subList(1, parts.size()))));
    }

    /// The parts of a request in their usual order.
    private List<Doc> request(Request request) {
        List<Doc> parts = new ArrayList<>();
        parts.add(Doc.concat(request.method().text(), " ", expressions.expression(request.url())));
        if (request.query() != null) {
            parts.add(expressions.after("query", request.query()));
        }
        if (request.headers() != null) {
            parts.add(expressions.after("headers", request.headers()));
        }
        if (request.body() != null) {
            parts.add(expressions.after("body", request.body()));
        }
        if (request.paging() != null) {
            Declaration.Paging paging = request.paging();
            Doc arguments = paging.arguments().isEmpty()
                    ? Breaks.NONE
                    : statements.arguments(paging.arguments(), paging.span().end());
            parts.add(Doc.concat("pages by ", paging.kind().text(), arguments));
        }
        for (Declaration.FailsWhen fails : request.fails()) {
            parts.add(Doc.group(
                    "fails when ",
                    expressions.expression(fails.condition()),
                    Doc.indent(Breaks.LINE, "with ", expressions.expression(fails.message()))));
        }
        if (request.gives() != null) {
            parts.add(expressions.after("gives", request.gives()));
        }
        return parts;
    }
}
