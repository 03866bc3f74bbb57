package weir.ide;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Signature;
import weir.check.Symbol;
import weir.compile.Placement;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Effect;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// What stands at a place.
///
/// @param at the place
/// @param code its declaration in the language's own notation
/// @param doc what it means, in Markdown, empty if nobody said
public record Hover(Span at, String code, String doc) {
    private static final int LONGEST = 400;

    /// All of it as Markdown.
    public String markdown() {
        return "```weir\n" + code + "\n```" + (doc.isEmpty() ? "" : "\n\n" + doc);
    }

    static Optional<Hover> at(Document document, int offset) {
        return found(document, offset).map(hover -> hover.placed(document, offset));
    }

    /// With where the whole expression is evaluated, when that is the sandbox.
    private Hover placed(Document document, int offset) {
        var diagnostics = document.diagnostics();
        return Placement.at(document.checked(), document.lookup(), diagnostics, offset)
                .filter(placement -> placement.reason() != null && !placement.isFence())
                .map(placement -> new Hover(
                        at,
                        code,
                        paragraphs(
                                doc,
                                "This expression runs in the JavaScript sandbox, because of " + placement.reason()
                                        + ".")))
                .orElse(this);
    }

    private static Optional<Hover> found(Document document, int offset) {
        var lookup = document.lookup();
        Hover hover = action(lookup, offset);
        if (hover == null) {
            hover = trigger(lookup, offset);
        }
        if (hover == null) {
            hover = member(lookup, offset);
        }
        if (hover == null) {
            hover = symbol(document, offset);
        }
        return Optional.ofNullable(hover);
    }

    // ---- names

    private static @Nullable Hover symbol(Document document, int offset) {
        var lookup = document.lookup();
        Symbol symbol = lookup.symbolAt(offset);
        var place = lookup.placeAt(offset);
        if (symbol == null || place == null) {
            return null;
        }
        // Where a test narrowed it, the type here says more than the declared one.
        Type type = lookup.expressionAt(offset, Expression.NameUse.class)
                .map(lookup::type)
                .orElse(symbol.type());
        String more = paragraphs(example(document, symbol), where(document, symbol));
        return new Hover(place.span(), declaration(document, symbol, type), paragraphs(symbol.doc(), more));
    }

    /// A value of a record's type says more than its fields.
    private static String example(Document document, Symbol symbol) {
        var types = document.checked().declarations().types();
        boolean telling = symbol.kind() == Symbol.Kind.TYPE || symbol.kind() == Symbol.Kind.PARAMETER;
        Type type = telling ? symbol.type() : Type.Basic.UNKNOWN;
        if (!(type instanceof Type.Named) && !(type instanceof Type.RecordOf)) {
            return "";
        }
        String value = new Shape(types).example(type, symbol.name()).toString();
        return value.length() > LONGEST ? "" : "For example `" + value + "`";
    }

    /// Where a function is evaluated.
    private static String where(Document document, Symbol symbol) {
        var function = document.checked().declarations().functions().get(symbol.name());
        boolean script = symbol.kind() == Symbol.Kind.FUNCTION
                && function != null
                && function.tree().body() instanceof Declaration.FunctionBody.Script;
        return script ? "JavaScript: runs in the sandbox." : "";
    }

    private static String declaration(Document document, Symbol symbol, Type type) {
        var lookup = document.lookup();
        Signature signature = lookup.signature(symbol);
        if (signature != null) {
            return word(symbol) + signature.text();
        }
        return switch (symbol.kind()) {
            case TYPE -> {
                Type meant = document.checked().declarations().types().get(symbol.name());
                yield "type " + symbol.name() + " = " + (meant == null ? "…" : Shape.display(meant));
            }
            case POLICY, INTEGRATION, WORKFLOW, FUNCTION, RULES -> word(symbol) + symbol.name();
            case GLOBAL, SPACE -> global(symbol.name());
            case PARAMETER, LET, STEP, ITEM, ARROW, ERROR, SPECIAL, CONSTANT, SETTINGS ->
                word(symbol) + symbol.name() + ": " + Shape.display(type);
        };
    }

    private static String word(Symbol symbol) {
        return switch (symbol.kind()) {
            case LET, CONSTANT -> "let ";
            case STEP -> "step ";
            case FUNCTION -> "function ";
            case RULES -> "rules ";
            case WORKFLOW -> "workflow ";
            case POLICY -> "policy ";
            case TYPE -> "type ";
            case INTEGRATION -> "use ";
            case PARAMETER, ITEM, ARROW, ERROR, SPECIAL, SETTINGS, GLOBAL, SPACE -> "";
        };
    }

    private static String global(String name) {
        var signatures = Builtins.global(name);
        return signatures.isEmpty() ? name : signatures.getFirst().signature();
    }

    // ---- members

    private static @Nullable Hover member(Lookup lookup, int offset) {
        var found = lookup.expressionAt(offset, Expression.Member.class).orElse(null);
        if (!(found instanceof Expression.Member member)
                || !member.name().span().contains(offset)) {
            return null;
        }
        String name = member.name().text();
        if (member.object() instanceof Expression.NameUse space
                && lookup.type(space) == Type.Basic.UNKNOWN
                && Builtins.space(space.name()).containsKey(name)) {
            Builtin builtin =
                    Builtins.space(space.name()).getOrDefault(name, List.of()).getFirst();
            return new Hover(member.name().span(), space.name() + "." + builtin.signature(), builtin.doc());
        }
        Type owner = lookup.type(member.object());
        Type.Field field = lookup.field(owner, name);
        if (field != null) {
            String optional = field.optional() ? "?: " : ": ";
            return new Hover(member.name().span(), name + optional + Shape.display(field.type()), field.doc());
        }
        List<Builtin> methods = lookup.methods(owner, name);
        return methods.isEmpty()
                ? null
                : new Hover(
                        member.name().span(),
                        methods.getFirst().signature(),
                        methods.getFirst().doc());
    }

    // ---- steps

    private static @Nullable Hover action(Lookup lookup, int offset) {
        for (Tree.Call call : lookup.calls()) {
            Signature signature = call.span().contains(offset) ? lookup.signature(call) : null;
            if (signature == null) {
                continue;
            }
            if (call.target().span().contains(offset)) {
                String word = call.target().names().size() == 1 ? "workflow " : "action ";
                String more = lookup.effect(call).map(Hover::effect).orElse("");
                return new Hover(call.target().span(), word + signature.text(), paragraphs(signature.doc(), more));
            }
            for (Tree.Argument argument : call.arguments()) {
                Tree.Name name = argument.name();
                if (name != null && name.span().contains(offset)) {
                    return argument(signature, name);
                }
            }
        }
        return null;
    }

    private static String effect(Effect effect) {
        return switch (effect) {
            case PURE -> "Changes nothing: it may be repeated, and left out.";
            case IDEMPOTENT -> "Doing it twice is doing it once: it may be repeated.";
            case UNSAFE -> "Doing it twice may matter: give a `key` when it is to be retried.";
        };
    }

    private static String paragraphs(String... texts) {
        return Arrays.stream(texts).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    /// The trigger of a workflow, and its arguments.
    private static @Nullable Hover trigger(Lookup lookup, int offset) {
        for (Object piece : lookup.pieces()) {
            if (!(piece instanceof Head.Trigger trigger) || !trigger.span().contains(offset)) {
                continue;
            }
            for (Signature signature : lookup.triggers(trigger.kind())) {
                if (trigger.kind().span().contains(offset)) {
                    String code = "on " + signature.name() + signature.parameterText();
                    return new Hover(trigger.kind().span(), code, signature.doc());
                }
                for (Tree.Argument argument : trigger.arguments()) {
                    Tree.Name name = argument.name();
                    Hover found = name != null && name.span().contains(offset) ? argument(signature, name) : null;
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Hover argument(Signature signature, Tree.Name name) {
        return signature.parameters().stream()
                .filter(parameter -> parameter.name().equals(name.text()))
                .findFirst()
                .map(parameter -> new Hover(
                        name.span(),
                        parameter.name() + (parameter.optional() ? "?: " : ": ") + Shape.display(parameter.type()),
                        parameter.doc()))
                .orElse(null);
    }
}
