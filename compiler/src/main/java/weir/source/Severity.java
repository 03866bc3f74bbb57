package weir.source;

/// How much a message weighs: an error keeps a text from being deployed, the others do not.
public enum Severity {
    ERROR,
    WARNING,
    INFO,
    HINT;

    /// As it stands in JSON and in messages.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
