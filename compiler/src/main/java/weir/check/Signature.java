package weir.check;

import java.util.List;
import java.util.stream.Collectors;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;

/// What something that is called takes and gives.
public record Signature(String name, List<Parameter> parameters, Type result, String doc) {
    public Signature {
        parameters = List.copyOf(parameters);
    }

    /// `discount(tier: string, total: number) -> number`
    public String text() {
        return name + parameterText() + " -> " + Shape.display(result);
    }

    /// `(tier: string, total?: number)`
    public String parameterText() {
        return parameters.stream()
                .map(parameter ->
                        parameter.name() + (parameter.optional() ? "?: " : ": ") + Shape.display(parameter.type()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /// The names of the parameters as words.
    String names() {
        return Words.quoted(parameters.stream().map(Parameter::name).toList(), "and");
    }
}
