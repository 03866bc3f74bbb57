package weir.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import weir.graph.Library;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Expressions with what they give, one a line: `EXPRESSION ⇒ JSON` or `EXPRESSION ⇒ ! code`. JSON is in the exact
/// form.
final class ExpressionCases {
    static final Value ORDER = Json.read("""
            {"id": "o-1", "customer": {"id": "c1", "email": "a@b.c", "tier": "gold"}, "lines": [
              {"sku": "x", "qty": 2, "price": 10.5}, {"sku": "y", "qty": 1, "price": 10.5}], "total": 31.5,
              "note": null, "tags": ["b", "a", "c"], "1": "one", "toString": "own"}
            """);

    private ExpressionCases() {}

    record Case(int line, String expression, String expected) {
        @Override
        public String toString() {
            return line + ": " + expression;
        }
    }

    static List<Case> read(String file) {
        var cases = new ArrayList<Case>();
        try (var stream = Objects.requireNonNull(ExpressionCases.class.getResourceAsStream(file), file)) {
            var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                var parts = lines.get(i).split(" ⇒ ", 2);
                if (parts.length == 2 && !lines.get(i).startsWith("#")) {
                    cases.add(new Case(i + 1, parts[0].strip(), parts[1].strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    static Evaluation evaluation() {
        return new Evaluation(what -> Value.of(what.name()), Evaluation.STANDARD_OPERATIONS);
    }

    /// The value of an expression over `o`, an order, and `class_`, the text "c".
    static Value evaluate(String expression, Scripts scripts) {
        var scope = new Scope(null);
        var frame = new Frame(null, 2);
        frame.set(scope.declare("o"), ORDER);
        frame.set(scope.declare("class_"), Value.of("c"));
        return new Programs(Library.EMPTY, RecordValue.EMPTY, scripts)
                .compile(Exprs.read(expression), scope)
                .run(frame, evaluation());
    }

    static String run(String expression, Scripts scripts) {
        try {
            return Json.exactText(evaluate(expression, scripts));
        } catch (EvaluationError error) {
            return "! " + error.code();
        }
    }
}
