package weir.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Everything that expressions can use without declaring it. The table is `builtins.txt`: the checker types from it,
/// the editor completes from it, and the evaluator has to implement each of its [#names].
public final class Builtins {
    /// The signatures in the order of the table.
    public static final List<Builtin> ALL = SignatureReader.readAll(table());

    private static final Map<String, List<Builtin>> GLOBALS = new LinkedHashMap<>();
    private static final Map<String, Map<String, List<Builtin>>> SPACES = new LinkedHashMap<>();

    static {
        for (var builtin : ALL) {
            switch (builtin.of()) {
                case Builtin.Of.Everywhere() -> add(GLOBALS, builtin);
                case Builtin.Of.Space(String space) ->
                    add(SPACES.computeIfAbsent(space, name -> new LinkedHashMap<>()), builtin);
                case Builtin.Of.Value value -> {}
            }
        }
    }

    private static final Set<String> NATIVE = ALL.stream()
            .filter(builtin -> !builtin.form() && !builtin.script())
            .map(Builtin::fullName)
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));

    private static final Set<String> NATIVE_METHODS = ALL.stream()
            .filter(builtin -> builtin.of() instanceof Builtin.Of.Value && !builtin.property() && !builtin.script())
            .map(Builtin::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Integer> ARROWS = ALL.stream()
            .filter(builtin -> !builtin.script())
            .flatMap(builtin -> builtin.parameters().stream()
                    .map(Builtin.Slot::takes)
                    .filter(Builtin.Takes.Arrow.class::isInstance)
                    .map(Builtin.Takes.Arrow.class::cast)
                    .map(arrow ->
                            Map.entry(builtin.fullName(), arrow.parameters().size())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));

    private Builtins() {}

    private static void add(Map<String, List<Builtin>> map, Builtin builtin) {
        map.merge(
                builtin.name(),
                List.of(builtin),
                (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
    }

    /// The full names (`parseInt`, `Math.round`, `list.map`) that an evaluator implements.
    public static Set<String> names() {
        return NATIVE;
    }

    /// The names of methods that some value has and an evaluator implements.
    public static Set<String> nativeMethods() {
        return NATIVE_METHODS;
    }

    /// How many arguments those of the [#names] that take an arrow give it (`list.map`: 3).
    public static Map<String, Integer> arrows() {
        return ARROWS;
    }

    /// The signatures of a global name; empty if there is none.
    public static List<Builtin> global(String name) {
        return GLOBALS.getOrDefault(name, List.of());
    }

    /// The names of global functions and values.
    public static Set<String> globals() {
        return GLOBALS.keySet();
    }

    /// The names of namespaces: `Math`, `time` …
    public static Set<String> spaces() {
        return SPACES.keySet();
    }

    /// The members of a namespace by name; empty if there is no such namespace.
    public static Map<String, List<Builtin>> space(String name) {
        return SPACES.getOrDefault(name, Map.of());
    }

    /// The signatures of a member's name on any type of value, in the order of the table.
    public static List<Builtin> members(String name) {
        return ALL.stream()
                .filter(builtin -> builtin.of() instanceof Builtin.Of.Value
                        && builtin.name().equals(name))
                .toList();
    }

    /// The names of all members of values.
    public static Collection<String> memberNames() {
        var names = new LinkedHashSet<String>();
        ALL.stream()
                .filter(builtin -> builtin.of() instanceof Builtin.Of.Value)
                .forEach(builtin -> names.add(builtin.name()));
        return names;
    }

    private static String table() {
        try (InputStream stream = Builtins.class.getResourceAsStream("builtins.txt")) {
            return new String(Objects.requireNonNull(stream, "builtins.txt").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
