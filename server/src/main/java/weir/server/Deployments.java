package weir.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.eval.EvaluationError;
import weir.eval.Fitted;
import weir.eval.Programs;
import weir.graph.Graph;
import weir.graph.GraphJson;
import weir.graph.Library;
import weir.graph.RuleSet;
import weir.graph.Start;
import weir.model.Type;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.store.Registry;
import weir.store.Registry.Kind;

/// What is deployed: the one way to change it, and a table of the active versions that requests read without asking the
/// database. Other servers' deployments appear at the next [#refresh].
final class Deployments {
    private static final System.Logger LOG = System.getLogger(Deployments.class.getName());

    private final Registry registry;
    private final Ownership ownership;
    private final Function<Source, Compiled> compiler;
    private final Function<Library, Programs> programs;
    private final int organisation;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /// Versions that are not active and have a share of the starts, by the store's number.
    private final Map<Integer, Workflow> shared = new ConcurrentHashMap<>();

    private volatile Table table = new Table(Map.of(), Map.of());

    /// @param programs what evaluates the expressions of a library in this environment
    Deployments(
            Registry registry,
            Function<Source, Compiled> compiler,
            Function<Library, Programs> programs,
            int organisation) {
        this.registry = registry;
        this.ownership = new Ownership(registry, organisation);
        this.compiler = compiler;
        this.programs = programs;
        this.organisation = organisation;
    }

    /// A workflow's active version.
    ///
    /// @param input what its parameters take, as one record
    record Workflow(Registry.Entry entry, Registry.Version version, Graph graph, Type.RecordOf input) {
        static Workflow of(Registry.Entry entry, Registry.Version version) {
            var graph = GraphJson.read(version.graph());
            return new Workflow(entry, version, graph, record(graph.parameters()));
        }
    }

    /// A rule set's active version.
    record Rules(Registry.Entry entry, Registry.Version version, Library library, RuleSet set, Type.RecordOf input) {
        static Rules of(Registry.Entry entry, Registry.Version version) {
            var library = GraphJson.readLibrary(version.graph());
            var set = library.ruleSet(entry.name())
                    .orElseThrow(() -> new IllegalStateException("the library lacks its rule set " + entry.name()));
            return new Rules(entry, version, library, set, record(set.parameters()));
        }
    }

    static Type.RecordOf record(List<weir.model.Parameter> parameters) {
        return new Type.RecordOf(parameters.stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), one.doc()))
                .toList());
    }

    /// Unchanging; replaced as a whole.
    private record Table(Map<String, Workflow> workflows, Map<String, Rules> rules) {}

    /// What became of a text.
    sealed interface Outcome {
        /// @param named the version of what the address names
        /// @param all what was deployed, by kind and name, with its version
        /// @param warnings what the compiler has to say nevertheless
        record Stored(Registry.Version named, Map<Ownership.Declared, Registry.Version> all, List<Diagnostic> warnings)
                implements Outcome {}

        /// It has errors; nothing was stored.
        record Wrong(List<Diagnostic> diagnostics) implements Outcome {}

        /// It is right, and still cannot be deployed.
        record Refused(Problem problem) implements Outcome {}
    }

    /// Called after every change of what is deployed, by any thread.
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    Optional<Workflow> workflow(String name) {
        return Optional.ofNullable(table.workflows.get(name));
    }

    /// The version that a start takes: the active one, or where starts are shared, the one of the start's key. A
    /// start without the key takes the active one.
    ///
    /// @param key gives what [weir.store.Split#by] names, or null
    /// @throws Problem.Thrown 404, or 409 when nothing starts it any more
    Workflow started(String name, Function<String, @Nullable String> key) {
        var workflow = workflow(name)
                .orElseThrow(() -> Problem.notFound("workflow", name).thrown());
        var entry = workflow.entry();
        if (entry.retired()) {
            throw Problem.of(
                            409,
                            "retired",
                            "The workflow is retired",
                            "Nothing starts the workflow " + name
                                    + " any more. Deploy it again, or take it back: `weir workflows unretire " + name
                                    + "`.")
                    .thrown();
        }
        var split = entry.split();
        String whose = split == null ? null : key.apply(split.by());
        if (split == null || whose == null) {
            return workflow;
        }
        int number = split.choose(name, whose);
        return number == workflow.version().number()
                ? workflow
                : registry.version(entry.id(), (Integer) number)
                        .map(version -> shared.computeIfAbsent(version.id(), id -> Workflow.of(entry, version)))
                        .orElse(workflow);
    }

    /// Names of a file that it does not declare any more; they stay deployed.
    List<Registry.Entry> gone(String file, Collection<Ownership.Declared> declared) {
        return List.of(Kind.WORKFLOW, Kind.RULES).stream()
                .flatMap(kind -> registry.list(organisation, kind).stream())
                .filter(entry -> !entry.retired()
                        && declared.stream()
                                .noneMatch(one ->
                                        one.kind() == entry.kind() && one.name().equals(entry.name()))
                        && registry.version(entry.id(), null)
                                .filter(version -> version.file().equals(file))
                                .isPresent())
                .toList();
    }

    Optional<Rules> rules(String name) {
        return Optional.ofNullable(table.rules.get(name));
    }

    /// By name.
    Collection<Workflow> workflows() {
        return table.workflows.values();
    }

    /// By name.
    Collection<Rules> rules() {
        return table.rules.values();
    }

    /// The same for a text of which only that is known.
    Outcome deploy(@Nullable String name, String text) {
        return deploy(name, text, null, false);
    }

    /// Compiles a file and makes every workflow and rule set in it active.
    ///
    /// @param name one of them, which the file has to declare; null: whatever it declares
    /// @param path what its project calls the file; null: nobody said
    /// @param replace whether names of other files are taken over
    synchronized Outcome deploy(@Nullable String name, String text, @Nullable String path, boolean replace) {
        var source = new Source((name == null ? "text" : name) + ".weir", text);
        var compiled = compiler.apply(source);
        if (compiled.hasErrors()) {
            return new Outcome.Wrong(compiled.diagnostics());
        }
        var declared = Ownership.declared(compiled, source, ownership.file(path, name));
        var names = declared.stream().map(Ownership.Declared::name).toList();
        if (names.isEmpty() || (name != null && !names.contains(name))) {
            return new Outcome.Refused(notDeclared(name, names));
        }
        var others = replace ? Optional.<Problem>empty() : ownership.taken(declared);
        if (others.isPresent()) {
            return new Outcome.Refused(others.get());
        }
        var unfit = unfitSettings(compiled.library());
        if (unfit.isPresent()) {
            return new Outcome.Refused(unfit.get());
        }
        refresh();
        var taken = takenPath(compiled.graphs());
        if (taken.isPresent()) {
            return new Outcome.Refused(taken.get());
        }
        var versions = new LinkedHashMap<Ownership.Declared, Registry.Version>();
        String library = GraphJson.write(compiled.library());
        for (var one : declared) {
            var graph = compiled.graph(one.name());
            boolean workflow = one.kind() == Kind.WORKFLOW && graph.isPresent();
            String hash = workflow ? GraphJson.hash(graph.get()) : hash(library);
            String stored = workflow ? GraphJson.write(graph.get()) : library;
            versions.put(
                    one,
                    ownership
                            .unchanged(one, hash)
                            .orElseGet(() -> registry.deploy(
                                    organisation, one.kind(), one.name(), hash, one.owner(), text, stored)));
        }
        refresh();
        String wanted = name == null ? names.getFirst() : name;
        var named = versions.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(wanted))
                .findFirst()
                .orElseThrow();
        return new Outcome.Stored(named.getValue(), Collections.unmodifiableMap(versions), compiled.diagnostics());
    }

    /// Lets new starts take a version that is there.
    ///
    /// @return why that cannot be
    synchronized Optional<Problem> activate(Registry.Entry entry, Registry.Version version) {
        refresh();
        var taken = takenPath(List.of(GraphJson.read(version.graph())));
        if (taken.isEmpty()) {
            registry.activate(entry.id(), version.number());
            refresh();
        }
        return taken;
    }

    private static Problem notDeclared(@Nullable String name, List<String> names) {
        String declares = names.isEmpty() ? "no workflow and no rules" : String.join(", ", names);
        return Problem.of(
                422,
                "name_not_declared",
                "Another name in the text",
                "The text declares " + declares
                        + (name == null
                                ? "."
                                : ", not \"" + Problem.shortened(name)
                                        + "\". Send it to the address of a name that it declares."));
    }

    /// A run must not be the first to notice that the environment lacks a setting.
    private Optional<Problem> unfitSettings(Library library) {
        List<Fitted.Misfit> misfits;
        try {
            misfits = programs.apply(library).unfitSettings();
        } catch (EvaluationError wrong) {
            misfits = List.of(new Fitted.Misfit("settings", String.valueOf(wrong.getMessage())));
        }
        if (misfits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                422,
                "settings_do_not_fit",
                "The environment lacks a setting",
                "Nothing was deployed. " + misfits.getFirst()
                        + ". Give the server WEIR_SETTINGS, a JSON object, or the setting a standard value."));
    }

    /// Two workflows cannot answer the same webhook.
    private Optional<Problem> takenPath(List<Graph> graphs) {
        var owners = new HashMap<String, String>();
        for (var workflow : workflows()) {
            boolean replaced = graphs.stream()
                    .anyMatch(graph -> graph.workflow().equals(workflow.entry().name()));
            if (!replaced) {
                hooks(workflow.graph())
                        .forEach(hook -> owners.put(hook, workflow.entry().name()));
            }
        }
        for (var graph : graphs) {
            for (String hook : hooks(graph)) {
                String owner = owners.putIfAbsent(hook, graph.workflow());
                if (owner != null) {
                    return Optional.of(Problem.of(
                            409,
                            "webhook_taken",
                            "The webhook's address is taken",
                            "%s of workflow %s already starts workflow %s. Give one of them another path."
                                    .formatted(hook, graph.workflow(), owner)));
                }
            }
        }
        return Optional.empty();
    }

    /// `POST /orders` for each webhook.
    static List<String> hooks(Graph graph) {
        return graph.starts().stream()
                .filter(Start.Webhook.class::isInstance)
                .map(Start.Webhook.class::cast)
                .map(hook -> hook.method() + " " + hook.path())
                .toList();
    }

    /// Takes over what is active now; unchanged versions are not read again.
    synchronized void refresh() {
        var before = table;
        var workflows = new TreeMap<String, Workflow>();
        for (var entry : registry.list(organisation, Kind.WORKFLOW)) {
            var known = before.workflows.get(entry.name());
            if (known != null && known.entry().equals(entry)) {
                workflows.put(entry.name(), known);
            } else {
                load(entry, Workflow::of).ifPresent(one -> workflows.put(entry.name(), one));
            }
        }
        var rules = new TreeMap<String, Rules>();
        for (var entry : registry.list(organisation, Kind.RULES)) {
            var known = before.rules.get(entry.name());
            if (known != null && known.entry().equals(entry)) {
                rules.put(entry.name(), known);
            } else {
                load(entry, Rules::of).ifPresent(one -> rules.put(entry.name(), one));
            }
        }
        var now = new Table(Collections.unmodifiableMap(workflows), Collections.unmodifiableMap(rules));
        if (!now.equals(before)) {
            table = now;
            listeners.forEach(Runnable::run);
        }
    }

    private interface Loader<T> {
        T load(Registry.Entry entry, Registry.Version version);
    }

    /// A version that this build cannot read (of a newer one) is left out; the others still work.
    private <T> Optional<T> load(Registry.Entry entry, Loader<T> loader) {
        try {
            return registry.version(entry.id(), entry.active()).map(version -> loader.load(entry, version));
        } catch (weir.store.StoreProblem away) {
            throw away;
        } catch (RuntimeException unreadable) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "version " + entry.active() + " of " + entry.name() + " cannot be read",
                    unreadable);
            return Optional.empty();
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
