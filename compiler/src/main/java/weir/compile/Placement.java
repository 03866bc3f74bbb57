package weir.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Lookup;
import weir.graph.SandboxReason;
import weir.source.Diagnostic;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Where an expression of a text is evaluated: on the JVM, or in the JavaScript sandbox, and why.
///
/// @param at the whole expression, or the declaration whose body is a fence
/// @param reason why it needs the sandbox ("`localeCompare`"), or null: it runs on the JVM
/// @param cause the part that needs the sandbox; the whole when nothing does
public record Placement(Span at, @Nullable String reason, Span cause) {
    private static final String FENCE = "a js fence";

    /// Every expression of a text that computes something, in the order of the text; of nested ones the whole.
    /// Names and literals alone compute nothing.
    ///
    /// @param checked without errors
    public static List<Placement> of(Checked checked) {
        var all = new ArrayList<Placement>();
        for (Object piece : roots(new Lookup(checked))) {
            all.add(of(checked, piece));
        }
        return all;
    }

    /// The same for the expression around an offset, where it computes something and has no errors.
    ///
    /// @param diagnostics of the text
    public static Optional<Placement> at(Checked checked, Lookup lookup, List<Diagnostic> diagnostics, int offset) {
        return roots(lookup).stream()
                .filter(piece -> span(piece).contains(offset) && isSound(span(piece), diagnostics))
                .findFirst()
                .map(piece -> of(checked, piece));
    }

    /// Whether it is no expression, but JavaScript as it stands.
    public boolean isFence() {
        return FENCE.equals(reason);
    }

    private static boolean isSound(Span span, List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(diagnostic -> diagnostic.at().span())
                .noneMatch(at -> at.start() <= span.end() && span.start() <= at.end());
    }

    private static Placement of(Checked checked, Object piece) {
        if (!(piece instanceof Expression expression)) {
            return new Placement(span(piece), FENCE, span(piece));
        }
        var expr = new ExpressionLowering(checked, new Reach(), false).lower(expression);
        var reason = SandboxReason.of(expr);
        return reason == null
                ? new Placement(expression.span(), null, expression.span())
                : new Placement(expression.span(), reason.what(), reason.at());
    }

    private static List<Object> roots(Lookup lookup) {
        var roots = new ArrayList<>();
        int end = -1;
        for (Object piece : lookup.pieces()) {
            boolean fence = piece instanceof Tree.Fence;
            if (!fence && !(piece instanceof Expression)) {
                continue;
            }
            var span = span(piece);
            if (span.start() >= end) {
                end = span.end();
                if (fence || computes((Expression) piece)) {
                    roots.add(piece);
                }
            }
        }
        return roots;
    }

    private static Span span(Object piece) {
        var span = Lookup.place(piece);
        return span == null ? Span.NONE : span;
    }

    private static boolean computes(Expression expression) {
        return switch (expression) {
            case Expression.NameUse _,
                    Expression.Numeric _,
                    Expression.Duration _,
                    Expression.Text _,
                    Expression.Truth _,
                    Expression.Null _,
                    Expression.Broken _ -> false;
            case Expression.Parenthesized inner -> computes(inner.inner());
            case Expression.Template _,
                    Expression.ListLiteral _,
                    Expression.ObjectLiteral _,
                    Expression.Member _,
                    Expression.Index _,
                    Expression.Call _,
                    Expression.Unary _,
                    Expression.Binary _,
                    Expression.Conditional _,
                    Expression.Arrow _ -> true;
        };
    }
}
