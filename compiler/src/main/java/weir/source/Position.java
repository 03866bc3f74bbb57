package weir.source;

/// A place as people count it: line and column from 1, the column in UTF-16 code units.
public record Position(int line, int column) {}
