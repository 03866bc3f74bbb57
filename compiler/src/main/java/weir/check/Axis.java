package weir.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.syntax.Declaration.Cell;
import weir.syntax.Declaration.CellTest;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.Expression;

/// A column of a table, cut into atoms: single values, open intervals between the numbers that its cells name, and
/// everything else. On one atom each cell has one answer.
final class Axis {
    private final String name;
    private final List<Atom> atoms;
    private final Folding folding;

    private Axis(String name, List<Atom> atoms, Folding folding) {
        this.name = name;
        this.atoms = atoms;
        this.folding = folding;
    }

    sealed interface Atom {
        /// A text, number, truth value, null or undefined.
        record Single(Type value) implements Atom {}

        /// The numbers between two, without them.
        record Between(double low, double high) implements Atom {}

        /// Whatever else values of the column's type may be.
        ///
        /// @param exact whether it is sure that there are such values
        record Other(boolean exact, String words) implements Atom {}
    }

    /// @param certain the atoms that a cell surely matches
    /// @param possible the atoms that it may match
    record Atoms(BitSet certain, BitSet possible) {}

    /// The axis of a column with this type.
    static Axis of(Type type, RulesBody.Table table, int column, Checking checking) {
        var folding = new Folding(checking.declarations);
        var numbers = new TreeSet<Double>();
        var texts = new TreeSet<String>();
        for (Row row : table.rows()) {
            if (column < row.cells().size() && row.cells().get(column) instanceof Cell.Tests tests) {
                tests.tests().forEach(test -> mention(test, folding, numbers, texts));
            }
        }
        var atoms = new ArrayList<Atom>();
        for (Type member : checking.types.members(type)) {
            add(checking.types, member, numbers, texts, atoms);
        }
        return new Axis(
                table.inputs().get(column).text(), atoms.stream().distinct().toList(), folding);
    }

    private static void mention(
            CellTest test, Folding folding, NavigableSet<Double> numbers, NavigableSet<String> texts) {
        var values = switch (test) {
            case CellTest.Value value -> List.of(value.value());
            case CellTest.Compare compare -> List.of(compare.value());
            case CellTest.Range range -> List.of(range.from(), range.to());
        };
        for (Expression value : values) {
            switch (folding.fold(value)) {
                case Double number -> numbers.add(number);
                case String text -> texts.add(text);
                case null, default -> {}
            }
        }
    }

    private static void add(
            Types types, Type member, NavigableSet<Double> numbers, NavigableSet<String> texts, List<Atom> atoms) {
        switch (types.resolve(member)) {
            case Literal literal -> atoms.add(new Atom.Single(literal));
            case Basic.NULL, Basic.UNDEFINED -> atoms.add(new Atom.Single(member));
            case Basic.BOOLEAN -> {
                atoms.add(new Atom.Single(new Literal.Truth(true)));
                atoms.add(new Atom.Single(new Literal.Truth(false)));
            }
            case Basic.NUMBER, Basic.DURATION -> intervals(numbers, false, atoms);
            case Basic.INT -> intervals(numbers, true, atoms);
            case Basic.STRING -> {
                texts.forEach(text -> atoms.add(new Atom.Single(new Literal.Text(text))));
                atoms.add(new Atom.Other(true, texts.isEmpty() ? "= any text" : "other than " + others(texts)));
            }
            // Default: values of any other type cannot be listed.
            default -> atoms.add(new Atom.Other(false, "= something else"));
        }
    }

    private static String others(NavigableSet<String> texts) {
        return Words.list(texts.stream().limit(5).map(Shape::quote).toList(), "and");
    }

    private static void intervals(NavigableSet<Double> numbers, boolean whole, List<Atom> atoms) {
        double low = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            between(low, number, whole, atoms);
            if (!whole || Types.isWhole(number)) {
                atoms.add(new Atom.Single(new Literal.Numeric(number)));
            }
            low = number;
        }
        between(low, Double.POSITIVE_INFINITY, whole, atoms);
    }

    private static void between(double low, double high, boolean whole, List<Atom> atoms) {
        boolean empty = whole && Math.ceil(Math.nextUp(low)) >= high;
        if (!empty) {
            atoms.add(new Atom.Between(low, high));
        }
    }

    String name() {
        return name;
    }

    int size() {
        return atoms.size();
    }

    boolean isExact(int atom) {
        return !(atoms.get(atom) instanceof Atom.Other other) || other.exact();
    }

    /// What a cell matches.
    Atoms atoms(Cell cell) {
        return switch (cell) {
            case Cell.Any any -> new Atoms(everything(), everything());
            case Cell.Tests tests -> {
                var certain = new BitSet();
                var possible = new BitSet();
                for (CellTest test : tests.tests()) {
                    Function<Atom, @Nullable Boolean> matches = matching(test);
                    for (int i = 0; i < atoms.size(); i++) {
                        Boolean answer = matches.apply(atoms.get(i));
                        certain.set(i, certain.get(i) || Boolean.TRUE.equals(answer));
                        possible.set(i, possible.get(i) || !Boolean.FALSE.equals(answer));
                    }
                }
                yield tests.negated() ? new Atoms(without(possible), without(certain)) : new Atoms(certain, possible);
            }
        };
    }

    private BitSet everything() {
        return without(new BitSet());
    }

    private BitSet without(BitSet some) {
        var rest = new BitSet();
        rest.set(0, atoms.size());
        rest.andNot(some);
        return rest;
    }

    /// Whether a test holds on an atom; null when that is not known.
    private Function<Atom, @Nullable Boolean> matching(CellTest test) {
        return switch (test) {
            case CellTest.Value(Expression.Null none, var span) -> Axis::isMissing;
            case CellTest.Value value -> {
                Object constant = folding.fold(value.value());
                yield atom -> equal(constant, atom);
            }
            case CellTest.Compare compare -> {
                Double bound = folding.number(compare.value());
                boolean below = compare.operator().startsWith("<");
                boolean included = compare.operator().endsWith("=");
                yield atom -> within(bound, atom, below, included);
            }
            case CellTest.Range range -> {
                Double from = folding.number(range.from());
                Double to = folding.number(range.to());
                yield atom -> {
                    Boolean above = within(from, atom, false, true);
                    Boolean below = within(to, atom, true, range.closed());
                    return (above == null || below == null) ? null : (Boolean) (above && below);
                };
            }
        };
    }

    /// A cell `null` stands for what is left out too.
    private static @Nullable Boolean isMissing(Atom atom) {
        return switch (atom) {
            case Atom.Single(Type value) -> Types.isMissing(value);
            case Atom.Between between -> false;
            case Atom.Other other -> other.exact() ? Boolean.FALSE : null;
        };
    }

    private static @Nullable Boolean equal(@Nullable Object value, Atom atom) {
        if (value == null) {
            return null;
        }
        return switch (atom) {
            case Atom.Single(Literal.Text(String text)) -> text.equals(value);
            case Atom.Single(Literal.Numeric(double number)) -> value.equals(number);
            case Atom.Single(Literal.Truth(boolean truth)) -> value.equals(truth);
            case Atom.Single missing -> false;
            case Atom.Between between -> false;
            case Atom.Other other -> other.exact() ? Boolean.FALSE : null;
        };
    }

    /// Whether the atom lies below (or above) a bound.
    private static @Nullable Boolean within(@Nullable Double bound, Atom atom, boolean below, boolean included) {
        if (bound == null) {
            return null;
        }
        return switch (atom) {
            case Atom.Single(Literal.Numeric(double number)) ->
                number == bound ? included : below ? number < bound : number > bound;
            case Atom.Single other -> false;
            case Atom.Between(double low, double high) -> below ? high <= bound : low >= bound;
            case Atom.Other other -> null;
        };
    }

    /// What a value of the atom is, as it follows the column's name: `= "silver"`.
    String example(int atom) {
        return switch (atoms.get(atom)) {
            case Atom.Single(Basic missing) -> missing == Basic.UNDEFINED ? "left out" : "= null";
            case Atom.Single(Type value) -> "= " + Shape.display(value);
            case Atom.Between(double low, double high) -> "= " + Shape.number(inside(low, high));
            case Atom.Other other -> other.words();
        };
    }

    private static double inside(double low, double high) {
        if (Double.isInfinite(low) && Double.isInfinite(high)) {
            return 0;
        } else if (Double.isInfinite(low)) {
            return Math.ceil(high) - 1;
        } else if (Double.isInfinite(high)) {
            return Math.floor(low) + 1;
        }
        double whole = Math.floor(low) + 1;
        return whole < high ? whole : (low + high) / 2;
    }
}
