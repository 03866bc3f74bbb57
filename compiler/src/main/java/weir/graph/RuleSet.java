package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;

/// A decision: a pure function given as a table or as when/then rules.
///
/// @param result the type of one match's value
public record RuleSet(
        String name, String doc, List<Parameter> parameters, Type result, Policy policy, Body body, Span at) {
    public RuleSet {
        parameters = List.copyOf(parameters);
    }

    public enum Policy {
        /// Matching rows agree.
        UNIQUE,
        /// The first matching row counts.
        FIRST,
        /// The list of every match.
        ALL
    }

    public sealed interface Body {
        /// @param inputs an expression a column, over the parameters
        /// @param outputs names of the output columns; a single one whose result is no record is the value
        /// itself
        record Table(List<Expr> inputs, List<String> outputs, boolean record, List<Row> rows) implements Body {
            public Table {
                inputs = List.copyOf(inputs);
                outputs = List.copyOf(outputs);
                rows = List.copyOf(rows);
            }
        }

        record Sentences(List<When> whens, @Nullable Expr otherwise) implements Body {
            public Sentences {
                whens = List.copyOf(whens);
            }
        }
    }

    /// @param cells one an input column; empty for the `else` row, which counts when no other row matches
    /// @param outputs one an output column
    /// @param from ISO 8601 text from which the row is valid (inclusive), or null
    /// @param until ISO 8601 text until which it is valid (exclusive), or null
    public record Row(
            boolean otherwise,
            List<Cell> cells,
            List<Expr> outputs,
            @Nullable Expr from,
            @Nullable Expr until,
            Span at) {
        public Row {
            cells = List.copyOf(cells);
            outputs = List.copyOf(outputs);
        }
    }

    public record When(Expr condition, Expr result, Span at) {}

    public sealed interface Cell {
        record Any() implements Cell {}

        /// One of the tests holds, or none of them if `negated`.
        record Tests(boolean negated, List<Test> tests) implements Cell {
            public Tests {
                tests = List.copyOf(tests);
            }
        }
    }

    public sealed interface Test {
        record Equal(Expr value) implements Test {}

        /// @param operator LESS, LESS_EQUAL, GREATER or GREATER_EQUAL
        record Compare(Expr.BinaryOperator operator, Expr value) implements Test {}

        record Range(Expr from, Expr to, boolean closed) implements Test {}

        /// A condition over the parameters, independent of the column's value.
        record Condition(Expr condition) implements Test {}
    }
}
