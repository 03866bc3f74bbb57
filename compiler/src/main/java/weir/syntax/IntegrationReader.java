package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Declaration.FailsWhen;
import weir.syntax.Declaration.Limit;
import weir.syntax.Declaration.Paging;
import weir.syntax.Declaration.Part;
import weir.syntax.Declaration.Request;
import weir.syntax.Declaration.TriggerSource;
import weir.syntax.antlr.WeirParser.*;

/// Reads integrations: their actions, triggers and requests.
final class IntegrationReader {
    private final Reading reading;
    private final TypeReader types;
    private final ExpressionReader expressions;
    private final StatementReader statements;

    IntegrationReader(Reading reading, TypeReader types, ExpressionReader expressions, StatementReader statements) {
        this.reading = reading;
        this.types = types;
        this.expressions = expressions;
        this.statements = statements;
    }

    Declaration.Integration integration(IntegrationContext context, String doc) {
        return new Declaration.Integration(
                reading.name(context.name()),
                context.NUMBER().getText(),
                context.integrationPart().stream().map(this::part).toList(),
                doc,
                Reading.span(context));
    }

    private Part part(IntegrationPartContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case TitlePartContext title -> new Part.Title(expressions.expression(title.expr()), span);
            case BasePartContext base -> new Part.Base(expressions.expression(base.expr()), span);
            case AuthPartContext auth -> new Part.Auth(statements.call(auth.call()), span);
            case LimitsPartContext limits ->
                new Part.Limits(limits.limit().stream().map(this::limit).toList(), span);
            case ActionPartContext action -> action(action, span);
            case TriggerPartContext trigger -> trigger(trigger, span);
            default -> throw new IllegalStateException("the reader does not know the part " + context.getClass());
        };
    }

    private Limit limit(LimitContext context) {
        Span span = Reading.span(context);
        return context.RATE() == null
                ? new Limit.RetryOn(expressions.expressions(context.expr()), span)
                : new Limit.Rate(
                        expressions.expression(context.expr(0)), expressions.expression(context.expr(1)), span);
    }

    private Part action(ActionPartContext context, Span span) {
        String doc = reading.docs.take(context.getStart());
        return new Part.Action(
                context.IDEMPOTENT() != null,
                reading.name(context.name()),
                types.parameters(context.parameters()),
                context.type() == null ? null : types.type(context.type()),
                request(context.request()),
                doc,
                span);
    }

    private Part trigger(TriggerPartContext context, Span span) {
        String doc = reading.docs.take(context.getStart());
        TriggerBodyContext body = context.triggerBody();
        return new Part.Trigger(
                reading.name(context.name()),
                types.parameters(context.parameters()),
                context.type() == null ? null : types.type(context.type()),
                source(body),
                body.register == null ? null : request(body.register),
                body.unregister == null ? null : request(body.unregister),
                expressions.expression(body.payload),
                doc,
                span);
    }

    private TriggerSource source(TriggerBodyContext context) {
        Span start = Reading.span(context.getStart());
        if (context.poll != null) {
            Span span = start.to(Reading.span(context.every));
            return new TriggerSource.Poll(request(context.poll), expressions.expression(context.every), span);
        }
        ParserRuleContext last = context.accept == null ? context.call() : context.accept;
        return new TriggerSource.Webhook(
                statements.call(context.call()), expressions.optional(context.accept), start.to(Reading.span(last)));
    }

    private Request request(RequestContext context) {
        Expression query = null;
        Expression headers = null;
        Expression body = null;
        Expression gives = null;
        Paging paging = null;
        List<FailsWhen> fails = new ArrayList<>();
        for (RequestPartContext part : context.requestPart()) {
            switch (part) {
                case QueryPartContext it -> query = once(query, part, it.expr());
                case HeadersPartContext it -> headers = once(headers, part, it.expr());
                case BodyPartContext it -> body = once(body, part, it.expr());
                case GivesPartContext it -> gives = once(gives, part, it.expr());
                case PagesPartContext it -> paging = paging(it);
                case FailsPartContext it ->
                    fails.add(new FailsWhen(
                            expressions.expression(it.expr(0)), expressions.expression(it.expr(1)), Reading.span(it)));
                default -> throw new IllegalStateException("the reader does not know the part " + part.getClass());
            }
        }
        return new Request(
                reading.name(context.name()),
                expressions.text(context.text()),
                query,
                headers,
                body,
                paging,
                fails,
                gives,
                Reading.span(context));
    }

    private Expression once(@Nullable Expression earlier, RequestPartContext part, ExprContext value) {
        if (earlier != null) {
            Span word = Reading.span(part.getStart());
            reading.report(new StructureProblem.Twice(word, part.getStart().getText(), earlier.span()));
        }
        return expressions.expression(value);
    }

    private Paging paging(PagesPartContext context) {
        if (context.call() == null) {
            return new Paging(reading.name(context.name()), List.of(), Reading.span(context));
        }
        Tree.Call call = statements.call(context.call());
        return new Paging(
                new Tree.Name(call.target().text(), call.target().span()), call.arguments(), Reading.span(context));
    }
}
