package weir.worker;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import weir.engine.Plan;
import weir.eval.Programs;
import weir.eval.Scripts;
import weir.graph.GraphJson;
import weir.graph.Library;
import weir.source.Source;
import weir.store.Registry;
import weir.value.RecordValue;

/// The plans of deployed versions, each made once. Versions are immutable, so nothing here is ever out of date.
public final class Plans {
    private final Registry registry;
    private final RecordValue settings;
    private final Scripts scripts;
    private final ConcurrentHashMap<Integer, Plan> byVersion = new ConcurrentHashMap<>();

    /// @param settings what the environment gives to `settings` declarations
    public Plans(Registry registry, RecordValue settings, Scripts scripts) {
        this.registry = registry;
        this.settings = settings;
        this.scripts = scripts;
    }

    /// @param version the version's id in the store
    /// @throws IllegalStateException when there is no such version or this build cannot read it
    public Plan of(int version) {
        var known = byVersion.get(version);
        return known != null ? known : byVersion.computeIfAbsent(version, this::load);
    }

    public Plan of(Registry.Version version) {
        var known = byVersion.get(version.id());
        return known != null ? known : byVersion.computeIfAbsent(version.id(), id -> plan(version));
    }

    /// For expressions that belong to no run.
    Evaluations evaluations(InstantSource clock) {
        return new Evaluations(settings, scripts, clock);
    }

    /// What evaluates the expressions of a library here.
    Programs programs(Library library) {
        return new Programs(library, settings, scripts);
    }

    private Plan load(int id) {
        return plan(registry.version(id)
                .orElseThrow(() -> new IllegalStateException("version " + id + " is not in the registry")));
    }

    private Plan plan(Registry.Version version) {
        return Plan.of(
                GraphJson.read(version.graph()),
                settings,
                scripts,
                new Source("version " + version.number(), version.text()));
    }
}
