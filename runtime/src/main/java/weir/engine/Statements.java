package weir.engine;

import weir.engine.Activation.Block;
import weir.engine.Activation.Role;
import weir.engine.Evaluator.Given;
import weir.eval.Program;
import weir.source.Span;
import weir.value.Crossing;
import weir.value.NullValue;
import weir.value.Value;

/// The statements that are over as soon as their expressions are, and the choices between blocks.
final class Statements {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;

    Statements(RunState run, Evaluator evaluator, Machine machine, Departures departures) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
    }

    Progress let(Block block, PlanNode.Let let) {
        var given = evaluator.value(
                block,
                block.path(let),
                let.value(),
                let.node().check(),
                let.node().at());
        return switch (given) {
            case Given.Of(Value value) -> {
                block.frame.set(let.slot(), value);
                yield Progress.ENDED;
            }
            case Given.Failed(RunError error) -> departures.raise(block, error, false);
            case Given.Undecided() -> Progress.SUSPENDED;
        };
    }

    Progress yields(Block block, PlanNode.Yield yields) {
        var given = evaluator.value(
                block, block.path(yields), yields.value(), null, yields.node().at());
        return switch (given) {
            case Given.Of(Value value) -> {
                Activation at = block;
                while (!(at instanceof Block around
                        && around.owner != null
                        && around.owner.node().id().equals(yields.target()))) {
                    if (at.parent == null && run.segment != null) {
                        yield departures.leave(block, at, new Activation.Outcome.Beyond(yields.target(), value));
                    }
                    if (at.parent == null) {
                        throw new IllegalStateException(yields.node().id() + " has no block to yield to");
                    }
                    at = at.parent;
                }
                yield departures.yields(block, (Block) at, value);
            }
            case Given.Failed(RunError error) -> departures.raise(block, error, false);
            case Given.Undecided() -> Progress.SUSPENDED;
        };
    }

    Progress returns(Block block, PlanNode.Return end) {
        Span at = end.node().at();
        Program result = (frame, evaluation) -> Conversions.sayable(end.value().run(frame, evaluation), "result", at);
        var given = evaluator.value(block, block.path(end), result, null, at);
        return switch (given) {
            case Given.Of(Value value) -> departures.returns(block, Crossing.of(value));
            case Given.Failed(RunError error) -> departures.raise(block, error, false);
            case Given.Undecided() -> Progress.SUSPENDED;
        };
    }

    Progress fail(Block block, PlanNode.Fail fail) {
        String path = block.path(fail);
        Entry entry = evaluator.decide(
                path,
                evaluation -> new Entry.Raised(
                        path,
                        RunError.of("failed", Conversions.text(fail.message().run(block.frame, evaluation)))));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Raised(String _, RunError error) ->
                departures.raise(block, error, error.code().equals("failed"));
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    Progress log(Block block, PlanNode.Log log) {
        String path = block.path(log);
        Entry entry = evaluator.decide(
                block,
                path,
                evaluation -> new Entry.Logged(path, Crossing.of(log.value().run(block.frame, evaluation))));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Logged _ -> Progress.ENDED;
            case Entry.Raised(String _, RunError error) -> departures.raise(block, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    Progress emit(Block block, PlanNode.Emit emit) {
        String path = block.path(emit);
        if (run.recall.has(path, Entry.Emitted.class)) {
            return Progress.ENDED;
        }
        Entry entry = evaluator.decide(block, path, evaluation -> {
            var payload =
                    emit.payload() == null ? NullValue.NULL : emit.payload().run(block.frame, evaluation);
            String event = Conversions.word(
                    emit.event().run(block.frame, evaluation),
                    "the name of an event",
                    emit.node().at());
            return new Entry.Emitted(
                    path,
                    event,
                    Crossing.of(
                            Conversions.sayable(payload, "event", emit.node().at())));
        });
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Emitted(String _, String event, Value payload) -> {
                int walk = run.recall.walk();
                String id = run.origin() + "/" + path + (walk == 0 ? "" : "/" + (walk + 1));
                machine.send(new Effect.Publish(path, id, event, payload));
                yield Progress.ENDED;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(block, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    Progress split(Block block, PlanNode.Split split) {
        String path = block.path(split);
        var shares = split.node().shares();
        Entry entry = evaluator.decide(block, path, evaluation -> {
            var at = split.node().at();
            String experiment =
                    Conversions.word(split.experiment().run(block.frame, evaluation), "the name of a `split`", at);
            String key = Conversions.key(split.by().run(block.frame, evaluation), at);
            int way = Buckets.choose(experiment, key, shares);
            return new Entry.Exposed(path, experiment, key, shares.get(way).name());
        });
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Exposed(String _, String _, String _, String way) -> {
                for (int i = 0; i < shares.size(); i++) {
                    if (shares.get(i).name().equals(way)) {
                        yield machine.begin(
                                block,
                                Block.inside(
                                        block,
                                        block,
                                        split,
                                        Role.ARM,
                                        split.arms().get(i)));
                    }
                }
                throw new ReplayMismatch(entry);
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(block, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    Progress choice(Block block, PlanNode.Choice choice) {
        String path = block.path(choice);
        Entry entry = evaluator.decide(block, path, evaluation -> {
            int way = choice.chooser().choose(block.frame, evaluation);
            return new Entry.Branched(
                    path, way < 0 ? PlanNode.Choice.OTHERWISE : choice.ways().get(way));
        });
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Branched(String _, String way) -> {
                int arm = choice.ways().indexOf(way);
                if (arm < 0 && !way.equals(PlanNode.Choice.OTHERWISE)) {
                    throw new ReplayMismatch(entry);
                }
                var plan = arm < 0 ? choice.otherwise() : choice.arms().get(arm);
                yield machine.begin(block, Block.inside(block, block, choice, Role.ARM, plan));
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(block, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }
}
