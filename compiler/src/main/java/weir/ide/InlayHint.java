package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Signature;
import weir.check.Symbol;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// Something that is not written and could help a reader.
///
/// @param offset before which it is shown
/// @param label a short form
/// @param whole the whole of it, in the language's own notation
/// @param insert what could be written there to say it, empty where nothing can
public record InlayHint(int offset, Kind kind, String label, String whole, String insert) {
    /// What it tells.
    public enum Kind {
        TYPE,
        ARGUMENT
    }

    private static final int LONGEST = 36;

    static List<InlayHint> in(Document document, Span range) {
        var hints = new ArrayList<InlayHint>();
        var lookup = document.lookup();
        for (Object piece : lookup.pieces()) {
            switch (piece) {
                case Statement.Let let -> type(let.name(), let.type(), lookup, hints);
                case Statement.Target target -> type(target.name(), target.type(), lookup, hints);
                case Declaration.Constant constant -> type(constant.name(), constant.type(), lookup, hints);
                case Expression.Call call -> arguments(call, lookup, hints);
                // Default: every other piece says enough.
                default -> {}
            }
        }
        return hints.stream()
                .filter(hint -> range.contains(hint.offset))
                .sorted(Comparator.comparingInt(InlayHint::offset))
                .toList();
    }

    private static void type(Tree.Name name, @Nullable TypeExpression written, Lookup lookup, List<InlayHint> into) {
        Symbol symbol = written == null ? lookup.symbol(name) : null;
        if (symbol == null || !isTelling(symbol.type())) {
            return;
        }
        String whole = Shape.display(symbol.type());
        String shown = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST - 1) + "…";
        into.add(new InlayHint(name.span().end(), Kind.TYPE, ": " + shown, symbol.name() + ": " + whole, ""));
    }

    private static boolean isTelling(Type type) {
        return type != Type.Basic.UNKNOWN && type != Type.Basic.NEVER && !(type instanceof Type.Literal);
    }

    /// Values that do not say what they are get the parameter's name.
    private static void arguments(Expression.Call call, Lookup lookup, List<InlayHint> into) {
        if (!(call.callee() instanceof Expression.NameUse name)
                || call.arguments().size() < 2) {
            return;
        }
        Symbol symbol = lookup.symbolAt(name.span().start());
        Signature signature = symbol == null ? null : lookup.signature(symbol);
        if (signature == null) {
            return;
        }
        for (int i = 0;
                i < call.arguments().size() && i < signature.parameters().size();
                i++) {
            var argument = call.arguments().get(i);
            if (!argument.spread() && isBare(argument.value())) {
                String parameter = signature.parameters().get(i).name();
                into.add(new InlayHint(
                        argument.span().start(),
                        Kind.ARGUMENT,
                        parameter + ":",
                        parameter + ": "
                                + Shape.display(signature.parameters().get(i).type()),
                        ""));
            }
        }
    }

    private static boolean isBare(Expression value) {
        return switch (value) {
            case Expression.Numeric _,
                    Expression.Duration _,
                    Expression.Text _,
                    Expression.Truth _,
                    Expression.Null _,
                    Expression.Template _,
                    Expression.ListLiteral _,
                    Expression.ObjectLiteral _,
                    Expression.Unary _ -> true;
            case Expression.NameUse _,
                    Expression.Member _,
                    Expression.Index _,
                    Expression.Call _,
                    Expression.Binary _,
                    Expression.Conditional _,
                    Expression.Arrow _,
                    Expression.Parenthesized _,
                    Expression.Broken _ -> false;
        };
    }
}
