package weir.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.source.Location;

/// What names mean at one point of a text, and what is known about their values there.
///
/// Names belong to blocks: declaring adds to the block for everything that is checked later. What is known ([Facts])
/// belongs to the point: each scope has its own.
final class Scope {
    private final Block block;
    private final Facts facts;
    private final Place place;

    private Scope(Block block, Facts facts, Place place) {
        this.block = block;
        this.facts = facts;
        this.place = place;
    }

    /// The scope of something that stands on its own.
    static Scope of(Place place) {
        return new Scope(new Block(null), Facts.NONE, place);
    }

    /// Where an expression stands.
    ///
    /// @param draws whether `now()`, `uuid()` and `random()` are allowed
    /// @param words what it is, for messages (`a function`)
    record Place(boolean draws, String words) {
        static final Place WORKFLOW = new Place(true, "a workflow");
        static final Place FUNCTION = new Place(false, "a function");
        static final Place RULES = new Place(false, "a rule");
        static final Place CONSTANT = new Place(false, "a constant");
        static final Place HEAD = new Place(false, "a trigger or setting");
        static final Place TEST = new Place(false, "a test");
    }

    /// Why a name that exists somewhere does not exist here.
    sealed interface Elsewhere {
        Location made();

        /// In a block that is over.
        ///
        /// @param where the words for the block
        /// @param advice how to get the value out
        /// @param others other blocks that make the same name, each its own
        record Inside(Location made, String where, String advice, List<Location> others) implements Elsewhere {
            private static final int TOLD = 3;

            public Inside {
                others = List.copyOf(others);
            }

            /// The same name was made in another block, too.
            Inside and(Inside earlier) {
                if (earlier.made.equals(made) || others.size() >= TOLD) {
                    return this;
                }
                var all = new ArrayList<>(earlier.others);
                all.add(earlier.made);
                return new Inside(made, where, advice, all.subList(0, Math.min(TOLD, all.size())));
            }
        }

        /// In a branch that runs at the same time.
        record Sibling(Location made) implements Elsewhere {}

        /// Further down.
        record Later(Location made) implements Elsewhere {}
    }

    private static final class Block {
        final @Nullable Block parent;
        final Map<String, Symbol> names = new LinkedHashMap<>();
        final Map<String, Elsewhere> elsewhere = new HashMap<>();

        Block(@Nullable Block parent) {
            this.parent = parent;
        }
    }

    /// A block inside.
    Scope inner() {
        return new Scope(new Block(block), facts, place);
    }

    /// The same point with more known.
    Scope with(Facts more) {
        return more.isEmpty() ? this : new Scope(block, facts.and(more), place);
    }

    /// The same block where exactly this is known.
    Scope knowing(Facts all) {
        return new Scope(block, all, place);
    }

    /// The same point where other things are allowed.
    Scope at(Place other) {
        return new Scope(block, facts, other);
    }

    Scope declare(Symbol symbol) {
        block.names.put(symbol.name(), symbol);
        return this;
    }

    Facts facts() {
        return facts;
    }

    Place place() {
        return place;
    }

    /// The innermost meaning of a name among those that are declared in blocks.
    @Nullable
    Symbol find(String name) {
        for (Block at = block; at != null; at = at.parent) {
            Symbol symbol = at.names.get(name);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }

    /// The name's meaning in this very block.
    @Nullable
    Symbol findHere(String name) {
        return block.names.get(name);
    }

    /// What this very block declares, in order.
    Map<String, Symbol> declared() {
        return block.names;
    }

    /// All names that can be used here.
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (Block at = block; at != null; at = at.parent) {
            names.addAll(at.names.keySet());
        }
        return names;
    }

    /// All symbols that can be used here, the innermost first.
    Map<String, Symbol> symbols() {
        var symbols = new LinkedHashMap<String, Symbol>();
        for (Block at = block; at != null; at = at.parent) {
            at.names.forEach(symbols::putIfAbsent);
        }
        return symbols;
    }

    /// The names that differ from pass to pass of the loop around, null where there is no loop.
    @Nullable
    Set<Symbol> ofThisPass() {
        Set<Symbol> names = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Block at = block; at != null; at = at.parent) {
            names.addAll(at.names.values());
            if (at.names.values().stream().anyMatch(symbol -> symbol.kind() == Symbol.Kind.ITEM)) {
                return names;
            }
        }
        return null;
    }

    /// The names of blocks inside this one that are over.
    Map<String, Elsewhere> gone() {
        var gone = new LinkedHashMap<String, Elsewhere>();
        block.elsewhere.forEach((name, reason) -> {
            if (reason instanceof Elsewhere.Inside) {
                gone.put(name, reason);
            }
        });
        return gone;
    }

    /// Remembers why a name cannot be used in this block.
    void setElsewhere(String name, Elsewhere reason) {
        block.elsewhere.merge(
                name,
                reason,
                (earlier, now) -> earlier instanceof Elsewhere.Inside before && now instanceof Elsewhere.Inside inside
                        ? inside.and(before)
                        : now);
    }

    @Nullable
    Elsewhere elsewhere(String name) {
        for (Block at = block; at != null; at = at.parent) {
            Elsewhere reason = at.elsewhere.get(name);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
