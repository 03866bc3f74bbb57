package weir.worker;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import weir.engine.Plan;
import weir.engine.Splitting;
import weir.eval.Scripts;
import weir.graph.GraphJson;
import weir.source.Source;
import weir.store.Registry;
import weir.value.RecordValue;

/// The plans of deployed versions, each made once. Versions are immutable, so nothing here is ever out of date.
public final class Plans {
    private static final int NOBODY = 0;

    private final Registry registry;
    private final RecordValue settings;
    private final IntFunction<Scripts> scripts;
    private final Splitting splitting;
    private final ConcurrentHashMap<Integer, Plan> byVersion = new ConcurrentHashMap<>();

    /// @param settings what the environment gives to `settings` declarations
    /// @param scripts where the scripts of everybody run
    public Plans(Registry registry, RecordValue settings, Scripts scripts) {
        this(registry, settings, organisation -> scripts);
    }

    /// @param settings what the environment gives to `settings` declarations
    /// @param scripts where those of an organisation run
    public Plans(Registry registry, RecordValue settings, IntFunction<Scripts> scripts) {
        this(registry, settings, scripts, Splitting.STANDARD);
    }

    /// @param splitting how long loops are spread over workers
    public Plans(Registry registry, RecordValue settings, IntFunction<Scripts> scripts, Splitting splitting) {
        this.splitting = splitting;
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

    /// For expressions that belong to no run and were prepared by [Plan#programs]: their scripts run where that
    /// says.
    Evaluations evaluations(InstantSource clock) {
        return new Evaluations(settings, scripts.apply(NOBODY), clock);
    }

    private Plan load(int id) {
        return plan(registry.version(id)
                .orElseThrow(() -> new IllegalStateException("version " + id + " is not in the registry")));
    }

    private Plan plan(Registry.Version version) {
        int organisation = registry.find(version.entry())
                .orElseThrow(() -> new IllegalStateException("version " + version.id() + " belongs to nobody"))
                .org();
        return Plan.of(
                        GraphJson.read(version.graph()),
                        settings,
                        scripts.apply(organisation),
                        new Source("version " + version.number(), version.text()))
                .splitting(splitting);
    }
}
