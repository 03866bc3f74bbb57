package weir.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The integrations that a text may use.
public final class Catalog {
    private final Map<String, List<Integration>> byName = new TreeMap<>();

    /// @param integrations in any order; several versions of one name are allowed
    public Catalog(Collection<Integration> integrations) {
        for (var integration : integrations) {
            byName.computeIfAbsent(integration.name(), name -> new java.util.ArrayList<>())
                    .add(integration);
        }
        byName.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(Integration::version).reversed()));
    }

    /// The newest version of an integration.
    public Optional<Integration> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(List::getFirst);
    }

    /// The newest version that the pin allows: `2` allows `2.x`, `1.4` only itself.
    public Optional<Integration> find(String name, String pin) {
        return Optional.ofNullable(byName.get(name))
                .flatMap(list -> list.stream()
                        .filter(integration -> integration.version().equals(pin)
                                || integration.version().startsWith(pin + "."))
                        .findFirst());
    }

    /// All names, sorted.
    public Collection<String> names() {
        return byName.keySet();
    }

    public List<Integration> all() {
        return byName.values().stream().map(List::getFirst).toList();
    }
}
