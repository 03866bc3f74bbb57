package weir.value;

/// JSON's null.
public enum NullValue implements Value {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
