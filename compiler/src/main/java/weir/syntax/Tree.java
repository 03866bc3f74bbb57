package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;

/// A piece of a parsed file. Every piece knows the span it was written at.
public sealed interface Tree {
    Span span();

    /// A whole file in the order it was written.
    ///
    /// @param comments everything from `//` and `/*` (not `///` docs, which belong to declarations), in order
    record File(Source source, List<Declaration> declarations, List<Comment> comments, Span span) implements Tree {
        public File {
            declarations = List.copyOf(declarations);
            comments = List.copyOf(comments);
        }
    }

    /// A name where it stands, for messages, go-to-definition and rename.
    record Name(String text, Span span) implements Tree {
        @Override
        public String toString() {
            return text;
        }
    }

    /// A comment with its marks.
    record Comment(String text, Span span) implements Tree {}

    /// A dotted path such as `order.customer.tier` or `http.post`; at least one name.
    record Path(List<Name> names, Span span) implements Tree {
        public Path {
            names = List.copyOf(names);
        }

        public String text() {
            return String.join(".", names.stream().map(Name::text).toList());
        }
    }

    /// A parameter of a function, rule set, workflow or action.
    record Parameter(Name name, boolean optional, TypeExpression type, Span span) implements Tree {}

    /// `integration.action(args)` or `workflow(args)`.
    record Call(Path target, List<Argument> arguments, Span span) implements Tree {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// An argument; steps and triggers take named ones, expressions positional ones.
    record Argument(@Nullable Name name, Expression value, Span span) implements Tree {}

    /// Statements in braces.
    record Block(List<Statement> statements, Span span) implements Tree {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /// JavaScript between fences, as it stands.
    ///
    /// @param textStart where the text begins in the file
    record Fence(String language, String text, int textStart, Span span) implements Tree {
        public Span textSpan() {
            return new Span(textStart, textStart + text.length());
        }
    }

    /// One policy of a step or of a reusable `policy`.
    sealed interface Policy extends Tree {
        record Retry(
                Expression times,
                @Nullable Expression from,
                @Nullable Expression to,
                @Nullable Expression when,
                Span span)
                implements Policy {}

        record Timeout(Expression duration, Span span) implements Policy {}

        record Using(Expression connection, Span span) implements Policy {}

        record Key(Expression value, Span span) implements Policy {}

        record Undo(Call call, List<Policy> policies, Span span) implements Policy {}

        record OnErrorContinue(Span span) implements Policy {}

        record OnError(Block block, Span span) implements Policy {}

        record Once(Expression key, Expression within, Span span) implements Policy {}

        record AtMost(Expression count, Expression per, Span span) implements Policy {}

        record Queue(Expression pool, Span span) implements Policy {}

        record With(Name policy, Span span) implements Policy {}
    }
}
