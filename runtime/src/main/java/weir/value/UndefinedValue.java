package weir.value;

/// What is not there. As a member it vanishes and as an item it becomes null when a value is written as JSON.
public enum UndefinedValue implements Value {
    UNDEFINED;

    @Override
    public String toString() {
        return "undefined";
    }
}
