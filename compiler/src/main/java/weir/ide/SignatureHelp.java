package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Signature;
import weir.check.Symbol;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Parameter;
import weir.model.Shape;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// The signature of a call that is being written.
///
/// @param label the whole signature
/// @param parameters the parts of the label that stand for parameters
/// @param active which of them is being written, from 0
public record SignatureHelp(String label, List<String> parameters, int active, String doc) {
    private static final String MARK = "zzWeirCursor";

    public SignatureHelp {
        parameters = List.copyOf(parameters);
    }

    static Optional<SignatureHelp> at(Document document, int offset) {
        String text = document.source().text();
        boolean inWord = (offset > 0 && Position.isNamePart(text.charAt(offset - 1)))
                || (offset < text.length() && Position.isNamePart(text.charAt(offset)));
        // With something at the cursor also a call that has just been opened can be read.
        var lookup = inWord
                ? document.lookup()
                : document.with(Focus.at(text.substring(0, offset) + MARK + text.substring(offset), offset))
                        .lookup();
        var step = lookup.calls().stream()
                .filter(call ->
                        call.target().span().end() < offset && call.span().contains(offset))
                .min(Comparator.comparingInt(call -> call.span().length()));
        var call = lookup.expressions().stream()
                .filter(expression -> expression instanceof Expression.Call it
                        && it.callee().span().end() < offset
                        && it.span().contains(offset))
                .map(Expression.Call.class::cast)
                .min(Comparator.comparingInt(expression -> expression.span().length()));
        boolean inner = call.isPresent()
                && (step.isEmpty()
                        || call.get().span().length() < step.get().span().length());
        SignatureHelp help = inner
                ? of(call.get(), lookup, offset)
                : step.map(it -> of(it, lookup, offset)).orElse(null);
        return Optional.ofNullable(help).or(() -> trigger(lookup, offset));
    }

    private static Optional<SignatureHelp> trigger(Lookup lookup, int offset) {
        for (Object piece : lookup.pieces()) {
            if (piece instanceof Head.Trigger trigger
                    && trigger.kind().span().end() < offset
                    && trigger.span().contains(offset)) {
                boolean every = trigger.arguments().stream()
                        .anyMatch(argument -> argument.name() != null
                                && argument.name().text().equals("every"));
                var signatures = lookup.triggers(trigger.kind());
                if (!signatures.isEmpty()) {
                    Signature signature = every ? signatures.getLast() : signatures.getFirst();
                    return Optional.of(of(signature, active(signature, trigger.arguments(), offset)));
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable SignatureHelp of(Tree.Call call, Lookup lookup, int offset) {
        Signature signature = lookup.signature(call);
        if (signature == null) {
            return null;
        }
        return of(signature, active(signature, call.arguments(), offset));
    }

    private static int active(Signature signature, List<Tree.Argument> arguments, int offset) {
        int active = arguments.isEmpty() ? 0 : -1;
        for (Tree.Argument argument : arguments) {
            if (argument.span().contains(offset) && argument.name() == null) {
                active = firstMissing(signature, arguments);
            }
            if (argument.span().contains(offset) && argument.name() != null) {
                String name = argument.name().text();
                active = signature.parameters().stream()
                        .map(Parameter::name)
                        .toList()
                        .indexOf(name);
            }
        }
        return active;
    }

    /// What probably comes next.
    private static int firstMissing(Signature signature, List<Tree.Argument> arguments) {
        for (int i = 0; i < signature.parameters().size(); i++) {
            String name = signature.parameters().get(i).name();
            boolean given = arguments.stream()
                    .anyMatch(argument ->
                            argument.name() != null && argument.name().text().equals(name));
            if (!given) {
                return i;
            }
        }
        return -1;
    }

    private static SignatureHelp of(Signature signature, int active) {
        var parts = new ArrayList<String>();
        for (Parameter parameter : signature.parameters()) {
            parts.add(parameter.name() + (parameter.optional() ? "?: " : ": ") + Shape.display(parameter.type()));
        }
        return new SignatureHelp(signature.text(), parts, active, signature.doc());
    }

    private static @Nullable SignatureHelp of(Expression.Call call, Lookup lookup, int offset) {
        int active = 0;
        for (var argument : call.arguments()) {
            active += argument.value().span().end() < offset ? 1 : 0;
        }
        return switch (call.callee()) {
            case Expression.NameUse name -> named(name, lookup, active);
            case Expression.Member member -> {
                List<Builtin> found = member.object() instanceof Expression.NameUse space
                                && Builtins.space(space.name())
                                        .containsKey(member.name().text())
                        ? Builtins.space(space.name())
                                .getOrDefault(member.name().text(), List.of())
                        : lookup.methods(
                                lookup.type(member.object()), member.name().text());
                yield found.isEmpty() ? null : of(found.getFirst(), active);
            }
            // Default: nothing else has a signature.
            default -> null;
        };
    }

    private static @Nullable SignatureHelp named(Expression.NameUse name, Lookup lookup, int active) {
        Symbol symbol = lookup.symbolAt(name.span().start());
        Signature signature = symbol == null ? null : lookup.signature(symbol);
        if (signature != null) {
            return of(signature, active);
        }
        var globals = Builtins.global(name.name());
        return globals.isEmpty() || globals.getFirst().property() ? null : of(globals.getFirst(), active);
    }

    private static SignatureHelp of(Builtin builtin, int active) {
        String signature = builtin.signature();
        int open = signature.indexOf('(');
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = open + 1;
        for (int i = open + 1; i < signature.length() && depth >= 0; i++) {
            char c = signature.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (depth < 0 || (c == ',' && depth == 0)) {
                String part = signature.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        boolean rest = !parts.isEmpty() && parts.getLast().startsWith("...");
        int last = parts.size() - 1;
        return new SignatureHelp(signature, parts, rest ? Math.min(active, last) : active, builtin.doc());
    }
}
