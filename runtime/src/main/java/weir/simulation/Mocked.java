package weir.simulation;

import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Library;
import weir.graph.TestCase.Answer;
import weir.graph.TestCase.Mock;
import weir.model.Type;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.Crossing;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// A mock of one test, with how many calls it has answered so far.
final class Mocked {
    private final Mock mock;
    private final Subject subject;
    private final Expressions expressions;
    private final Library library;
    private final TestFiles files;
    private int answered;

    /// What a call gets.
    sealed interface Given {
        record Of(Value value) implements Given {}

        record Refused(RunError error) implements Given {}
    }

    Mocked(Mock mock, Subject subject, Expressions expressions, Library library, TestFiles files) {
        this.mock = mock;
        this.subject = subject;
        this.expressions = expressions;
        this.library = library;
        this.files = files;
    }

    Subject subject() {
        return subject;
    }

    /// The answer to a call of its target, or null when it does not answer this one.
    ///
    /// @throws EvaluationError when an expression fails, or gives what the workflow could not use
    @Nullable
    Given answer(Value arguments) {
        var scope = new Scope(null);
        var frame = new Frame(null, 1);
        frame.set(scope.declare("args"), arguments);
        if (mock.when() != null && expressions.value(mock.when(), scope, frame) != BooleanValue.TRUE) {
            return null;
        }
        var turn = turn();
        if (turn == null) {
            return null;
        }
        answered++;
        return switch (turn) {
            case Answer.Returns(var value, var _) ->
                new Given.Of(fitting(expressions.value(value, scope, frame), TestFiles.name(arguments), value.at()));
            case Answer.Fails(String code, @Nullable Expr with, var _) ->
                new Given.Refused(error(
                        code, with == null ? RecordValue.EMPTY : Crossing.of(expressions.value(with, scope, frame))));
        };
    }

    /// The answer to the next call; the last one goes on for ever unless it says how often.
    private @Nullable Answer turn() {
        int before = 0;
        for (int i = 0; i < mock.answers().size(); i++) {
            var turn = mock.answers().get(i);
            int standard = i == mock.answers().size() - 1 ? Integer.MAX_VALUE : 1;
            int times = turn.times() == null ? standard : turn.times();
            if (answered - before < times) {
                return turn;
            }
            before += times;
        }
        return null;
    }

    private Value fitting(Value value, String name, Span at) {
        var crossed = Crossing.of(value);
        if (mock.result() == null) {
            return crossed;
        }
        var whole = completed(files.withFiles(crossed, mock.result(), name), mock.result());
        var fitted = Fitting.fit(whole, mock.result(), library);
        if (!fitted.fits()) {
            throw new EvaluationError("does_not_fit", "the mock does not fit: " + fitted.sentence(), at);
        }
        return fitted.value();
    }

    /// Fields that a mock may leave out are empty: `headers` are `{}`, and a `body` is null.
    private Value completed(Value value, Type type) {
        return switch (type) {
            case Type.RecordOf(var fields)
            when value instanceof RecordValue record -> {
                var whole = RecordValue.builder().putAll(record);
                for (var field : fields) {
                    var given = record.get(field.name());
                    var put = given != null
                            ? completed(given, field.type())
                            : field.optional() ? null : empty(field.type());
                    if (put != null) {
                        whole.put(field.name(), put);
                    }
                }
                yield whole.build();
            }
            case Type.ListOf(Type item)
            when value instanceof ListValue list ->
                ListValue.of(
                        list.asList().stream().map(one -> completed(one, item)).toList());
            case Type.Union(var members) -> {
                @Nullable Value whole = null;
                for (var member : members) {
                    var tried = completed(value, member);
                    if (whole == null && Fitting.fit(tried, member, library).fits()) {
                        whole = tried;
                    }
                }
                yield whole == null ? value : whole;
            }
            case Type.Named(String name) -> {
                var declared = library.types().get(name);
                yield declared == null ? value : completed(value, declared);
            }
            case Type.RecordOf _, Type.ListOf _, Type.MapOf _, Type.Literal _, Type.Basic _ -> value;
        };
    }

    private @Nullable Value empty(Type type) {
        return switch (type) {
            case Type.MapOf _ -> RecordValue.EMPTY;
            case Type.Named(String name) -> {
                var declared = library.types().get(name);
                yield declared == null ? null : empty(declared);
            }
            case Type.Basic basic when basic == Type.Basic.JSON -> NullValue.NULL;
            case Type.RecordOf _, Type.ListOf _, Type.Union _, Type.Literal _, Type.Basic _ -> null;
        };
    }

    /// A code that names a status (`http_503`) brings it along, as a real answer would.
    private static RunError error(String code, Value with) {
        Integer status = code.matches("http_[1-5][0-9][0-9]") ? Integer.valueOf(code.substring(5)) : null;
        String message = "the mock fails with " + code;
        Value body = null;
        if (with instanceof RecordValue record) {
            message = record.get("message") instanceof StringValue(String said) ? said : message;
            status =
                    record.get("status") instanceof NumberValue(double number) ? Integer.valueOf((int) number) : status;
            body = record.get("body");
        }
        return new RunError(code, message, null, 0, status, body);
    }
}
