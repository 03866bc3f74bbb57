package weir.syntax;

import java.util.List;
import weir.source.Span;

/// A type as it was written.
public sealed interface TypeExpression {
    Span span();

    /// A built-in or declared name.
    record Named(Tree.Name name, Span span) implements TypeExpression {}

    /// A literal: the value is a String, Double, Boolean, or the word null.
    record Literal(LiteralValue value, Span span) implements TypeExpression {}

    /// What a literal type admits.
    sealed interface LiteralValue {
        record Text(String value) implements LiteralValue {}

        record Numeric(double value) implements LiteralValue {}

        record Truth(boolean value) implements LiteralValue {}

        record Null() implements LiteralValue {}
    }

    record ListOf(TypeExpression item, Span span) implements TypeExpression {}

    record RecordOf(List<Field> fields, Span span) implements TypeExpression {
        public RecordOf {
            fields = List.copyOf(fields);
        }
    }

    /// @param doc the `///` lines above the field, empty if none
    record Field(Tree.Name name, boolean optional, TypeExpression type, String doc, Span span) {}

    /// `{ [name]: T }`
    record MapOf(Tree.Name keyName, TypeExpression value, Span span) implements TypeExpression {}

    record Union(List<TypeExpression> members, Span span) implements TypeExpression {
        public Union {
            members = List.copyOf(members);
        }
    }

    /// What could not be read; it was already reported.
    record Broken(Span span) implements TypeExpression {}
}
