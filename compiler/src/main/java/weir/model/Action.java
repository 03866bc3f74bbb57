package weir.model;

import java.util.List;

/// The signature of something a step can do.
///
/// @param name without the integration's (`post`)
/// @param result what a successful call gives; `NULL` when nothing
public record Action(String name, List<Parameter> parameters, Type result, Effect effect, String doc) {
    public Action {
        parameters = List.copyOf(parameters);
    }
}
