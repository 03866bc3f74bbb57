package weir.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Gives the nodes of one block their ids: the path of names that leads there, numbered from the second of a kind on,
/// so that a change elsewhere in the text leaves them as they are.
final class Ids {
    private final String prefix;
    private final Taken taken;

    /// @param counts how many ids of a name were given
    private record Taken(Set<String> ids, Map<String, Integer> counts) {}

    private Ids(String prefix, Taken taken) {
        this.prefix = prefix;
        this.taken = taken;
    }

    static Ids root() {
        return new Ids("", new Taken(new HashSet<>(), new HashMap<>()));
    }

    /// The ids inside a part of a node.
    Ids inside(String id) {
        return new Ids(id + "/", taken);
    }

    /// @param name the name of the statement, or what its kind is called
    String next(String name) {
        String first = prefix + name;
        String id;
        do {
            int count = taken.counts.merge(first, 1, Integer::sum);
            id = count == 1 ? first : first + "#" + count;
        } while (!taken.ids.add(id));
        return id;
    }
}
