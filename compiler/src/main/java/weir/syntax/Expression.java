package weir.syntax;

import java.util.List;
import weir.source.Span;

/// An expression as it was written: ECMAScript's syntax without assignment, `new`, `this` and `function`.
public sealed interface Expression {
    Span span();

    record NameUse(String name, Span span) implements Expression {}

    record Numeric(double value, Span span) implements Expression {}

    /// `1h30m`, in milliseconds.
    record Duration(double milliseconds, Span span) implements Expression {}

    /// A quoted text with its escapes already applied.
    record Text(String value, Span span) implements Expression {}

    record Truth(boolean value, Span span) implements Expression {}

    record Null(Span span) implements Expression {}

    /// A template: one more text than values; texts have their escapes applied.
    record Template(List<String> texts, List<Expression> values, Span span) implements Expression {
        public Template {
            texts = List.copyOf(texts);
            values = List.copyOf(values);
        }
    }

    record ListLiteral(List<Element> elements, Span span) implements Expression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    /// An element of a list or an argument of a call, with `...` or without.
    record Element(boolean spread, Expression value, Span span) {}

    record ObjectLiteral(List<Property> properties, Span span) implements Expression {
        public ObjectLiteral {
            properties = List.copyOf(properties);
        }
    }

    sealed interface Property {
        Span span();

        record Entry(Tree.Name key, Expression value, Span span) implements Property {}

        record Short(Tree.Name name, Span span) implements Property {}

        record Computed(Expression key, Expression value, Span span) implements Property {}

        record Spread(Expression value, Span span) implements Property {}
    }

    /// `object.name` or `object?.name`.
    record Member(Expression object, Tree.Name name, boolean optional, Span span) implements Expression {}

    record Index(Expression object, Expression index, boolean optional, Span span) implements Expression {}

    record Call(Expression callee, List<Element> arguments, boolean optional, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// @param operator as written: `! - + ~ typeof`
    record Unary(String operator, Expression operand, Span span) implements Expression {}

    /// @param operator as written, also `&&`, `||`, `??` and the forbidden `==` and `!=`
    record Binary(String operator, Expression left, Expression right, Span operatorSpan, Span span)
            implements Expression {}

    record Conditional(Expression condition, Expression yes, Expression no, Span span) implements Expression {}

    record Arrow(List<Pattern> parameters, Expression body, Span span) implements Expression {
        public Arrow {
            parameters = List.copyOf(parameters);
        }
    }

    /// What an arrow's parameter binds.
    sealed interface Pattern {
        Span span();

        record Bind(Tree.Name name, Span span) implements Pattern {}

        record Fields(List<FieldPattern> fields, Span span) implements Pattern {
            public Fields {
                fields = List.copyOf(fields);
            }
        }

        record Items(List<Pattern> items, Span span) implements Pattern {
            public Items {
                items = List.copyOf(items);
            }
        }

        /// `{ key }` binds a `Bind` of the same name.
        record FieldPattern(Tree.Name key, Pattern pattern, Span span) {}
    }

    /// `(e)`: kept, because `(a ?? b) || c` is allowed where `a ?? b || c` is not, and for the formatter.
    record Parenthesized(Expression inner, Span span) implements Expression {}

    /// What could not be read; it was already reported.
    record Broken(Span span) implements Expression {}
}
