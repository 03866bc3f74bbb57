package weir.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;

/// The pure part of a file: what expressions can name besides the values of a run.
///
/// @param types declared types by name
/// @param settings what the environment has to give
/// @param constants in an order in which each only needs earlier ones
/// @param services the `integration` blocks
public record Library(
        Map<String, Type> types,
        List<Setting> settings,
        List<Constant> constants,
        List<Function> functions,
        List<RuleSet> rules,
        List<Service> services) {
    public static final Library EMPTY = new Library(Map.of(), List.of(), List.of(), List.of(), List.of());

    public Library {
        types = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(types));
        settings = List.copyOf(settings);
        constants = List.copyOf(constants);
        functions = List.copyOf(functions);
        rules = List.copyOf(rules);
        services = List.copyOf(services);
    }

    /// Without `integration` blocks.
    public Library(
            Map<String, Type> types,
            List<Setting> settings,
            List<Constant> constants,
            List<Function> functions,
            List<RuleSet> rules) {
        this(types, settings, constants, functions, rules, List.of());
    }

    public Optional<Service> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    public Optional<RuleSet> ruleSet(String name) {
        return rules.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    /// @param standard the value when the environment gives none, or null
    public record Setting(
            String name,
            Type type,
            boolean optional,
            @Nullable Expr standard) {}

    public record Constant(String name, Expr value) {}

    public record Function(String name, List<Parameter> parameters, Type result, Body body, Span at) {
        public Function {
            parameters = List.copyOf(parameters);
        }

        public sealed interface Body {
            record Of(Expr expression) implements Body {}

            /// JavaScript statements that `return`, run in the sandbox with the parameters as names.
            ///
            /// @param at where the text is in the file; null when it is in another one, or was stored
            /// before this was
            record Script(String text, @Nullable Span at) implements Body {}
        }
    }
}
