package weir.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The entries of one decision: one row of the journal.
///
/// @param seq from 1, without gaps
/// @param at when it was decided, in whole milliseconds (what is finer is dropped)
public record Frame(int seq, Instant at, List<Entry> entries) {
    public Frame {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        entries = List.copyOf(entries);
    }
}
