package weir.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.source.Origins;
import weir.source.Source;
import weir.source.Span;
import weir.store.Registry;
import weir.store.Registry.Kind;

/// Whose the names are that a text declares: each workflow and rule set belongs to the file that declares it. A text
/// that was put together from several files says of each part where it comes from.
final class Ownership {
    private final Registry registry;
    private final int organisation;

    Ownership(Registry registry, int organisation) {
        this.registry = registry;
        this.organisation = organisation;
    }

    /// A name that a text declares.
    ///
    /// @param owner the file that declares it
    /// @param borrowed whether that is another file than the one that is deployed, which only uses it
    record Declared(Kind kind, String name, String owner, boolean borrowed) {}

    /// The file that is deployed: what the client says, else the one that the name came from before, else a file
    /// called after the name.
    String file(@Nullable String told, @Nullable String name) {
        if (told != null) {
            return told;
        }
        String known = name == null
                ? ""
                : List.of(Kind.WORKFLOW, Kind.RULES).stream()
                        .flatMap(kind -> owner(kind, name).stream())
                        .findFirst()
                        .orElse("");
        return known.isEmpty() ? Objects.requireNonNullElse(name, "text") + ".weir" : known;
    }

    /// What a text declares, in its order, workflows first.
    static List<Declared> declared(Compiled compiled, Source source, String file) {
        var origins = Origins.of(source);
        var all = new ArrayList<Declared>();
        compiled.graphs()
                .forEach(graph -> all.add(declared(Kind.WORKFLOW, graph.workflow(), origins, graph.at(), file)));
        compiled.library().rules().forEach(set -> all.add(declared(Kind.RULES, set.name(), origins, set.at(), file)));
        return all;
    }

    private static Declared declared(Kind kind, String name, Origins origins, Span at, String file) {
        String origin = origins.place(at.start()).file();
        String owner = origin == null ? file : origin;
        return new Declared(kind, name, owner, !owner.equals(file));
    }

    /// The first name that belongs to another file.
    Optional<Problem> taken(List<Declared> declared) {
        for (var one : declared) {
            var owner = owner(one.kind(), one.name());
            if (owner.isPresent() && !owner.get().isEmpty() && !owner.get().equals(one.owner())) {
                return Optional.of(Problem.of(
                        409,
                        "name_taken",
                        "The name belongs to another file",
                        "Nothing was deployed. The %s %s belongs to %s, and %s declares one, too. Give one of them another name, or take it over: `weir deploy --replace`, or `?replace=true`."
                                .formatted(
                                        one.kind() == Kind.RULES ? "rule set" : "workflow",
                                        one.name(),
                                        owner.get(),
                                        one.owner())));
            }
        }
        return Optional.empty();
    }

    private Optional<String> owner(Kind kind, String name) {
        return registry.find(organisation, kind, name)
                .flatMap(entry -> registry.version(entry.id(), entry.active()))
                .map(Registry.Version::file);
    }

    /// The active version of something that the text only uses, when it is the same already.
    Optional<Registry.Version> unchanged(Declared one, String hash) {
        return registry.find(organisation, one.kind(), one.name())
                .flatMap(entry -> registry.version(entry.id(), entry.active()))
                .filter(version -> one.borrowed()
                        && version.hash().equals(hash)
                        && version.file().equals(one.owner()));
    }
}
