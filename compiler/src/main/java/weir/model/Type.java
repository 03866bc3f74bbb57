package weir.model;

import java.util.List;

/// A type of the language. Declared types stay references ([Named]) and are looked up where they are needed, so types
/// may be recursive.
public sealed interface Type {
    /// The types without parts. `UNKNOWN` stands for what was already reported and agrees with everything;
    /// `NEVER` has no values; `UNDEFINED` is what a missing optional field gives; `AUTH` is what `bearer(…)` gives.
    enum Basic implements Type {
        STRING,
        NUMBER,
        INT,
        BOOLEAN,
        DATETIME,
        DURATION,
        JSON,
        FILE,
        SECRET,
        AUTH,
        NULL,
        UNDEFINED,
        NEVER,
        UNKNOWN;

        /// As it is written in a text.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// One certain text, number or truth value.
    sealed interface Literal extends Type {
        record Text(String value) implements Literal {}

        record Numeric(double value) implements Literal {}

        record Truth(boolean value) implements Literal {}
    }

    record ListOf(Type item) implements Type {}

    /// A record with known fields. Further fields of a value are allowed and are dropped where a value is checked
    /// in.
    record RecordOf(List<Field> fields) implements Type {
        public RecordOf {
            fields = List.copyOf(fields);
        }
    }

    /// @param optional whether a value may lack it (`name?: T`)
    /// @param doc what it means, empty if nobody said
    record Field(String name, Type type, boolean optional, String doc) {}

    /// Any names, all with the same type of value.
    record MapOf(Type value) implements Type {}

    /// One of several; at least two members, none a union itself.
    record Union(List<Type> members) implements Type {
        public Union {
            members = List.copyOf(members);
        }
    }

    /// A declared type by its name.
    record Named(String name) implements Type {}
}
