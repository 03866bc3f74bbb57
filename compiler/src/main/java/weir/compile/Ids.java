package weir.compile;

import java.util.HashSet;
import java.util.Set;

/// Gives the nodes of one block their ids: the path of names that leads there, numbered from the second of a kind on,
/// so that a change elsewhere in the text leaves them as they are.
final class Ids {
    private final String prefix;
    private final Set<String> taken;

    private Ids(String prefix, Set<String> taken) {
        this.prefix = prefix;
        this.taken = taken;
    }

    static Ids root() {
        return new Ids("", new HashSet<>());
    }

    /// The ids inside a part of a node.
    Ids inside(String id) {
        return new Ids(id + "/", taken);
    }

    /// @param name the name of the statement, or what its kind is called
    String next(String name) {
        String id = prefix + name;
        for (int i = 2; !taken.add(id); i++) {
            id = prefix + name + "#" + i;
        }
        return id;
    }
}
