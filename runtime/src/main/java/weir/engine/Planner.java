package weir.engine;

import static weir.engine.PlanNode.NOWHERE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.PlanNode.OnError;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Node;
import weir.graph.Policies;
import weir.model.Type;

/// Makes the statements of a graph ready. The workflow's body and each item of a loop have a frame of their own; other
/// blocks share the frame around them with slots of their own, and hide their names behind them.
final class Planner {
    /// What a `switch` calls the value it looks at; no name of the language begins so.
    private static final String SUBJECT = "$subject";

    private static final PlanNode.Block NOTHING = new PlanNode.Block(List.of());

    private final Programs programs;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, PlanNode.Loop> loops = new HashMap<>();
    private int eventWaits;
    private boolean onFailure;

    Planner(Programs programs) {
        this.programs = programs;
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    Map<String, PlanNode.Loop> loops() {
        return loops;
    }

    /// @param scope gets the names of the block, which stay visible in it
    PlanNode.Block block(Node.Block block, Scope scope, @Nullable Node target) {
        var ready = new ArrayList<PlanNode>();
        for (var node : block.nodes()) {
            if (nodes.put(node.id(), node) != null) {
                throw new IllegalArgumentException("two nodes have the id " + node.id());
            }
            ready.add(node(node, scope, target));
        }
        return new PlanNode.Block(ready);
    }

    /// @param parameters the scope of the workflow's parameters, and of nothing else yet
    PlanNode.OnFailure onFailure(Node.Block block, Scope parameters) {
        var inside = new Scope(parameters);
        inside.declare("error");
        onFailure = true;
        var ready = new PlanNode.OnFailure(block(block, inside, null), inside.size());
        onFailure = false;
        return ready;
    }

    /// A block whose names nobody sees from outside.
    private PlanNode.Block closed(Node.Block block, Scope scope, @Nullable Node target) {
        int mark = scope.size();
        var ready = block(block, scope, target);
        scope.hide(mark);
        return ready;
    }

    /// @param target what a `yield` in it gives a value to
    private PlanNode node(Node node, Scope scope, @Nullable Node target) {
        return switch (node) {
            case Node.Let let -> {
                var value = compile(let.value(), scope);
                yield new PlanNode.Let(let, scope.declare(let.name()), value);
            }
            case Node.Step step ->
                step(
                        step,
                        step.name(),
                        new PlanNode.Target.Action(step.integration(), step.version(), step.action()),
                        step.arguments(),
                        policy(step, step.name(), step.policies(), scope, target),
                        step.check(),
                        scope);
            case Node.Child child ->
                step(
                        child,
                        child.name(),
                        new PlanNode.Target.Workflow(child.workflow()),
                        child.arguments(),
                        policy(child, child.name(), child.policies(), scope, target),
                        child.check(),
                        scope);
            case Node.Ask ask -> ask(ask, scope);
            case Node.WaitFor wait -> waitFor(wait, scope);
            case Node.Log log -> new PlanNode.Log(log, compile(log.value(), scope));
            case Node.Wait wait -> new PlanNode.Pause(wait, compile(wait.duration(), scope), false);
            case Node.WaitUntil wait -> new PlanNode.Pause(wait, compile(wait.time(), scope), true);
            case Node.If choice -> choice(choice, scope, target);
            case Node.Switch choice -> choice(choice, scope, target);
            case Node.For loop -> loop(loop, scope, target);
            case Node.Parallel parallel ->
                new PlanNode.Fork(
                        parallel,
                        parallel.branches().stream()
                                .map(branch -> block(branch.block(), scope, target))
                                .toList());
            case Node.Try tried -> tried(tried, scope, target);
            case Node.Return end ->
                new PlanNode.Return(end, compile(end.value() == null ? new Expr.Null(end.at()) : end.value(), scope));
            case Node.Yield yields -> {
                if (target == null) {
                    throw new IllegalArgumentException("the `yield` " + yields.id() + " is in no block with a name");
                }
                yield new PlanNode.Yield(yields, compile(yields.value(), scope), target.id());
            }
            case Node.Fail fail -> new PlanNode.Fail(fail, compile(fail.message(), scope));
            case Node.Repeat repeat -> repeat(repeat, scope, target);
            case Node.Race race -> race(race, scope);
            case Node.Split split -> split(split, scope, target);
            case Node.Emit emit ->
                new PlanNode.Emit(emit, compile(emit.event(), scope), optional(emit.payload(), scope));
        };
    }

    private PlanNode.Ask ask(Node.Ask ask, Scope scope) {
        var question = compile(ask.question(), scope);
        var who = compile(ask.who(), scope);
        var upTo = optional(ask.upTo(), scope);
        return new PlanNode.Ask(ask, declare(ask.name(), scope), question, who, upTo);
    }

    private PlanNode.WaitFor waitFor(Node.WaitFor wait, Scope scope) {
        eventWaits++;
        var event = compile(wait.event(), scope);
        var inside = new Scope(scope);
        inside.declare("event");
        var where = optional(wait.where(), inside);
        var upTo = optional(wait.upTo(), scope);
        boolean fixed = wait.where() == null || Mentions.isFixed(wait.where(), inside);
        return new PlanNode.WaitFor(wait, declare(wait.name(), scope), event, where, fixed, upTo);
    }

    private PlanNode.Step step(
            Node node,
            @Nullable String name,
            PlanNode.Target target,
            List<Node.Argument> arguments,
            PlanNode.Policy policy,
            @Nullable Type check,
            Scope scope) {
        var ready = arguments.stream()
                .map(argument -> new PlanNode.Argument(argument.name(), compile(argument.value(), scope)))
                .toList();
        return new PlanNode.Step(node, name, target, declare(name, scope), ready, policy, check);
    }

    private PlanNode.Policy policy(
            Node step, @Nullable String name, Policies policies, Scope scope, @Nullable Node target) {
        var once = policies.once();
        var atMost = policies.atMost();
        var onError = switch (policies.onError()) {
            case null -> new OnError.Fail();
            case Policies.OnError.Continue() -> new OnError.Continue();
            case Policies.OnError.Handle(Node.Block block) -> {
                int mark = scope.size();
                int error = scope.declare("error");
                var handler = block(block, scope, name == null ? target : step);
                scope.hide(mark);
                yield new OnError.Handle(error, handler);
            }
        };
        return new PlanNode.Policy(
                policies.retry() == null ? null : retry(policies.retry(), scope),
                optional(policies.timeout(), scope),
                optional(policies.using(), scope),
                optional(policies.key(), scope),
                policies.undo() == null ? null : undo(step, name, policies.undo(), scope),
                onError,
                new PlanNode.Terms(
                        optional(once == null ? null : once.key(), scope),
                        optional(once == null ? null : once.within(), scope),
                        optional(atMost == null ? null : atMost.count(), scope),
                        optional(atMost == null ? null : atMost.per(), scope),
                        optional(policies.queue(), scope)));
    }

    /// An undo sees what its step sees, and the step's result under its name.
    private PlanNode.Undo undo(Node step, @Nullable String name, Policies.Undo undo, Scope scope) {
        var node = new Node.Step(
                Paths.undo(step.id()),
                null,
                undo.integration(),
                undo.version(),
                undo.action(),
                undo.arguments(),
                undo.policies(),
                null,
                step.at());
        if (nodes.put(node.id(), node) != null) {
            throw new IllegalArgumentException("two nodes have the id " + node.id());
        }
        var inside = new Scope(scope);
        inside.declare(name == null ? "" : name);
        var ready = step(
                node,
                null,
                new PlanNode.Target.Action(undo.integration(), undo.version(), undo.action()),
                undo.arguments(),
                policy(node, null, undo.policies(), inside, null),
                null,
                inside);
        return new PlanNode.Undo(ready, name != null && Mentions.name(name, undo));
    }

    private PlanNode.Retry retry(Policies.Retry retry, Scope scope) {
        var inside = new Scope(scope);
        inside.declare("error");
        return new PlanNode.Retry(
                compile(retry.times(), scope),
                optional(retry.from(), scope),
                optional(retry.to(), scope),
                optional(retry.when(), inside));
    }

    private PlanNode.Choice choice(Node.If choice, Scope scope, @Nullable Node target) {
        @Nullable Node inner = choice.name() == null ? target : choice;
        var conditions = new ArrayList<Program>();
        var arms = new ArrayList<PlanNode.Block>();
        for (var arm : choice.arms()) {
            conditions.add(compile(arm.condition(), scope));
            arms.add(closed(arm.block(), scope, inner));
        }
        var otherwise = choice.otherwise() == null ? NOTHING : closed(choice.otherwise(), scope, inner);
        PlanNode.Chooser chooser = (frame, evaluation) -> {
            for (int i = 0; i < conditions.size(); i++) {
                if (Conversions.isTrue(conditions.get(i).run(frame, evaluation))) {
                    return i;
                }
            }
            return -1;
        };
        return new PlanNode.Choice(
                choice, declare(choice.name(), scope), chooser, ways("then", arms.size()), arms, otherwise);
    }

    private PlanNode.Choice choice(Node.Switch choice, Scope scope, @Nullable Node target) {
        @Nullable Node inner = choice.name() == null ? target : choice;
        var subject = compile(choice.subject(), scope);
        var inside = new Scope(scope);
        int slot = inside.declare(SUBJECT);
        var tests = new ArrayList<List<Program>>();
        var arms = new ArrayList<PlanNode.Block>();
        for (var one : choice.cases()) {
            tests.add(one.values().stream()
                    .map(value -> compile(
                            new Expr.Binary(
                                    BinaryOperator.EQUAL, new Expr.Name(SUBJECT, value.at()), value, value.at()),
                            inside))
                    .toList());
            arms.add(closed(one.block(), scope, inner));
        }
        var otherwise = choice.otherwise() == null ? NOTHING : closed(choice.otherwise(), scope, inner);
        PlanNode.Chooser chooser = (around, evaluation) -> {
            var frame = new Frame(around, 1);
            frame.set(slot, subject.run(around, evaluation));
            for (int i = 0; i < tests.size(); i++) {
                for (var test : tests.get(i)) {
                    if (Conversions.isTrue(test.run(frame, evaluation))) {
                        return i;
                    }
                }
            }
            return -1;
        };
        return new PlanNode.Choice(
                choice, declare(choice.name(), scope), chooser, ways("case", arms.size()), arms, otherwise);
    }

    private static List<String> ways(String word, int count) {
        var ways = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            ways.add(i == 1 ? word : word + "#" + i);
        }
        return ways;
    }

    private PlanNode.Loop loop(Node.For loop, Scope scope, @Nullable Node target) {
        var list = compile(loop.list(), scope);
        var atOnce = optional(loop.atOnce(), scope);
        var inner = new Scope(scope);
        int item = inner.declare(loop.item());
        int index = declare(loop.index(), inner);
        int waits = eventWaits;
        var body = block(loop.body(), inner, loop.name() == null ? target : loop);
        requireBelow(loop, loop.body());
        // Items that wait for events share them, and `on failure` is walked anew each time: such loops stay whole.
        var division = onFailure || eventWaits > waits ? null : division(loop, inner);
        var ready = new PlanNode.Loop(
                loop, declare(loop.name(), scope), list, atOnce, item, index, inner.size(), body, division);
        loops.put(loop.id(), ready);
        return ready;
    }

    private static PlanNode.Division division(Node.For loop, Scope items) {
        var outer = items.outer().stream()
                .map(place -> new Scope.Place(place.up() - 1, place.slot()))
                .toList();
        var undo = segmentStep(loop, new PlanNode.Target.SegmentUndo(), null);
        return new PlanNode.Division(
                outer, segmentStep(loop, new PlanNode.Target.Segment(), new PlanNode.Undo(undo, false)));
    }

    private static PlanNode.Step segmentStep(Node.For loop, PlanNode.Target target, PlanNode.@Nullable Undo undo) {
        var nothing = new PlanNode.Terms(null, null, null, null, null);
        var policy = new PlanNode.Policy(null, null, null, null, undo, new OnError.Fail(), nothing);
        return new PlanNode.Step(loop, null, target, NOWHERE, List.of(), policy, null);
    }

    private static void requireBelow(Node loop, Node.Block body) {
        for (var node : body.nodes()) {
            if (!node.id().startsWith(loop.id() + "/")) {
                throw new IllegalArgumentException(node.id() + " does not lie below its loop " + loop.id());
            }
        }
    }

    private PlanNode.Repeat repeat(Node.Repeat repeat, Scope scope, @Nullable Node target) {
        var carried = repeat.carried();
        var times = compile(repeat.times(), scope);
        var every = optional(repeat.every(), scope);
        var first = optional(carried == null ? null : carried.first(), scope);
        var inner = new Scope(scope);
        int slot = declare(carried == null ? null : carried.name(), inner);
        var body = block(repeat.body(), inner, repeat.name() == null ? target : repeat);
        requireBelow(repeat, repeat.body());
        var next = optional(carried == null ? null : carried.next(), inner);
        var until = optional(repeat.until(), inner);
        return new PlanNode.Repeat(
                repeat, declare(repeat.name(), scope), times, every, first, next, until, slot, inner.size(), body);
    }

    private PlanNode.Split split(Node.Split split, Scope scope, @Nullable Node target) {
        @Nullable Node inner = split.name() == null ? target : split;
        var experiment = compile(split.experiment(), scope);
        var by = compile(split.by(), scope);
        var arms = split.shares().stream()
                .map(share -> closed(share.block(), scope, inner))
                .toList();
        return new PlanNode.Split(split, declare(split.name(), scope), experiment, by, arms);
    }

    private PlanNode.Race race(Node.Race race, Scope scope) {
        var branches = race.branches().stream()
                .map(branch -> closed(branch.block(), scope, race))
                .toList();
        return new PlanNode.Race(race, declare(race.name(), scope), branches);
    }

    private PlanNode.Try tried(Node.Try tried, Scope scope, @Nullable Node target) {
        @Nullable Node inner = tried.name() == null ? target : tried;
        var body = closed(tried.body(), scope, inner);
        int mark = scope.declare(tried.error());
        var handler = block(tried.handler(), scope, inner);
        scope.hide(mark);
        return new PlanNode.Try(tried, declare(tried.name(), scope), body, mark, handler);
    }

    private static int declare(@Nullable String name, Scope scope) {
        return name == null ? NOWHERE : scope.declare(name);
    }

    private Program compile(Expr expr, Scope scope) {
        return programs.compile(expr, scope);
    }

    private @Nullable Program optional(@Nullable Expr expr, Scope scope) {
        return expr == null ? null : programs.compile(expr, scope);
    }
}
