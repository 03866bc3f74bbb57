package weir.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.model.Parameter;
import weir.source.Span;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.Rules;
import weir.syntax.Declaration.RulesBody;

/// What can be proven about a table: whether a row matches every input, which rows never count, which contradict.
///
/// Each column is cut at the values that its cells name into finitely many [Axis] atoms, on each of which every cell
/// has one answer; a row is a box of atoms. A point that no box holds is a gap, and gives the example in the message.
/// What a cell of conditions or names matches is not known: such rows have a smallest box (nothing) and a largest
/// (everything).
final class Coverage {
    /// Steps of the search after which nothing is said.
    private static final int STEPS = 200_000;
    /// Tables whose rows and atoms make more are not looked at.
    private static final long CELLS = 20_000_000;
    /// So many contradictions are told.
    private static final int TOLD = 20;
    /// Tables with more rows are not compared pair by pair.
    private static final int PAIRS = 2_000;

    private final List<Axis> axes = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final boolean otherwise;
    private final boolean all;
    private final boolean table;
    /// Whether it is too much to look at.
    private final boolean large;
    private int steps;

    /// What the rules are known to do for every input.
    sealed interface Verdict {
        /// Every input finds an answer, or none is needed.
        record Total() implements Verdict {}

        /// No row can match this input.
        record Gap(String example) implements Verdict {}

        /// It cannot be told.
        record Unproven() implements Verdict {}
    }

    /// A row as sets of atoms, one for each column.
    ///
    /// @param certain where it matches, empty sets where that is not known
    /// @param possible where it may match
    private record Box(Row row, List<BitSet> certain, List<BitSet> possible) {}

    Coverage(Checking checking, Rules rules, List<Parameter> parameters) {
        all = rules.policy() != null && rules.policy().text().equals("all");
        switch (rules.body()) {
            case RulesBody.Table written -> {
                table = true;
                otherwise = written.rows().stream().anyMatch(Row::otherwise);
                var columns = new Columns(checking, parameters);
                for (int i = 0; i < written.inputs().size(); i++) {
                    axes.add(Axis.of(columns.type(written.inputs().get(i)), written, i, checking));
                }
                long atoms = axes.stream().mapToLong(Axis::size).sum();
                large = atoms * written.rows().size() > CELLS;
                if (!large) {
                    written.rows().stream()
                            .filter(row -> !row.otherwise() && row.cells().size() == axes.size())
                            .forEach(row -> boxes.add(box(row)));
                }
            }
            case RulesBody.Sentences sentences -> {
                table = false;
                large = false;
                otherwise = sentences.otherwise() != null;
            }
        }
    }

    private Box box(Row row) {
        var certain = new ArrayList<BitSet>();
        var possible = new ArrayList<BitSet>();
        for (int i = 0; i < axes.size(); i++) {
            var atoms = axes.get(i).atoms(row.cells().get(i));
            certain.add(row.validity() == null ? atoms.certain() : new BitSet());
            possible.add(atoms.possible());
        }
        return new Box(row, certain, possible);
    }

    Verdict verdict() {
        if (all || otherwise) {
            return new Verdict.Total();
        }
        if (!table || large) {
            return new Verdict.Unproven();
        }
        List<Integer> gap = uncovered(boxes, Box::possible, null);
        if (gap != null && isExact(gap)) {
            return new Verdict.Gap(example(gap));
        }
        boolean proven = gap == null && steps < STEPS && uncovered(boxes, Box::certain, null) == null && steps < STEPS;
        return proven ? new Verdict.Total() : new Verdict.Unproven();
    }

    /// Whether the point is surely a possible input: not one that stands for values nobody can list.
    private boolean isExact(List<Integer> point) {
        for (int i = 0; i < point.size(); i++) {
            if (!axes.get(i).isExact(point.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Rows that the rows before them cover whole, with one of those that do; meaningful where the first match
    /// counts.
    List<Covered> neverFiring() {
        var covered = new ArrayList<Covered>();
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            var before = boxes.subList(0, i);
            boolean empty = box.possible().stream().anyMatch(BitSet::isEmpty);
            boolean hidden =
                    !empty && !before.isEmpty() && uncovered(before, Box::certain, box) == null && steps < STEPS;
            if (hidden) {
                covered.add(new Covered(box.row(), single(before, box)));
            }
            if (steps >= STEPS) {
                break;
            }
        }
        return covered;
    }

    /// @param by the one row that covers it, or null when it takes several
    record Covered(Row row, @Nullable Row by) {}

    private static @Nullable Row single(List<Box> before, Box box) {
        return before.stream()
                .filter(other -> holds(other, box))
                .map(Box::row)
                .findFirst()
                .orElse(null);
    }

    private static boolean holds(Box outer, Box inner) {
        for (int i = 0; i < inner.possible().size(); i++) {
            var rest = (BitSet) inner.possible().get(i).clone();
            rest.andNot(outer.certain().get(i));
            if (!rest.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Two rows that surely match the same input.
    record Overlap(Row first, Row second, String example) {}

    List<Overlap> overlaps() {
        var overlaps = new ArrayList<Overlap>();
        for (int i = 0; i < boxes.size() && boxes.size() <= PAIRS; i++) {
            for (int j = 0; j < i && overlaps.size() < TOLD; j++) {
                var point = common(boxes.get(j), boxes.get(i));
                if (point != null) {
                    overlaps.add(new Overlap(boxes.get(j).row(), boxes.get(i).row(), example(point)));
                }
            }
        }
        return overlaps;
    }

    private static @Nullable List<Integer> common(Box a, Box b) {
        for (int i = 0; i < a.certain().size(); i++) {
            if (!a.certain().get(i).intersects(b.certain().get(i))) {
                return null;
            }
        }
        var point = new ArrayList<Integer>();
        for (int i = 0; i < a.certain().size(); i++) {
            var both = (BitSet) a.certain().get(i).clone();
            both.and(b.certain().get(i));
            point.add(both.nextSetBit(0));
        }
        return point;
    }

    /// A point, as atoms of the first columns, that none of the boxes holds; null when there is none.
    ///
    /// @param within where to look, null for everywhere
    private @Nullable List<Integer> uncovered(List<Box> rows, Function<Box, List<BitSet>> side, @Nullable Box within) {
        var active = new BitSet();
        active.set(0, rows.size());
        return search(new Search(rows, side, within, new HashMap<>()), 0, active);
    }

    private record Search(
            List<Box> rows,
            Function<Box, List<BitSet>> side,
            @Nullable Box within,
            Map<Integer, Map<BitSet, Boolean>> covered) {}

    private @Nullable List<Integer> search(Search search, int column, BitSet active) {
        if (active.isEmpty()) {
            return new ArrayList<>();
        }
        if (column == axes.size() || ++steps >= STEPS) {
            return null;
        }
        var known = search.covered().computeIfAbsent(column, any -> new HashMap<>());
        if (known.containsKey(active)) {
            return null;
        }
        for (int atom = 0; atom < axes.get(column).size(); atom++) {
            if (search.within() != null
                    && !search.within().possible().get(column).get(atom)) {
                continue;
            }
            var rest = new BitSet();
            for (int row = active.nextSetBit(0); row >= 0; row = active.nextSetBit(row + 1)) {
                rest.set(
                        row,
                        search.side().apply(search.rows().get(row)).get(column).get(atom));
            }
            var found = search(search, column + 1, rest);
            if (found != null) {
                found.addFirst(atom);
                return found;
            }
        }
        known.put(active, true);
        return null;
    }

    /// `tier` "silver" with `total` 100
    private String example(List<Integer> point) {
        var text = new StringBuilder();
        for (int i = 0; i < point.size(); i++) {
            text.append(i == 0 ? "" : i == 1 ? " with " : " and ")
                    .append('`')
                    .append(axes.get(i).name())
                    .append("` ")
                    .append(axes.get(i).example(point.get(i)));
        }
        return text.isEmpty() ? "any input" : text.toString();
    }

    /// The input columns whose cells were not understood, for messages.
    static Span head(RulesBody.Table table) {
        return table.inputs().getFirst().span().to(table.outputs().getLast().span());
    }
}
