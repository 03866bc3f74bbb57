package weir.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Fitted;
import weir.eval.Fitting;
import weir.graph.Graph;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Nearest;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.Value;

/// Inputs as users give them: a file, standard input, or JSON on the command line.
final class Inputs {
    private final Terminal terminal;

    Inputs(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param given a file, `-`, or JSON that begins with `{` or `[`
    Value read(String given) throws Failure {
        return read(given, "");
    }

    /// @param several what to add when it is a document a line
    Value read(String given, String several) throws Failure {
        boolean inline = given.startsWith("{") || given.startsWith("[");
        byte[] bytes = inline ? given.getBytes(StandardCharsets.UTF_8) : new Texts(terminal).bytes(given);
        try {
            return Json.read(bytes);
        } catch (JsonProblem wrong) {
            throw Failure.usage("the input" + (inline ? "" : " " + given) + " is no JSON that can be used: "
                    + wrong.sentence() + (isSeveral(bytes) ? several : ""));
        }
    }

    /// Whether the first line is a document, and more follows.
    private static boolean isSeveral(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try {
            Json.read(Arrays.copyOf(bytes, end));
            return end < bytes.length;
        } catch (JsonProblem none) {
            return false;
        }
    }

    /// The input of a run, held against what the workflow takes. What does not fit is listed with its path.
    ///
    /// @param given null: no input
    RecordValue fitting(@Nullable String given, Graph graph) throws Failure {
        Value value = given == null ? RecordValue.EMPTY : read(given);
        if (!(value instanceof RecordValue record)) {
            throw Failure.usage(
                    "the input must be a JSON object with the workflow's parameters: " + names(graph) + ".");
        }
        var parameters = new Type.RecordOf(graph.parameters().stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), one.doc()))
                .toList());
        var fitted = Fitting.fitFromOutside(record, parameters, graph.library());
        List<Fitted.Misfit> misfits = new ArrayList<>(fitted.misfits());
        misfits.addAll(unknown(record, graph));
        if (misfits.isEmpty() && fitted.value() instanceof RecordValue input) {
            return input;
        }
        var err = terminal.err();
        misfits.forEach(misfit ->
                err.printf("%s %s: %s%n", terminal.paintErr(Terminal.Style.BAD, "✗"), misfit.path(), misfit.message()));
        throw Failure.failed(
                given == null
                        ? "%s takes an input; give it with --input FILE, - or JSON.".formatted(graph.workflow())
                        : "the input does not fit %s.".formatted(graph.workflow()));
    }

    /// A parameter with a typing mistake would otherwise be left out silently.
    private static List<Fitted.Misfit> unknown(RecordValue input, Graph graph) {
        var names = graph.parameters().stream().map(Parameter::name).toList();
        List<Fitted.Misfit> unknown = new ArrayList<>();
        input.forEach((name, value) -> {
            if (!names.contains(name)) {
                String hint = Nearest.to(name, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                unknown.add(new Fitted.Misfit(name, "there is no such parameter" + hint));
            }
        });
        return unknown;
    }

    private static String names(Graph graph) {
        var names = graph.parameters().stream().map(Parameter::name).toList();
        return names.isEmpty() ? "there are none, so it is {}" : String.join(", ", names);
    }
}
