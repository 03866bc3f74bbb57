package weir.check;

import weir.model.Action;

/// What a step calls.
public sealed interface Callee {
    /// An action of an integration.
    ///
    /// @param integration its own name, whatever the file calls it
    record Of(String integration, String version, Action action) implements Callee {
        /// `http.get`
        public String name() {
            return integration + "." + action.name();
        }
    }

    /// A workflow of the file.
    record Workflow(String name) implements Callee {}

    /// What could not be found; it was reported.
    record Unknown() implements Callee {}
}
