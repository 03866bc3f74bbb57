package weir.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import weir.eval.Fitted;
import weir.eval.Fitting;
import weir.graph.Library;
import weir.model.Type;
import weir.source.Nearest;
import weir.value.RecordValue;
import weir.value.Value;

/// What comes from outside, held against the parameters that it is for.
final class Inputs {
    private Inputs() {}

    /// @param parameters as one record
    /// @return the input as the types have it
    /// @throws Problem.Thrown naming every place where it does not fit
    static RecordValue fit(RecordValue input, Type.RecordOf parameters, Library library) {
        var fitted = Fitting.fitFromOutside(input, parameters, library);
        var unknown = unknown(input, parameters);
        if (fitted.fits() && unknown.isEmpty() && fitted.value() instanceof RecordValue record) {
            return record;
        }
        var all = new ArrayList<>(fitted.misfits());
        all.addAll(unknown);
        throw Problem.of(
                        422,
                        "input_does_not_fit",
                        "The input does not fit",
                        all.size() == 1
                                ? all.getFirst().toString()
                                : all.size() + " places do not fit; the first is " + all.getFirst())
                .with("errors", Documents.list(all, Inputs::error))
                .thrown();
    }

    private static RecordValue error(Fitted.Misfit misfit) {
        return RecordValue.builder()
                .put("path", Value.of(misfit.path()))
                .put("message", Value.of(misfit.message()))
                .build();
    }

    /// A parameter with a typing mistake would otherwise be left out silently.
    private static List<Fitted.Misfit> unknown(RecordValue input, Type.RecordOf parameters) {
        var unknown = new ArrayList<Fitted.Misfit>();
        for (int i = 0; i < input.size(); i++) {
            String name = input.nameAt(i);
            if (parameters.fields().stream().noneMatch(field -> field.name().equals(name))) {
                var names = parameters.fields().stream().map(Type.Field::name).toList();
                Optional<String> near = Nearest.to(name, names);
                String hint = near.map(one -> "; did you mean \"" + one + "\"?")
                        .orElse(names.isEmpty() ? "; there are none" : "; there are " + String.join(", ", names));
                unknown.add(new Fitted.Misfit(Problem.shortened(name), "there is no such parameter" + hint));
            }
        }
        return unknown;
    }
}
