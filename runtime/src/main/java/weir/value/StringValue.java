package weir.value;

/// A text of UTF-16 code units.
public record StringValue(String value) implements Value {}
