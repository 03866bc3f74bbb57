package weir.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Folding;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.Node;
import weir.graph.Start;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Expression.Property;

/// Triggers and settings of a workflow.
final class HeadLowering {
    private final Checked checked;
    private final ExpressionLowering expressions;
    private final StatementLowering statements;
    private final Folding folding;

    HeadLowering(Checked checked, Reach reach, StatementLowering statements) {
        this.checked = checked;
        this.expressions = new ExpressionLowering(checked, reach, false);
        this.statements = statements;
        this.folding = new Folding(checked.declarations());
    }

    List<Start> starts(Declaration.Workflow workflow) {
        var starts = new ArrayList<Start>();
        for (Head head : workflow.heads()) {
            if (head instanceof Head.Trigger trigger) {
                starts.add(start(trigger));
            }
        }
        return starts;
    }

    private Start start(Head.Trigger trigger) {
        Map<String, Expression> arguments = new TreeMap<>();
        trigger.arguments()
                .forEach(argument -> arguments.put(
                        argument.name() == null ? "" : argument.name().text(), argument.value()));
        Expr when = expressions.lowerOptional(trigger.when());
        List<Node.Argument> with = trigger.with() == null ? null : with(trigger.with());
        return switch (trigger.kind().text()) {
            case "webhook" ->
                new Start.Webhook(
                        text(arguments, "method"),
                        text(arguments, "path"),
                        expressions.lowerOptional(arguments.get("signature")),
                        expressions.lowerOptional(arguments.get("auth")),
                        arguments.containsKey("reply"),
                        when,
                        with);
            case "schedule" -> {
                Expression every = arguments.get("every");
                Double milliseconds = every == null ? null : folding.number(every);
                yield milliseconds == null
                        ? new Start.Cron(text(arguments, "cron"), text(arguments, "zone"), when, with)
                        : new Start.Every(Math.round(milliseconds), when, with);
            }
            case "event" -> new Start.Event(text(arguments, ""), when, with);
            default -> integrated(trigger, when, with);
        };
    }

    private Start integrated(Head.Trigger trigger, @Nullable Expr when, @Nullable List<Node.Argument> with) {
        String name = trigger.kind().names().getFirst().text();
        var integration = checked.integration(name);
        return new Start.Integrated(
                integration == null ? name : integration.name(),
                integration == null ? "" : integration.version(),
                trigger.kind().names().getLast().text(),
                statements.arguments(trigger.arguments()),
                when,
                with);
    }

    private String text(Map<String, Expression> arguments, String name) {
        Expression value = arguments.get(name);
        String text = value == null ? null : folding.text(value);
        return text == null ? "" : text;
    }

    private List<Node.Argument> with(Expression.ObjectLiteral with) {
        var arguments = new ArrayList<Node.Argument>();
        var lowered = (Expr.ObjectLiteral) expressions.lower(with);
        for (int i = 0; i < with.properties().size(); i++) {
            if (lowered.properties().get(i) instanceof Expr.Property.Entry(String key, Expr value)
                    && !(with.properties().get(i) instanceof Property.Spread)) {
                arguments.add(new Node.Argument(key, value));
            }
        }
        return arguments;
    }

    Graph.Limits limits(Declaration.Workflow workflow) {
        var priority = Graph.Priority.NORMAL;
        Graph.Once once = null;
        Graph.AtMost atMost = null;
        Expr timeout = null;
        for (Head head : workflow.heads()) {
            switch (head) {
                case Head.Priority it ->
                    priority = Graph.Priority.valueOf(it.level().text().toUpperCase(Locale.ROOT));
                case Head.Once it ->
                    once = new Graph.Once(
                            expressions.lower(it.key()), expressions.lowerOptional(it.within()), it.orAfterFailure());
                case Head.AtMost it ->
                    atMost = new Graph.AtMost(
                            expressions.lower(it.count()), expressions.lowerOptional(it.per()), overflow(it));
                case Head.Timeout it -> timeout = expressions.lower(it.duration());
                case Head.Trigger it -> {}
                case Head.OnFailure it -> {}
            }
        }
        return new Graph.Limits(priority, once, atMost, timeout);
    }

    private static Graph.Overflow overflow(Head.AtMost atMost) {
        return switch (atMost.otherwise() == null ? "" : atMost.otherwise().text()) {
            case "skip" -> Graph.Overflow.SKIP;
            case "replace" -> Graph.Overflow.REPLACE;
            default -> Graph.Overflow.WAIT;
        };
    }
}
