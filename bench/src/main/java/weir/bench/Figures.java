package weir.bench;

/// What a benchmark found out.
interface Figures {
    /// Whether everything that was asked for was measured, and every answer was right.
    boolean isRight();

    /// One object on one line.
    String json();

    /// For people.
    String table();
}
