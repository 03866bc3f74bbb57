package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Location;

/// What a statement stands in, from the inside out: where its `yield` and `return` go.
sealed interface Around {
    /// The body of a workflow.
    ///
    /// @param declared the result type that is written, or null
    /// @param returned collects what is returned
    record Body(String workflow, @Nullable Type declared, List<Type> returned) implements Around {}

    /// A block whose yields are a value.
    ///
    /// @param wanted what each yield has to fit, or null
    /// @param yielded collects what is yielded
    record Value(Around outer, String name, @Nullable Type wanted, List<Type> yielded) implements Around {
        static Value of(Around outer, String name, @Nullable Type wanted) {
            return new Value(outer, name, wanted, new ArrayList<>());
        }
    }

    /// Something whose other parts run at the same time, so that nothing inside can leave it.
    record Concurrent(Around outer, String words, Location at) implements Around {}
}
