package weir.engine;

import java.util.List;

/// What the engine decided: facts to journal, then things to do, and what the run waits for.
public record Decision(List<Entry> entries, List<Effect> effects, Outlook outlook) {
    public Decision {
        entries = List.copyOf(entries);
        effects = List.copyOf(effects);
    }
}
