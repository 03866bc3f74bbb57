package weir.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What differs between two versions of a workflow, by meaning: places, formatting, comments and documentation count
/// for nothing. Statements are the same where their ids are; one that is the same but for its name or place is told as
/// renamed or moved and not as gone and new.
///
/// @param head what of the workflow itself changed: `parameters`, `result`, `starts`, `limits`, `level`
/// @param library declarations that were added, removed or changed: `function f`, `rules r`
/// @param statements in the order of the newer version, removed ones last
public record Comparison(List<String> head, List<Declared> library, List<Change> statements) {
    public Comparison {
        head = List.copyOf(head);
        library = List.copyOf(library);
        statements = List.copyOf(statements);
    }

    /// A declaration that differs.
    public record Declared(String what, String how) {}

    /// A statement that differs.
    public sealed interface Change {
        record Added(Node node) implements Change {}

        record Removed(Node node) implements Change {}

        /// @param fields that differ: `arguments.url`, `policies.retry`, `value`; empty when it was only
        /// renamed or moved
        /// @param moved whether it stands somewhere else among the others
        record Changed(Node before, Node after, List<String> fields, boolean moved) implements Change {
            public Changed {
                fields = List.copyOf(fields);
            }

            /// Whether it is the same but for its name.
            public boolean renamed() {
                return !Objects.equals(name(before), name(after));
            }
        }
    }

    public boolean isSame() {
        return head.isEmpty() && library.isEmpty() && statements.isEmpty();
    }

    public static Comparison of(Graph before, Graph after) {
        return new Comparison(
                head(before, after), library(before.library(), after.library()), new Matching(before, after).changes());
    }

    private static List<String> head(Graph before, Graph after) {
        var changed = new ArrayList<String>();
        var old = GraphJson.parts(before);
        var now = GraphJson.parts(after);
        for (String part : List.of("level", "parameters", "result", "starts", "limits")) {
            if (!Objects.equals(old.get(part), now.get(part))) {
                changed.add(part);
            }
        }
        return changed;
    }

    private static List<Declared> library(Library before, Library after) {
        var old = declarations(before);
        var now = declarations(after);
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        var changed = new ArrayList<Declared>();
        for (String name : names) {
            if (!Objects.equals(old.get(name), now.get(name))) {
                changed.add(new Declared(
                        name, old.get(name) == null ? "added" : now.get(name) == null ? "removed" : "changed"));
            }
        }
        return changed;
    }

    private static Map<String, JsonNode> declarations(Library library) {
        var all = new HashMap<String, JsonNode>();
        GraphJson.parts(library).properties().forEach(part -> {
            String kind =
                    part.getKey().equals("rules") ? "rules" : part.getKey().replaceAll("s$", "");
            if (part.getValue().isObject()) {
                part.getValue().properties().forEach(one -> all.put(kind + " " + one.getKey(), one.getValue()));
            } else {
                part.getValue()
                        .forEach(one -> all.put(kind + " " + one.path("name").asText(), one));
            }
        });
        return all;
    }

    private static @Nullable String name(Node node) {
        var name = GraphJson.fields(node).get("name");
        return name == null ? null : name.asText();
    }

    /// A statement in its block.
    private record Placed(Node node, String block) {}

    /// Which statement of one version is which of the other.
    private static final class Matching {
        private final Map<String, Placed> old = new LinkedHashMap<>();
        private final Map<String, Placed> now = new LinkedHashMap<>();
        /// Ids of the newer version to those of the older.
        private final Map<String, String> same = new HashMap<>();
        private final Map<String, String> renamed = new LinkedHashMap<>();

        Matching(Graph before, Graph after) {
            collect(before, old);
            collect(after, now);
            // The number in the id of a nameless statement says nothing: what it does is looked at first.
            match(id -> isNamed(now, id));
            matchContents(false, id -> !isNamed(now, id));
            match(id -> !same.containsKey(id));
            matchContents(false, id -> true);
            matchContents(true, id -> true);
        }

        private static boolean isNamed(Map<String, Placed> version, String id) {
            return name(Objects.requireNonNull(version.get(id)).node()) != null;
        }

        private void match(Predicate<String> which) {
            now.forEach((id, placed) -> {
                var other = old.get(id);
                if (which.test(id)
                        && other != null
                        && !same.containsValue(id)
                        && other.node().getClass() == placed.node().getClass()) {
                    same.put(id, id);
                }
            });
        }

        private static void collect(Graph graph, Map<String, Placed> into) {
            collect(graph.body(), "", into);
            if (graph.onFailure() != null) {
                collect(graph.onFailure(), "on failure", into);
            }
        }

        private static void collect(Node.Block block, String name, Map<String, Placed> into) {
            for (var node : block.nodes()) {
                into.put(node.id(), new Placed(node, name));
                Blocks.of(node).forEach((part, inner) -> collect(inner, node.id() + "/" + part, into));
            }
        }

        /// What is the same but for its id.
        ///
        /// @param anywhere whether it may stand in another block
        private void matchContents(boolean anywhere, Predicate<String> which) {
            for (var fresh : now.entrySet()) {
                if (same.containsKey(fresh.getKey()) || !which.test(fresh.getKey())) {
                    continue;
                }
                var placed = fresh.getValue();
                old.entrySet().stream()
                        .filter(gone -> !same.containsValue(gone.getKey())
                                && (anywhere || gone.getValue().block().equals(placed.block()))
                                && content(gone.getValue().node()).equals(content(placed.node())))
                        .findFirst()
                        .ifPresent(gone -> pair(gone.getKey(), gone.getValue().node(), fresh.getKey(), placed.node()));
            }
        }

        private void pair(String oldId, Node before, String newId, Node after) {
            same.put(newId, oldId);
            String was = name(before);
            String is = name(after);
            if (was != null && is != null && !was.equals(is)) {
                renamed.put(was, is);
            }
        }

        private static Map<String, JsonNode> content(Node node) {
            var fields = GraphJson.fields(node);
            fields.remove("id");
            fields.remove("name");
            return fields;
        }

        List<Change> changes() {
            var changes = new ArrayList<Change>();
            var moved = moved();
            for (var fresh : now.entrySet()) {
                String id = same.get(fresh.getKey());
                if (id == null) {
                    changes.add(new Change.Added(fresh.getValue().node()));
                    continue;
                }
                var before = Objects.requireNonNull(old.get(id)).node();
                var after = fresh.getValue().node();
                var fields = differing(content(before), content(after));
                if (!fields.isEmpty() || !Objects.equals(name(before), name(after)) || moved.contains(fresh.getKey())) {
                    changes.add(new Change.Changed(before, after, fields, moved.contains(fresh.getKey())));
                }
            }
            old.forEach((id, gone) -> {
                if (!same.containsValue(id)) {
                    changes.add(new Change.Removed(gone.node()));
                }
            });
            return changes;
        }

        /// References to what was renamed are no changes of those who refer.
        private List<String> differing(Map<String, JsonNode> before, Map<String, JsonNode> after) {
            var names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            return names.stream()
                    .filter(name -> !renamed(before.get(name)).equals(String.valueOf(after.get(name))))
                    .toList();
        }

        private String renamed(@Nullable JsonNode node) {
            String text = String.valueOf(node);
            for (var rename : renamed.entrySet()) {
                text = text.replace("\"name\":\"" + rename.getKey() + "\"", "\"name\":\"" + rename.getValue() + "\"");
            }
            return text;
        }

        /// Those that stand in another block, and in each block the fewest whose moving gives the new order.
        private Set<String> moved() {
            var moved = new HashSet<String>();
            var places = new HashMap<String, Integer>();
            old.keySet().forEach(id -> places.put(id, places.size()));
            var blocks = new LinkedHashMap<String, List<String>>();
            now.forEach((id, placed) -> {
                String before = same.get(id);
                if (before == null) {
                    return;
                }
                String from = Objects.requireNonNull(old.get(before)).block();
                if (origin(placed.block()).equals(from)) {
                    blocks.computeIfAbsent(placed.block(), block -> new ArrayList<>())
                            .add(id);
                } else {
                    moved.add(id);
                }
            });
            blocks.values().forEach(ids -> {
                var kept = rising(ids.stream()
                        .map(id -> Objects.requireNonNull(places.get(Objects.requireNonNull(same.get(id)))))
                        .toList());
                for (int i = 0; i < ids.size(); i++) {
                    if (!kept.contains(i)) {
                        moved.add(ids.get(i));
                    }
                }
            });
            return moved;
        }

        /// What a block of the newer version was called in the older.
        private String origin(String block) {
            int end = block.lastIndexOf('/');
            String owner = end < 0 ? null : same.get(block.substring(0, end));
            return owner == null ? block : owner + block.substring(end);
        }

        /// The places of a longest rising row.
        private static Set<Integer> rising(List<Integer> numbers) {
            int[] length = new int[numbers.size()];
            int[] before = new int[numbers.size()];
            int best = -1;
            for (int i = 0; i < length.length; i++) {
                before[i] = -1;
                length[i] = 1;
                for (int j = 0; j < i; j++) {
                    if (numbers.get(j) < numbers.get(i) && length[j] + 1 > length[i]) {
                        length[i] = length[j] + 1;
                        before[i] = j;
                    }
                }
                best = best < 0 || length[i] > length[best] ? i : best;
            }
            var row = new HashSet<Integer>();
            for (int i = best; i >= 0; i = before[i]) {
                row.add(i);
            }
            return Collections.unmodifiableSet(row);
        }
    }
}
