package weir.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One signature of something that expressions can use without declaring it. A name may have several; the first that
/// the arguments fit counts.
///
/// @param of where it is found
/// @param form whether graphs have an own expression for it (`now()`), so that evaluators do not look it up
/// @param script whether the JavaScript sandbox performs it, because only an engine knows its results
/// @param property whether it is read (`Math.PI`) instead of called
/// @param result may contain variables, as the parameters may
/// @param signature as it is shown (`map(each: (T, int) => R) -> [R]`)
/// @param summary what it does, empty if the signature before it says so
/// @param example what it looks like, or null
public record Builtin(
        Of of,
        String name,
        boolean form,
        boolean script,
        boolean property,
        List<Slot> parameters,
        Type result,
        String signature,
        String summary,
        @Nullable Example example) {
    public Builtin {
        parameters = List.copyOf(parameters);
    }

    /// An expression and what it gives, as [weir.model.Builtins] and the page of the guide show it; the tests hold
    /// one to the other.
    public record Example(String expression, String result) {}

    /// What it does, with the example, in Markdown; empty if there is nothing to say.
    public String doc() {
        return example == null
                ? summary
                : summary + (summary.isEmpty() ? "" : "\n\n") + "`" + example.expression + "` gives `" + example.result
                        + "`";
    }

    /// Where it is found.
    public sealed interface Of {
        /// A name of its own: `parseInt`.
        record Everywhere() implements Of {}

        /// A member of a namespace: `Math.round`.
        record Space(String name) implements Of {}

        /// A member of every value of that type: `[T].map`.
        record Value(Type type) implements Of {}
    }

    /// A parameter.
    ///
    /// @param rest whether it takes all further arguments
    public record Slot(String name, Takes takes, boolean optional, boolean rest) {}

    /// What a parameter takes.
    public sealed interface Takes {
        record Value(Type type) implements Takes {}

        record Arrow(List<Type> parameters, Type result) implements Takes {
            public Arrow {
                parameters = List.copyOf(parameters);
            }
        }
    }

    /// A type that a call decides, written with a capital letter in signatures. No declared type can have this
    /// name.
    static Type variable(char letter) {
        return new Type.Named("'" + letter);
    }

    /// Whether the type is a variable of a signature.
    public static boolean isVariable(Type type) {
        return type instanceof Type.Named(String name) && name.startsWith("'");
    }

    /// The one name that tells it from all others: `parseInt`, `Math.round`, `string.trim`, `list.map`.
    public String fullName() {
        return switch (of) {
            case Of.Everywhere() -> name;
            case Of.Space(String space) -> space + "." + name;
            case Of.Value(Type.ListOf list) -> "list." + name;
            case Of.Value(Type type) -> type.toString().toLowerCase(java.util.Locale.ROOT) + "." + name;
        };
    }
}
