package weir.script;

import java.util.HashSet;
import java.util.Set;

/// What the function around a place allows, and what `break` and `continue` find there.
final class Place {
    final boolean async;
    final boolean generator;
    /// Whether `super.name` means something: in methods.
    final boolean method;

    /// How many loops, and how many loops and switches, are around.
    int loops;

    int breakable;
    final Set<String> labels = new HashSet<>();

    Place(boolean async, boolean generator, boolean method) {
        this.async = async;
        this.generator = generator;
        this.method = method;
    }

    /// For an arrow, which takes over what it stands in.
    Place arrow(boolean isAsync) {
        return new Place(isAsync, false, method);
    }
}
