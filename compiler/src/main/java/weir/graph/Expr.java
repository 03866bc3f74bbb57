package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Span;

/// An expression with the meaning of ECMAScript, names resolved to what they are.
/// `at` is the place in the version's text, for error messages; it is not part of the meaning.
public sealed interface Expr {
    Span at();

    record Text(String value, Span at) implements Expr {}

    record Numeric(double value, Span at) implements Expr {}

    record Truth(boolean value, Span at) implements Expr {}

    record Null(Span at) implements Expr {}

    /// A value that has a name: parameter, let, step, loop name, arrow parameter, constant of the file, or one of
    /// `settings`, `event`, `error`, `result`, `args`, `request`, `response`, `registration` where they are in
    /// scope. Names never change, so the innermost binding of that name is the one meant.
    record Name(String name, Span at) implements Expr {}

    /// A pure global: `Math`, `JSON`, `time`, `undefined`, `NaN`, `parseInt`, `bearer`, `hmac` …
    record Global(String name, Span at) implements Expr {}

    /// One more text than values.
    record Template(List<String> texts, List<Expr> values, Span at) implements Expr {
        public Template {
            texts = List.copyOf(texts);
            values = List.copyOf(values);
        }
    }

    /// @param optional `?.`: ends the nearest enclosing [Chain] with undefined when the object is null or undefined
    record Member(Expr object, String name, boolean optional, Span at) implements Expr {}

    record Index(Expr object, Expr index, boolean optional, Span at) implements Expr {}

    /// A call of a method or a global.
    record Call(Expr callee, List<Element> arguments, boolean optional, Span at) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// Where a `?.` inside stops.
    record Chain(Expr inner, Span at) implements Expr {}

    /// A value that somebody relies on to have a type which only the run can see: a result, an argument, a yield.
    ///
    /// @param name what an error calls the value
    record Fits(Expr value, Type type, String name, Span at) implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, Span at) implements Expr {}

    enum UnaryOperator {
        NOT("!"),
        MINUS("-"),
        PLUS("+"),
        COMPLEMENT("~"),
        TYPEOF("typeof");

        private final String sign;

        UnaryOperator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    record Binary(BinaryOperator operator, Expr left, Expr right, Span at) implements Expr {}

    enum BinaryOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%"),
        POWER("**"),
        EQUAL("==="),
        NOT_EQUAL("!=="),
        LESS("<"),
        LESS_EQUAL("<="),
        GREATER(">"),
        GREATER_EQUAL(">="),
        IN("in"),
        AND("&&"),
        OR("||"),
        COALESCE("??"),
        BIT_AND("&"),
        BIT_OR("|"),
        BIT_XOR("^"),
        SHIFT_LEFT("<<"),
        SHIFT_RIGHT(">>"),
        SHIFT_RIGHT_UNSIGNED(">>>");

        private final String sign;

        BinaryOperator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /// The operator written so, or null.
        public static @Nullable BinaryOperator of(String sign) {
            for (var operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            return null;
        }
    }

    record Conditional(Expr condition, Expr yes, Expr no, Span at) implements Expr {}

    record Arrow(List<Pattern> parameters, Expr body, Span at) implements Expr {
        public Arrow {
            parameters = List.copyOf(parameters);
        }
    }

    /// What a parameter of an arrow binds.
    sealed interface Pattern {
        record Bind(String name) implements Pattern {}

        record Fields(List<FieldPattern> fields) implements Pattern {
            public Fields {
                fields = List.copyOf(fields);
            }
        }

        record Items(List<Pattern> items) implements Pattern {
            public Items {
                items = List.copyOf(items);
            }
        }

        record FieldPattern(String key, Pattern pattern) {}
    }

    record ListLiteral(List<Element> elements, Span at) implements Expr {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    record Element(boolean spread, Expr value) {}

    record ObjectLiteral(List<Property> properties, Span at) implements Expr {
        public ObjectLiteral {
            properties = List.copyOf(properties);
        }
    }

    sealed interface Property {
        record Entry(String key, Expr value) implements Property {}

        record Computed(Expr key, Expr value) implements Property {}

        record Spread(Expr value) implements Property {}
    }

    /// A call of a function of the file.
    record Apply(String function, List<Expr> arguments, Span at) implements Expr {
        public Apply {
            arguments = List.copyOf(arguments);
        }
    }

    /// A call of a rule set of the file.
    record Decide(String rules, List<Expr> arguments, Span at) implements Expr {
        public Decide {
            arguments = List.copyOf(arguments);
        }
    }

    /// `now()`, `uuid()`, `random()`: recorded before anything depends on it.
    record Draw(Drawn what, Span at) implements Expr {}

    enum Drawn {
        NOW,
        UUID,
        RANDOM
    }

    /// `secret("NAME")`: a reference, resolved only where an action is performed.
    record Secret(String name, Span at) implements Expr {}
}
