package weir.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.Value;

/// One evaluation under way: its budget, where drawn values come from, and what it used that has to be recorded.
/// Not for several threads.
public final class Evaluation {
    /// Operations that one evaluation may take unless told otherwise.
    public static final long STANDARD_OPERATIONS = 10_000_000;

    /// The longest text an expression may make, in UTF-16 code units.
    public static final int MAX_TEXT = 5_000_000;

    /// A mask: how often the clock is looked at.
    private static final int TICKS = 63;

    private final Draws draws;
    private final Budget budget;
    private long operations;
    private long size;
    private int calls;
    private int ticks;
    private boolean timed;
    private long start;
    private boolean recordable;
    private @Nullable String scriptReason;
    private List<Fired> fired = List.of();

    public Evaluation(Draws draws, Budget budget) {
        this.draws = draws;
        this.budget = budget;
        this.operations = budget.operations();
        this.size = budget.size();
    }

    /// @param operations how many operations it may take; of everything else the standard
    public Evaluation(Draws draws, long operations) {
        this(draws, Budget.STANDARD.withOperations(operations));
    }

    /// Which row or sentence of a rule set gave a result (from 1; several under `all`).
    public record Fired(String rules, List<Integer> rows) {}

    /// Takes from the budget.
    public void spend(long count, Span at) {
        operations -= count;
        if (operations < 0 || (++ticks & TICKS) == 0) {
            try {
                check();
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// Takes from the budget what so many rounds of a loop cost, after them: as that many single calls would.
    void spendRounds(int rounds, int cost, Span at) {
        operations -= (long) rounds * cost;
        int before = ticks;
        ticks += rounds;
        if (operations < 0 || ((before ^ ticks) & ~TICKS) != 0) {
            try {
                check();
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// What is left of the budget; negative when it is used up.
    long operationsLeft() {
        return operations;
    }

    /// Takes from the budget where the place is not known.
    void spend(long count) {
        operations -= count;
        if (operations < 0 || (++ticks & TICKS) == 0) {
            check();
        }
    }

    /// Operations are what is bounded. The clock is looked at now and then only because an operation on a long text
    /// takes longer than others; nothing but this limit depends on it.
    private void check() {
        if (operations < 0) {
            throw new Failure(
                    "limit_operations",
                    "this expression took more than %,d operations".formatted(budget.operations())
                            + Budget.told(Budget.Limit.OPERATIONS));
        }
        long now = System.nanoTime();
        if (!timed) {
            timed = true;
            start = now;
        } else if (now - start > budget.time().toNanos()) {
            throw new Failure(
                    "limit_time",
                    "this expression took more than " + budget.time().toMillis() + " ms"
                            + Budget.told(Budget.Limit.TIME));
        }
    }

    /// What it may take in all.
    Budget budget() {
        return budget;
    }

    /// The longest text it may make.
    int longestText() {
        return budget.text();
    }

    /// Says that a text of that length is going to be made.
    void makeText(long length) {
        if (length > budget.text()) {
            throw new Failure(
                    "limit_size",
                    "this expression makes a text of more than %,d characters".formatted(budget.text())
                            + Budget.told(Budget.Limit.TEXT));
        }
        take(length);
    }

    /// Says that a list or record of so many items is going to be made.
    void makeItems(long count) {
        take(8 * count);
    }

    private void take(long units) {
        size -= units;
        operations -= units >> 4;
        if (size < 0) {
            throw new Failure(
                    "limit_size",
                    "this expression makes more data than %,d, counting 1 for a character and 8 for an item"
                                    .formatted(budget.size())
                            + Budget.told(Budget.Limit.SIZE));
        }
    }

    /// Enters a function of the file.
    void enter() {
        if (calls >= budget.depth()) {
            throw new Failure(
                    "limit_depth",
                    "functions call each other more than %,d deep".formatted(budget.depth())
                            + Budget.told(Budget.Limit.DEPTH));
        }
        calls++;
    }

    void leave() {
        calls--;
    }

    public Value draw(Expr.Drawn what) {
        recordable = true;
        return draws.draw(what);
    }

    void needsScript(NotNative reason) {
        scriptReason = reason.getMessage();
    }

    /// What only a value showed to need the sandbox (`toString of a fraction in base 3`), or null.
    public @Nullable String scriptReason() {
        return scriptReason;
    }

    /// The operations that were taken so far.
    public long used() {
        return budget.operations() - operations;
    }

    /// Scripts have limits of their own; many of them together have this one's time.
    public void usedScript() {
        recordable = true;
        check();
    }

    public void fired(Fired rows) {
        recordable = true;
        if (fired.isEmpty()) {
            fired = List.of(rows);
            return;
        }
        if (fired.size() == 1) {
            fired = new ArrayList<>(fired);
        }
        fired.add(rows);
    }

    /// Whether the result must be journaled, because computing it again could give another one.
    public boolean recordable() {
        return recordable;
    }

    public List<Fired> fired() {
        return List.copyOf(fired);
    }
}
