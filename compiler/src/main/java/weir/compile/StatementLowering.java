package weir.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Callee;
import weir.check.Checked;
import weir.graph.Expr;
import weir.graph.Node;
import weir.graph.Policies;
import weir.model.Action;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Block;

/// Checked statements to nodes.
final class StatementLowering {
    private final Checked checked;
    private final Reach reach;
    private final ExpressionLowering expressions;
    private final PolicyLowering policies;

    StatementLowering(Checked checked, Reach reach) {
        this.checked = checked;
        this.reach = reach;
        this.expressions = new ExpressionLowering(checked, reach, false);
        this.policies = new PolicyLowering(checked, reach, this);
    }

    Node.Block block(Block block, Ids ids) {
        var nodes = new ArrayList<Node>();
        for (Statement statement : block.statements()) {
            nodes.add(statement(statement, ids));
        }
        return new Node.Block(nodes);
    }

    private Node.@Nullable Block optional(@Nullable Block block, Ids ids) {
        return block == null ? null : block(block, ids);
    }

    private static @Nullable String name(Statement.@Nullable Target target) {
        return target == null ? null : target.name().text();
    }

    private static String idOf(Ids ids, Statement.@Nullable Target target, String kind) {
        return ids.next(target == null ? kind : target.name().text());
    }

    private @Nullable Type check(@Nullable Object letOrTarget) {
        Type type = letOrTarget == null ? null : checked.runTimeCheck(letOrTarget);
        return type == null ? null : reach.type(type);
    }

    private Node statement(Statement statement, Ids ids) {
        Span at = statement.span();
        return switch (statement) {
            case Statement.Let let ->
                new Node.Let(
                        ids.next(let.name().text()), let.name().text(), expressions.lower(let.value()), check(let), at);
            case Statement.Step step -> step(step, ids);
            case Statement.Ask ask ->
                new Node.Ask(
                        idOf(ids, ask.target(), "ask"),
                        name(ask.target()),
                        expressions.lower(ask.question()),
                        who(ask.who()),
                        answerType(ask),
                        expressions.lowerOptional(ask.upTo()),
                        at);
            case Statement.WaitFor wait ->
                new Node.WaitFor(
                        idOf(ids, wait.target(), "wait_for"),
                        name(wait.target()),
                        expressions.lower(wait.event()),
                        eventType(wait),
                        expressions.lowerOptional(wait.where()),
                        expressions.lowerOptional(wait.upTo()),
                        at);
            case Statement.If branches -> branches(branches, ids);
            case Statement.Switch cases -> cases(cases, ids);
            case Statement.For loop -> loop(loop, ids);
            case Statement.Repeat repeat -> repeat(repeat, ids);
            case Statement.Parallel parallel -> {
                String id = ids.next("parallel");
                yield new Node.Parallel(id, sides(parallel.branches(), ids.inside(id)), at);
            }
            case Statement.Race race -> {
                String id = idOf(ids, race.target(), "race");
                yield new Node.Race(id, name(race.target()), sides(race.branches(), ids.inside(id)), at);
            }
            case Statement.Split split -> split(split, ids);
            case Statement.Try attempt -> attempt(attempt, ids);
            case Statement.Wait wait -> new Node.Wait(ids.next("wait"), expressions.lower(wait.duration()), at);
            case Statement.WaitUntil wait ->
                new Node.WaitUntil(ids.next("wait_until"), expressions.lower(wait.time()), at);
            case Statement.Emit emit ->
                new Node.Emit(
                        ids.next("emit"),
                        expressions.lower(emit.event()),
                        expressions.lowerOptional(emit.payload()),
                        at);
            case Statement.Log log -> new Node.Log(ids.next("log"), expressions.lower(log.value()), at);
            case Statement.Return returns ->
                new Node.Return(ids.next("return"), expressions.lowerOptional(returns.value()), at);
            case Statement.Yield yields -> new Node.Yield(ids.next("yield"), expressions.lower(yields.value()), at);
            case Statement.Fail fail -> new Node.Fail(ids.next("fail"), expressions.lower(fail.message()), at);
            case Statement.Broken broken -> throw new IllegalStateException("a broken statement passed the check");
        };
    }

    /// `role(…)` and `person(…)` are `{ role: … }` and `{ person: … }`.
    private Expr who(Expression who) {
        if (who instanceof Expression.Call call
                && call.callee() instanceof Expression.NameUse(String name, Span _)
                && (name.equals("role") || name.equals("person"))
                && call.arguments().size() == 1) {
            var value = expressions.lower(call.arguments().getFirst().value());
            return new Expr.ObjectLiteral(List.of(new Expr.Property.Entry(name, value)), who.span());
        }
        return expressions.lower(who);
    }

    /// What an answer is checked against when it is given: the fields behind the arrow, or those of the name's type
    /// where only an answer can show whether it has it.
    private @Nullable Type answerType(Statement.Ask ask) {
        Type named = check(ask.target());
        if (named instanceof Type.Union union) {
            named = union.members().stream()
                    .filter(member -> member != Type.Basic.NULL)
                    .findFirst()
                    .orElse(null);
        }
        return named != null || ask.answer() == null ? named : reach.type(checked.type(ask.answer()));
    }

    /// What an event is checked against: the type behind the arrow, or that of the name.
    private @Nullable Type eventType(Statement.WaitFor wait) {
        Type named = check(wait.target());
        return named != null || wait.type() == null ? named : reach.type(checked.type(wait.type()));
    }

    private Node step(Statement.Step step, Ids ids) {
        String id = idOf(ids, step.target(), step.call().target().text());
        Policies around = policies.lower(step.policies(), ids.inside(id));
        List<Node.Argument> arguments = arguments(step.call().arguments());
        return switch (checked.callee(step.call())) {
            case Callee.Of(String integration, String version, var action) -> {
                reach.services.add(integration);
                yield new Node.Step(
                        id,
                        name(step.target()),
                        integration,
                        version,
                        action.name(),
                        answering(step, integration, action, arguments),
                        around,
                        check(step.target()),
                        step.span());
            }
            case Callee.Workflow(String workflow) ->
                new Node.Child(id, name(step.target()), workflow, arguments, around, check(step.target()), step.span());
            case Callee.Unknown unknown -> throw new IllegalStateException("an unknown callee passed the check");
        };
    }

    /// With the schema of the declared type, where the action asks for one.
    private List<Node.Argument> answering(
            Statement.Step step, String integration, Action action, List<Node.Argument> arguments) {
        boolean given = arguments.stream().anyMatch(argument -> argument.name().equals(AnswerSchemas.PARAMETER));
        boolean declared = checked.declarations().blocks().containsKey(integration);
        var target = step.target();
        if (given || declared || target == null || target.type() == null) {
            return arguments;
        }
        var schema = new AnswerSchemas(checked.declarations().types()).of(action, checked.type(target.type()));
        if (schema == null) {
            return arguments;
        }
        var all = new ArrayList<>(arguments);
        all.add(new Node.Argument(AnswerSchemas.PARAMETER, schema));
        return all;
    }

    List<Node.Argument> arguments(List<Tree.Argument> written) {
        var arguments = new ArrayList<Node.Argument>();
        for (Tree.Argument argument : written) {
            if (argument.name() != null) {
                arguments.add(new Node.Argument(argument.name().text(), expressions.lower(argument.value())));
            }
        }
        return arguments;
    }

    private Node branches(Statement.If branches, Ids ids) {
        String id = idOf(ids, branches.target(), "if");
        var inside = ids.inside(id);
        var arms = new ArrayList<Node.Arm>();
        for (var arm : branches.arms()) {
            arms.add(new Node.Arm(
                    expressions.lower(arm.condition()), block(arm.block(), inside.inside(inside.next("then")))));
        }
        return new Node.If(
                id,
                name(branches.target()),
                arms,
                optional(branches.otherwise(), ids.inside(id + "/else")),
                branches.span());
    }

    private Node cases(Statement.Switch cases, Ids ids) {
        String id = idOf(ids, cases.target(), "switch");
        var inside = ids.inside(id);
        var lowered = new ArrayList<Node.Case>();
        for (var one : cases.cases()) {
            lowered.add(new Node.Case(
                    expressions.lower(one.values()), block(one.block(), inside.inside(inside.next("case")))));
        }
        return new Node.Switch(
                id,
                name(cases.target()),
                expressions.lower(cases.subject()),
                lowered,
                optional(cases.otherwise(), ids.inside(id + "/else")),
                cases.span());
    }

    private Node loop(Statement.For loop, Ids ids) {
        String id = idOf(ids, loop.target(), "for_" + loop.item().text());
        return new Node.For(
                id,
                name(loop.target()),
                loop.item().text(),
                loop.index() == null ? null : loop.index().text(),
                expressions.lower(loop.list()),
                expressions.lowerOptional(loop.atOnce()),
                block(loop.body(), ids.inside(id)),
                loop.span());
    }

    private Node repeat(Statement.Repeat repeat, Ids ids) {
        String id = idOf(ids, repeat.target(), "repeat");
        var carried = repeat.carried();
        return new Node.Repeat(
                id,
                name(repeat.target()),
                expressions.lower(repeat.times()),
                expressions.lowerOptional(repeat.every()),
                carried == null
                        ? null
                        : new Node.Carried(
                                carried.name().text(),
                                expressions.lower(carried.first()),
                                expressions.lower(carried.next())),
                expressions.lowerOptional(repeat.until()),
                block(repeat.body(), ids.inside(id)),
                repeat.span());
    }

    private List<Node.Branch> sides(List<Statement.Branch> branches, Ids ids) {
        var sides = new ArrayList<Node.Branch>();
        for (var branch : branches) {
            String name = branch.name().text();
            sides.add(new Node.Branch(name, block(branch.block(), ids.inside(ids.next(name)))));
        }
        return sides;
    }

    private Node split(Statement.Split split, Ids ids) {
        String id = idOf(ids, split.target(), "split");
        var inside = ids.inside(id);
        var shares = new ArrayList<Node.Share>();
        for (var share : split.branches()) {
            String name = share.name().text();
            shares.add(new Node.Share(name, share.percent(), block(share.block(), inside.inside(inside.next(name)))));
        }
        return new Node.Split(
                id,
                name(split.target()),
                expressions.lower(split.experiment()),
                expressions.lower(split.by()),
                shares,
                split.span());
    }

    private Node attempt(Statement.Try attempt, Ids ids) {
        String id = idOf(ids, attempt.target(), "try");
        return new Node.Try(
                id,
                name(attempt.target()),
                block(attempt.body(), ids.inside(id + "/body")),
                attempt.error().text(),
                block(attempt.handler(), ids.inside(id + "/catch")),
                attempt.span());
    }
}
