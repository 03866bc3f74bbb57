package weir.simulation.cluster;

import weir.store.Journal;

/// Protections that are taken away on purpose, to show that the laws would notice.
enum Sabotage {
    NONE;

    Journal of(Journal journal) {
        return journal;
    }
}
