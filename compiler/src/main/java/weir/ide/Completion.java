package weir.ide;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Signature;
import weir.check.Symbol;
import weir.ide.Suggestion.Kind;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Expression.Property;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// What could be written at the cursor: the text is checked once more with a made-up name there, and what the checker
/// expects of that name is suggested. Where words of the language fit, the text before the cursor decides.
final class Completion {
    /// No text has a name that ends so.
    private static final String MARK = "zzWeirCursor";

    /// The integration of a step, a mock or a trigger before its dot.
    private static final Pattern STEP_OF = Pattern.compile("(?:step|undo|=|mock|expect|on)\\s+(\\w+)\\.$");

    private final Position position;
    private final Lookup lookup;
    private final int offset;
    private final Map<String, Suggestion> found = new LinkedHashMap<>();

    private Completion(Position position, Document document, int offset) {
        this.position = position;
        this.lookup = document.lookup();
        this.offset = offset;
    }

    static List<Suggestion> at(Document document, List<Document> around, int offset) {
        var position = Position.of(document.source(), offset);
        String text = document.source().text();
        String marked = text.substring(0, offset)
                + MARK
                + text.substring(position.word().end());
        Document asked = document.with(marked);
        boolean comment = asked.tree().comments().stream()
                .anyMatch(
                        it -> it.span().start() < offset && offset <= it.span().end());
        return comment ? List.of() : new Completion(position, asked, offset).suggest();
    }

    private List<Suggestion> suggest() {
        if (!inText() && !inType() && !afterWord() && !afterDot() && !isArgument()) {
            fields();
            if (position.isLineStart() && (position.bracket() == ' ' || position.isInBlock())) {
                Keywords.at(position).forEach(word -> add(word, Kind.KEYWORD, "", ""));
            } else {
                values();
            }
        }
        return List.copyOf(found.values());
    }

    private void add(String label, Kind kind, String detail, String doc) {
        add(label, kind, detail, doc, label);
    }

    private void add(String label, Kind kind, String detail, String doc, String insert) {
        found.putIfAbsent(label, new Suggestion(label, kind, detail, doc, position.word(), insert));
    }

    private boolean isMarked(String name) {
        return name.endsWith(MARK);
    }

    // ---- inside a quoted text: the texts that fit

    private boolean inText() {
        Optional<Expression> text = lookup.expressions().stream()
                .filter(expression ->
                        expression instanceof Expression.Text it && it.value().contains(MARK))
                .findFirst();
        if (text.isEmpty()) {
            return false;
        }
        Type wanted = lookup.wanted(text.get());
        int start = text.get().span().start() + 1;
        int end = Math.max(start, text.get().span().end() - 1 - MARK.length());
        for (String literal : wanted == null ? List.<String>of() : lookup.literals(wanted)) {
            if (literal.startsWith("\"")) {
                String value = literal.substring(1, literal.length() - 1);
                found.put(value, new Suggestion(value, Kind.LITERAL, "", "", new Span(start, end), value));
            }
        }
        return true;
    }

    // ---- types

    private boolean inType() {
        boolean type = lookup.typeExpressions().stream()
                .anyMatch(expression -> expression instanceof TypeExpression.Named named
                        && isMarked(named.name().text()));
        if (type) {
            lookup.declaredTypes().forEach(symbol -> add(symbol.name(), Kind.TYPE, "", symbol.doc()));
            Keywords.TYPES.forEach(word -> add(word, Kind.TYPE, "", ""));
        }
        return type;
    }

    // ---- after a word that says what follows

    private boolean afterWord() {
        String before = position.before().strip();
        if (before.matches("(step|undo|mock|expect)|step \\w+(\\s*:.*)?\\s*=|mock step|expect step")) {
            afterStep(before);
            return true;
        }
        List<String> words = Keywords.after(before);
        if (!words.isEmpty()) {
            words.forEach(word -> add(word, before.equals("on") ? Kind.TRIGGER : Kind.KEYWORD, "", ""));
            return true;
        }
        return switch (before) {
            case "run" -> {
                workflows();
                yield true;
            }
            case "with" -> {
                lookup.policies().forEach(symbol -> add(symbol.name(), Kind.POLICY, "", symbol.doc()));
                yield true;
            }
            case "use" -> {
                integrations();
                yield true;
            }
            default -> false;
        };
    }

    private void afterStep(String before) {
        if (before.endsWith(" step")) {
            lookup.visibleAt(offset).stream()
                    .filter(symbol -> symbol.kind() == Symbol.Kind.STEP)
                    .forEach(this::symbol);
            return;
        }
        integrations();
        workflows();
        if (before.startsWith("step")) {
            Keywords.STEPS.forEach(word -> add(word, Kind.KEYWORD, "", ""));
        } else if (before.equals("mock") || before.equals("expect")) {
            Keywords.TARGETS.forEach(word -> add(word, Kind.KEYWORD, "", ""));
        }
        if (before.equals("expect")) {
            values();
        }
    }

    private void integrations() {
        lookup.integrations()
                .forEach(
                        (name, integration) -> add(name, Kind.INTEGRATION, integration.version(), integration.title()));
    }

    private void workflows() {
        for (Symbol symbol : lookup.workflows()) {
            Signature signature = lookup.workflow(symbol.name());
            add(symbol.name(), Kind.WORKFLOW, signature == null ? "" : signature.parameterText(), symbol.doc());
        }
    }

    // ---- after a dot

    private boolean afterDot() {
        String before = position.before();
        if (!before.endsWith(".") || before.endsWith("..")) {
            return false;
        }
        var step = STEP_OF.matcher(before);
        if (step.find() && lookup.integrations().containsKey(step.group(1))) {
            actions(lookup.integrations().get(step.group(1)), before.strip().startsWith("on "));
            return true;
        }
        Expression.Member member = lookup.expressions().stream()
                .filter(expression -> expression instanceof Expression.Member it
                        && isMarked(it.name().text()))
                .map(Expression.Member.class::cast)
                .findFirst()
                .orElse(null);
        if (member != null) {
            members(member.object());
        }
        return true;
    }

    private void actions(@Nullable Integration integration, boolean triggers) {
        if (integration == null) {
            return;
        }
        if (triggers) {
            integration.triggers().forEach(trigger -> add(trigger.name(), Kind.TRIGGER, "", trigger.doc()));
            return;
        }
        for (var action : integration.actions()) {
            var signature = new Signature(action.name(), action.parameters(), action.result(), action.doc());
            add(action.name(), Kind.ACTION, signature.parameterText(), action.doc());
        }
    }

    private void members(Expression object) {
        boolean known = lookup.type(object) != Type.Basic.UNKNOWN;
        if (!known && object instanceof Expression.NameUse space) {
            Builtins.space(space.name()).values().forEach(signatures -> builtin(signatures.getFirst()));
            return;
        }
        for (Lookup.Member member : lookup.members(lookup.type(object))) {
            add(member.name(), member.called() ? Kind.METHOD : Kind.FIELD, member.type(), member.doc());
        }
    }

    private void builtin(Builtin builtin) {
        Lookup.Member member = Lookup.member(builtin);
        add(member.name(), member.called() ? Kind.FUNCTION : Kind.VALUE, member.type(), member.doc());
    }

    // ---- arguments and fields

    /// In a step's parentheses a new argument begins with its name.
    private boolean isArgument() {
        for (Tree.Call call : lookup.calls()) {
            boolean here = call.arguments().stream()
                    .anyMatch(argument -> argument.name() == null
                            && argument.value() instanceof Expression.NameUse use
                            && isMarked(use.name()));
            Signature signature = here ? lookup.signature(call) : null;
            if (signature != null) {
                for (Parameter parameter : signature.parameters()) {
                    boolean given = call.arguments().stream()
                            .anyMatch(argument -> argument.name() != null
                                    && argument.name().text().equals(parameter.name()));
                    if (!given) {
                        String type = Shape.display(parameter.type());
                        add(
                                parameter.name(),
                                Kind.ARGUMENT,
                                parameter.optional() ? type + ", may be left out" : type,
                                parameter.doc(),
                                parameter.name() + ": ");
                    }
                }
                return true;
            }
        }
        return false;
    }

    /// In the braces of a record its missing fields.
    private void fields() {
        for (Expression expression : lookup.expressions()) {
            if (!(expression instanceof Expression.ObjectLiteral object)) {
                continue;
            }
            boolean here = object.properties().stream()
                    .anyMatch(property -> property instanceof Property.Short it
                            && isMarked(it.name().text()));
            Type wanted = here ? lookup.wanted(object) : null;
            if (wanted != null) {
                for (Type.Field field : lookup.fields(wanted)) {
                    boolean given = object.properties().stream()
                            .anyMatch(property -> property instanceof Property.Entry it
                                    && it.key().text().equals(field.name()));
                    if (!given) {
                        add(
                                field.name(),
                                Kind.FIELD,
                                Shape.display(field.type()) + (field.optional() ? ", may be left out" : ""),
                                field.doc(),
                                field.name() + ": ");
                    }
                }
            }
        }
    }

    // ---- values

    private void values() {
        lookup.expressions().stream()
                .filter(expression -> expression instanceof Expression.NameUse use && isMarked(use.name()))
                .findFirst()
                .map(lookup::wanted)
                .ifPresent(wanted -> lookup.literals(wanted).forEach(literal -> add(literal, Kind.LITERAL, "", "")));
        lookup.visibleAt(offset).stream()
                .sorted(Comparator.comparingInt((Symbol symbol) ->
                        symbol.at() == null ? 0 : -symbol.at().span().start()))
                .forEach(this::symbol);
        lookup.fileLevel().forEach(this::symbol);
        for (String name : Builtins.globals()) {
            builtin(Builtins.global(name).getFirst());
        }
        Builtins.spaces().forEach(space -> add(space, Kind.NAMESPACE, "", ""));
        Keywords.VALUES.forEach(word -> add(word, Kind.KEYWORD, "", ""));
    }

    private void symbol(Symbol symbol) {
        if (isMarked(symbol.name())) {
            return;
        }
        Signature signature = lookup.signature(symbol);
        String detail = signature != null
                ? signature.parameterText() + " -> " + Shape.display(signature.result())
                : symbol.type() == Type.Basic.UNKNOWN ? "" : Shape.display(symbol.type());
        add(symbol.name(), signature == null ? Kind.VALUE : Kind.FUNCTION, detail, symbol.doc());
    }
}
