package weir.check;

import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Location;

/// What a name means in one place. Two symbols are the same only if they are the same object.
public final class Symbol {
    private final Kind kind;
    private final String name;
    private final Type type;
    private final @Nullable Location at;
    private final String doc;

    /// @param type what reading the name gives; of functions and rules what a call gives; `UNKNOWN` where that says
    /// nothing
    /// @param at where it is declared, null for what is built in
    /// @param doc what it means, empty if nobody said
    public Symbol(Kind kind, String name, Type type, @Nullable Location at, String doc) {
        this.kind = kind;
        this.name = name;
        this.type = type;
        this.at = at;
        this.doc = doc;
    }

    /// What sort of thing a name names.
    public enum Kind {
        PARAMETER("a parameter"),
        LET("a value"),
        STEP("the result of a step"),
        ITEM("a loop name"),
        ARROW("a parameter of an arrow"),
        ERROR("an error"),
        /// `event`, `result`, `args` and the like, where they are in scope.
        SPECIAL("a value"),
        CONSTANT("a constant"),
        SETTINGS("the settings"),
        FUNCTION("a function"),
        RULES("a rule set"),
        WORKFLOW("a workflow"),
        POLICY("a policy"),
        TYPE("a type"),
        INTEGRATION("an integration"),
        GLOBAL("a built-in function"),
        SPACE("a namespace");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// With its article, for sentences.
        public String words() {
            return words;
        }
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public @Nullable Location at() {
        return at;
    }

    public String doc() {
        return doc;
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
