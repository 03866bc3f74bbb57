package weir.model;

import java.util.List;

/// The signature of something that starts workflows.
///
/// @param event the type of the payload that `event` has
public record Trigger(String name, List<Parameter> parameters, Type event, String doc) {
    public Trigger {
        parameters = List.copyOf(parameters);
    }
}
