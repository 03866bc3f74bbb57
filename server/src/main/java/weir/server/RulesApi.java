package weir.server;

import weir.eval.EvaluationError;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Evaluations;

/// Rule sets: which there are, and what they decide.
final class RulesApi {
    private final Deployments deployments;
    private final Evaluations evaluations;

    RulesApi(Deployments deployments, Evaluations evaluations) {
        this.deployments = deployments;
        this.evaluations = evaluations;
    }

    void routes(Routes routes) {
        routes.get("/api/v1/rules", this::list).post("/api/v1/rules/{name}/evaluate", this::evaluate);
    }

    private void list(Exchange exchange) {
        exchange.answer(RecordValue.of(
                "rules",
                Documents.list(
                        deployments.rules(),
                        rules -> RecordValue.builder()
                                .put("name", Value.of(rules.entry().name()))
                                .put("doc", Value.of(rules.set().doc()))
                                .put("version", Value.of(rules.version().number()))
                                .build())));
    }

    private void evaluate(Exchange exchange) {
        String name = exchange.part("name");
        var rules = deployments
                .rules(name)
                .orElseThrow(() -> Problem.notFound("rule set", name).thrown());
        var input = Inputs.fit(exchange.object(exchange.body()), rules.input(), rules.library());
        try {
            var decided = evaluations.decide(rules.version().id(), rules.library(), rules.set(), input);
            exchange.answer(RecordValue.builder()
                    .put("output", decided.value())
                    .put("fired", Documents.list(decided.rows(), Value::of))
                    .build());
        } catch (EvaluationError error) {
            throw Problem.of(422, "no_decision", "The rules do not decide this", error.sentence())
                    .with("reason", Value.of(error.code()))
                    .thrown();
        }
    }
}
