package weir.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Argument;
import weir.syntax.Tree.Block;
import weir.syntax.Tree.Policy;
import weir.syntax.TypeExpression;

/// Statements, calls and policies.
final class StatementLayout {
    private final Source source;
    private final Sequences sequences;
    private final TypeLayout types;
    private final ExpressionLayout expressions;

    StatementLayout(Source source, Sequences sequences, TypeLayout types, ExpressionLayout expressions) {
        this.source = source;
        this.sequences = sequences;
        this.types = types;
        this.expressions = expressions;
    }

    Doc statement(Statement statement) {
        return switch (statement) {
            case Statement.Let let -> let(let.name(), let.type(), let.value());
            case Statement.Step step ->
                Doc.concat(target(step.target(), true), call(step.call()), policies(step.policies(), step.span()));
            case Statement.Ask ask ->
                Doc.group(
                        target(ask.target(), true),
                        "ask ",
                        expressions.expression(ask.question()),
                        Doc.indent(clause("of", ask.who()), answer(ask.answer()), clause("up to", ask.upTo())));
            case Statement.WaitFor wait ->
                Doc.group(
                        target(wait.target(), true),
                        "wait for ",
                        expressions.expression(wait.event()),
                        Doc.indent(answer(wait.type()), clause("where", wait.where()), clause("up to", wait.upTo())));
            case Statement.If conditional -> conditional(conditional);
            case Statement.Switch choice -> choice(choice);
            case Statement.For loop -> loop(loop);
            case Statement.Repeat repeat -> repeat(repeat);
            case Statement.Parallel parallel ->
                Doc.concat("parallel ", braces(branches(parallel.branches()), parallel.span()));
            case Statement.Race race ->
                Doc.concat(target(race.target(), false), "race ", braces(branches(race.branches()), race.span()));
            case Statement.Split split -> split(split);
            case Statement.Try attempt ->
                Doc.concat(
                        target(attempt.target(), false),
                        "try ",
                        block(attempt.body()),
                        " catch ",
                        attempt.error().text(),
                        " ",
                        block(attempt.handler()));
            case Statement.Wait wait -> Doc.concat("wait ", expressions.expression(wait.duration()));
            case Statement.WaitUntil wait -> Doc.concat("wait until ", expressions.expression(wait.time()));
            case Statement.Emit emit ->
                Doc.concat("emit ", expressions.expression(emit.event()), word("", emit.payload()));
            case Statement.Log log -> expressions.after("log", log.value());
            case Statement.Return returns ->
                returns.value() == null ? Doc.text("return") : expressions.after("return", returns.value());
            case Statement.Yield yields -> expressions.after("yield", yields.value());
            case Statement.Fail fail -> expressions.after("fail", fail.message());
            case Statement.Broken broken -> Doc.text(source.text(broken.span()));
        };
    }

    Doc let(Tree.Name name, @Nullable TypeExpression type, Expression value) {
        Doc typed = type == null ? Breaks.NONE : Doc.concat(": ", types.type(type));
        return Doc.concat("let ", name.text(), typed, expressions.after(" =", value));
    }

    /// `step n: T = `; an effect has the word `step` also without a name.
    private Doc target(Statement.@Nullable Target target, boolean effect) {
        if (target == null) {
            return Doc.text(effect ? "step " : "");
        }
        Doc type = target.type() == null ? Breaks.NONE : Doc.concat(": ", types.type(target.type()));
        return Doc.concat("step ", target.name().text(), type, " = ");
    }

    /// `-> T`, on the next line if the statement is long.
    private Doc answer(@Nullable TypeExpression type) {
        return type == null ? Breaks.NONE : Doc.concat(Breaks.LINE, "-> ", types.type(type));
    }

    private Doc conditional(Statement.If conditional) {
        List<Doc> parts = new ArrayList<>();
        parts.add(target(conditional.target(), false));
        for (Statement.Arm arm : conditional.arms()) {
            parts.add(Doc.text(parts.size() == 1 ? "if " : " else if "));
            parts.add(inParentheses(arm.condition()));
            parts.add(Doc.text(" "));
            parts.add(block(arm.block()));
        }
        if (conditional.otherwise() != null) {
            parts.add(Doc.text(" else "));
            parts.add(block(conditional.otherwise()));
        }
        return Doc.concat(parts);
    }

    private Doc inParentheses(Expression condition) {
        return Doc.group("(", Doc.indent(Breaks.SOFT, expressions.expression(condition)), Breaks.SOFT, ")");
    }

    private Doc choice(Statement.Switch choice) {
        Doc head = Doc.concat(target(choice.target(), false), "switch ", inParentheses(choice.subject()), " ");
        List<Sequences.Item> items = new ArrayList<>();
        for (Statement.Case one : choice.cases()) {
            items.add(new Sequences.Item(
                    one.span(),
                    () -> Doc.concat(
                            "case ",
                            Doc.join(
                                    Doc.text(", "),
                                    one.values().stream()
                                            .map(expressions::expression)
                                            .toList()),
                            " ",
                            block(one.block()))));
        }
        if (choice.otherwise() != null) {
            Block otherwise = choice.otherwise();
            items.add(new Sequences.Item(otherwise.span(), () -> Doc.concat("else ", block(otherwise))));
        }
        return Doc.concat(head, braces(items, choice.span()));
    }

    private Doc loop(Statement.For loop) {
        return Doc.concat(
                target(loop.target(), false),
                "for ",
                loop.item().text(),
                loop.index() == null ? "" : ", " + loop.index().text(),
                " of ",
                expressions.expression(loop.list()),
                loop.atOnce() == null
                        ? Breaks.NONE
                        : Doc.concat(" at most ", expressions.expression(loop.atOnce()), " at once"),
                " ",
                block(loop.body()));
    }

    private Doc repeat(Statement.Repeat repeat) {
        Statement.Carried carried = repeat.carried();
        Doc head = Doc.group(
                target(repeat.target(), false),
                "repeat at most ",
                expressions.expression(repeat.times()),
                " times",
                Doc.indent(
                        clause("every", repeat.every()),
                        carried == null
                                ? Breaks.NONE
                                : Doc.concat(
                                        Breaks.LINE,
                                        "with ",
                                        carried.name().text(),
                                        " = ",
                                        expressions.expression(carried.first()),
                                        " then ",
                                        expressions.expression(carried.next())),
                        clause("until", repeat.until())));
        return Doc.concat(head, " ", block(repeat.body()));
    }

    private List<Sequences.Item> branches(List<Statement.Branch> branches) {
        return branches.stream()
                .map(branch -> new Sequences.Item(
                        branch.span(), () -> Doc.concat(branch.name().text(), " ", block(branch.block()))))
                .toList();
    }

    private Doc split(Statement.Split split) {
        Doc head = Doc.concat(
                target(split.target(), false),
                "split ",
                expressions.expression(split.experiment()),
                " by ",
                expressions.expression(split.by()),
                " ");
        List<Sequences.Item> items = split.branches().stream()
                .map(share -> new Sequences.Item(
                        share.span(),
                        () -> Doc.concat(share.name().text(), " ", percent(share), " ", block(share.block()))))
                .toList();
        return Doc.concat(head, braces(items, split.span()));
    }

    private static String percent(Statement.Share share) {
        return new BigDecimal(Double.toString(share.percent()))
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    Doc block(Block block) {
        List<Sequences.Item> items = block.statements().stream()
                .map(statement -> new Sequences.Item(statement.span(), () -> statement(statement)))
                .toList();
        return braces(items, block.span());
    }

    /// Items in braces, each on lines of its own; the last brace is the last character of the span.
    Doc braces(List<Sequences.Item> items, Span span) {
        return sequences.braces(items, sequences.endingWith(span));
    }

    Doc call(Tree.Call call) {
        return Doc.concat(
                call.target().text(),
                arguments(call.arguments(), call.target().span().end()));
    }

    /// @param from the offset behind what stands before the arguments
    Doc arguments(List<Argument> arguments, int from) {
        return sequences.enclosed(
                "(",
                sequences.behind(from),
                () -> arguments.stream()
                        .map(argument -> sequences.withComments(argument.span(), () -> argument(argument)))
                        .toList(),
                ")");
    }

    private Doc argument(Argument argument) {
        return argument.name() == null
                ? expressions.expression(argument.value())
                : expressions.after(Quotes.canonical(source.text(argument.name().span())) + ":", argument.value());
    }

    private Doc policies(List<Policy> policies, Span span) {
        return policies.isEmpty() ? Breaks.NONE : Doc.concat(" ", policyBlock(policies, span));
    }

    /// @param span ends with the closing brace
    Doc policyBlock(List<Policy> policies, Span span) {
        List<Sequences.Item> items = policies.stream()
                .map(policy -> new Sequences.Item(policy.span(), () -> policy(policy)))
                .toList();
        return braces(items, span);
    }

    private Doc policy(Policy policy) {
        return switch (policy) {
            case Policy.Retry retry ->
                Doc.group(
                        "retry ",
                        expressions.expression(retry.times()),
                        " times",
                        word("from", retry.from()),
                        word("to", retry.to()),
                        Doc.indent(clause("when", retry.when())));
            case Policy.Timeout timeout -> Doc.concat("timeout ", expressions.expression(timeout.duration()));
            case Policy.Using using -> Doc.concat("using ", expressions.expression(using.connection()));
            case Policy.Key key -> expressions.after("key", key.value());
            case Policy.Undo undo -> Doc.concat("undo ", call(undo.call()), policies(undo.policies(), undo.span()));
            case Policy.OnErrorContinue _ -> Doc.text("on error continue");
            case Policy.OnError error -> Doc.concat("on error ", block(error.block()));
            case Policy.Once once ->
                Doc.concat(
                        "once per ",
                        expressions.expression(once.key()),
                        " within ",
                        expressions.expression(once.within()));
            case Policy.AtMost atMost ->
                Doc.concat(
                        "at most ",
                        expressions.expression(atMost.count()),
                        " per ",
                        expressions.expression(atMost.per()));
            case Policy.Queue queue -> Doc.concat("queue ", expressions.expression(queue.pool()));
            case Policy.With with -> Doc.text("with " + with.policy().text());
        };
    }

    /// A part of a statement that may stand on the next line: its words and an expression, if there is one.
    Doc clause(String words, @Nullable Expression expression) {
        return expression == null
                ? Breaks.NONE
                : Doc.concat(Breaks.LINE, words, " ", expressions.expression(expression));
    }

    /// A part of a statement on its line.
    Doc word(String word, @Nullable Expression expression) {
        return expression == null
                ? Breaks.NONE
                : Doc.concat(word.isEmpty() ? " " : " " + word + " ", expressions.expression(expression));
    }
}
