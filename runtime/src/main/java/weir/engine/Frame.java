package weir.engine;

import java.time.Instant;
import java.util.List;

/// The entries of one decision: one row of the journal.
///
/// @param seq from 1, without gaps
/// @param at when it was decided
public record Frame(int seq, Instant at, List<Entry> entries) {
    public Frame {
        entries = List.copyOf(entries);
    }
}
