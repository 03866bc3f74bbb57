package weir.value;

/// A value of the language. Immutable; equality is by content.
public sealed interface Value
        permits NullValue, UndefinedValue, BooleanValue, NumberValue, StringValue, ListValue, RecordValue, SecretValue {

    static Value of(boolean value) {
        return BooleanValue.of(value);
    }

    static Value of(double value) {
        return new NumberValue(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }

    /// Whether it is null or undefined, which `?.` and `??` treat alike.
    default boolean isMissing() {
        return this == NullValue.NULL || this == UndefinedValue.UNDEFINED;
    }

    /// Whether it is this very object: how `===` tells lists and records apart.
    @SuppressWarnings("ReferenceEquality") // Identity is what is asked for.
    default boolean isIdentical(Value other) {
        return this == other;
    }
}
