package weir.simulation;

import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.TestCase.Answer;
import weir.graph.TestCase.Mock;
import weir.graph.TestCase.Target;
import weir.value.BooleanValue;
import weir.value.RecordValue;
import weir.value.Value;

/// A mock of one test, with how often it has failed so far.
final class Mocked {
    private final Mock mock;
    private final Expressions expressions;
    private int failures;

    /// What a call gets.
    sealed interface Given {
        record Of(Value value) implements Given {}

        record Refused(RunError error) implements Given {}
    }

    Mocked(Mock mock, Expressions expressions) {
        this.mock = mock;
        this.expressions = expressions;
    }

    Target target() {
        return mock.target();
    }

    /// The answer to a call of its target, or null when it does not answer this one.
    @Nullable
    Given answer(RecordValue arguments) {
        if (mock.when() != null) {
            var scope = new Scope(null);
            var frame = new Frame(null, 1);
            frame.set(scope.declare("args"), arguments);
            if (expressions.value(mock.when(), scope, frame) != BooleanValue.TRUE) {
                return null;
            }
        }
        return switch (mock.answer()) {
            case Answer.Returns(var value) -> new Given.Of(expressions.value(value));
            case Answer.Fails fails -> {
                int times = fails.times() != null ? fails.times() : fails.thenReturns() != null ? 1 : Integer.MAX_VALUE;
                if (failures < times) {
                    failures++;
                    yield new Given.Refused(error(fails.code()));
                }
                yield fails.thenReturns() == null ? null : new Given.Of(expressions.value(fails.thenReturns()));
            }
        };
    }

    /// A code that names a status (`http_503`) brings it along, as a real answer would.
    private static RunError error(String code) {
        Integer status = code.matches("http_[1-5][0-9][0-9]") ? Integer.valueOf(code.substring(5)) : null;
        return new RunError(code, "the mock fails with " + code, null, 0, status, null);
    }
}
