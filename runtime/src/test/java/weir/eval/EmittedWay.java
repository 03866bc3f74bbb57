package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import weir.graph.Expr;
import weir.graph.Library;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// An expression as closures and as bytecode, with what it gives or how it fails, told exactly: code, sentence, place.
final class EmittedWay {
    static final Programs PROGRAMS = new Programs(Library.EMPTY, RecordValue.EMPTY, (body, names, values) -> {
        throw new AssertionError(body);
    });

    final Code closures;
    final Tiered tiered;
    private final Unit unit = new Unit();
    private final Scope scope = new Scope(null);

    /// Throws [NotNative] as the translation does.
    EmittedWay(Expr expr, List<String> names) {
        this(PROGRAMS, expr, names);
    }

    /// @param programs what the expression can call
    EmittedWay(Programs programs, Expr expr, List<String> names) {
        names.forEach(scope::declare);
        closures = new Translation(programs, scope, unit, null).code(expr, null);
        tiered = new Tiered(closures, Runnable::run);
    }

    /// Both ways on some inputs: first without any knowledge of shapes, then with what was met meanwhile.
    ///
    /// @return where they disagree
    List<String> disagreements(List<List<Value>> inputs) {
        var wanted = new ArrayList<String>();
        var given = new ArrayList<String>();
        tiered.emitNow();
        given.add(outcome(tiered, inputs.getFirst()));
        inputs.forEach(values -> wanted.add(outcome(closures, values)));
        tiered.emitNow();
        inputs.forEach(values -> given.add(outcome(tiered, values)));
        wanted.addFirst(wanted.getFirst());
        return IntStream.range(0, wanted.size())
                .filter(i -> !wanted.get(i).equals(given.get(i)))
                .mapToObj(i -> "closures: " + wanted.get(i) + "\nbytecode: " + given.get(i))
                .toList();
    }

    String outcome(Code code, List<Value> values) {
        return outcome(code, values, ExpressionCases.evaluation());
    }

    String outcome(Code code, List<Value> values, Evaluation evaluation) {
        var frame = new Frame(null, values.size());
        for (int i = 0; i < values.size(); i++) {
            frame.set(i, values.get(i));
        }
        try {
            var value = code.run(unit.activation(frame, evaluation));
            return Json.exactText(value) + " " + evaluation.operationsLeft();
        } catch (EvaluationError error) {
            return error.code() + " " + error.sentence() + " " + error.at();
        } catch (Failure failure) {
            return "failure " + failure.getMessage();
        } catch (NotNative reason) {
            return "not native " + reason.getMessage();
        }
    }
}
