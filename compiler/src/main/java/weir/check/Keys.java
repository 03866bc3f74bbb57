package weir.check;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Field;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Tree.Policy;

/// What makes two calls the same one: keys that are the same where they should differ, and keys that could be given.
final class Keys {
    private static final Set<String> DRAWN = Set.of("uuid", "random", "now");
    /// Fields that tell one thing from another, the most certain first.
    private static final List<String> TELLING = List.of("id", "key", "sku", "number", "email", "code");

    private final Checking checking;
    private final Types types;

    Keys(Expressions expressions) {
        this.checking = expressions.checking;
        this.types = expressions.types;
    }

    /// A key inside a loop has to differ from pass to pass.
    void check(Policy.Key key, Scope scope) {
        Set<Symbol> ofThisPass = scope.ofThisPass();
        if (ofThisPass == null || key.value() instanceof Expression.Broken) {
            return;
        }
        boolean differs = Pieces.of(key.value()).inOrder().stream()
                .filter(Expression.NameUse.class::isInstance)
                .map(checking.findings.symbols::get)
                .anyMatch(symbol -> symbol == null
                        || ofThisPass.contains(symbol)
                        || (symbol.kind() == Symbol.Kind.GLOBAL && DRAWN.contains(symbol.name())));
        if (!differs) {
            checking.report(new EffectProblem.SameKey(checking.at(key.span())));
        }
    }

    /// A fix that puts a key before a policy, null where nothing at hand tells one call from another.
    @Nullable
    Fix fix(Span before, Scope scope) {
        Set<Symbol> ofThisPass = scope.ofThisPass();
        for (Symbol symbol : scope.symbols().values()) {
            String key = ofThisPass == null || ofThisPass.contains(symbol) ? key(symbol) : null;
            if (key != null) {
                return Fix.insert("Use " + key + " as the key", before.start(), "key " + key + "\n" + indent(before));
            }
        }
        return null;
    }

    private @Nullable String key(Symbol symbol) {
        var record = types.recordOf(symbol.type());
        if (record == null) {
            boolean named = TELLING.contains(symbol.name()) || symbol.name().endsWith("_id");
            boolean item = symbol.kind() == Symbol.Kind.ITEM;
            return (named || item) && isKey(symbol.type()) ? symbol.name() : null;
        }
        if (symbol.kind() == Symbol.Kind.ERROR || symbol.kind() == Symbol.Kind.SETTINGS) {
            return null;
        }
        for (String name : TELLING) {
            Field field = Types.field(record, name);
            if (field != null && !field.optional() && isKey(field.type())) {
                return symbol.name() + "." + name;
            }
        }
        return null;
    }

    private boolean isKey(Type type) {
        return types.members(type).stream()
                .allMatch(member -> Set.of("string", "number").contains(types.kind(member)));
    }

    private String indent(Span span) {
        String line =
                checking.source.line(checking.source.position(span.start()).line());
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
