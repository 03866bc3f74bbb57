package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import weir.syntax.Declaration;
import weir.syntax.Declaration.Head;
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

    /// The beginning of an event's name.
    private static final Pattern EVENT = Pattern.compile("(emit|wait for|event\\()\\s*[\"'][^\"']*$");

    /// The path of a file that is used, as far as it is written.
    private static final Pattern USE = Pattern.compile("^\\s*use\\s+\"([^\"]*)$");

    private final Position position;
    private final Document document;
    private final Lookup lookup;
    private final Supplier<List<Document>> around;
    private final int offset;
    private final Map<String, Suggestion> found = new LinkedHashMap<>();

    private Completion(Position position, Document document, Supplier<List<Document>> around, int offset) {
        this.position = position;
        this.document = document;
        this.lookup = document.lookup();
        this.around = around;
        this.offset = offset;
    }

    static List<Suggestion> at(Document document, Supplier<List<Document>> around, int offset) {
        var position = Position.of(document.source(), offset);
        String text = document.source().text();
        String marked = text.substring(0, offset)
                + MARK
                + text.substring(position.word().end());
        // Names of events are known by who speaks of them, anywhere.
        boolean event = EVENT.matcher(position.before()).find();
        Document asked = document.with(event ? marked : Focus.at(marked, offset));
        boolean comment = asked.tree().comments().stream()
                .anyMatch(
                        it -> it.span().start() < offset && offset <= it.span().end());
        return comment ? List.of() : new Completion(position, asked, around, offset).suggest();
    }

    private List<Suggestion> suggest() {
        if (!inPath() && !inText() && !afterWord() && !inType() && !afterDot() && !isArgument()) {
            fields();
            if (position.isLineStart() && (position.bracket() == ' ' || position.isInBlock())) {
                keywords(Keywords.at(position));
            } else {
                values();
            }
        }
        return List.copyOf(found.values());
    }

    private void keywords(List<String> words) {
        words.forEach(word -> add(word, Kind.KEYWORD, "", "", word, Snippets.of(word, position)));
    }

    private void add(String label, Kind kind, String detail, String doc) {
        add(label, kind, detail, doc, label);
    }

    private void add(String label, Kind kind, String detail, String doc, String insert) {
        add(label, kind, detail, doc, insert, "");
    }

    private void add(String label, Kind kind, String detail, String doc, String insert, String snippet) {
        found.putIfAbsent(label, new Suggestion(label, kind, detail, doc, position.word(), insert, snippet, List.of()));
    }

    /// Whether a call's parentheses stand behind the cursor already.
    private boolean isCalled() {
        String text = document.source().text();
        int at = offset + MARK.length();
        return at < text.length() && text.charAt(at) == '(';
    }

    private boolean isMarked(String name) {
        return name.endsWith(MARK);
    }

    // ---- the path of a file

    private boolean inPath() {
        var path = USE.matcher(position.before() + position.prefix());
        if (!path.find()) {
            return false;
        }
        int start = offset - path.group(1).length();
        String text = document.source().text();
        int end = offset + MARK.length();
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            end++;
        }
        var replaced = new Span(start, Math.max(offset, end - MARK.length()));
        for (Document other : around.get()) {
            String name = Project.path(document.source().name(), other.source().name());
            found.put(name, new Suggestion(name, Kind.FILE, "", declares(other), replaced, name));
        }
        return true;
    }

    private static String declares(Document document) {
        return document.declarations().stream()
                .flatMap(declaration -> Declared.of(declaration).stream())
                .map(Declared::name)
                .collect(Collectors.joining("`, `", "Declares `", "`."));
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
        var literals = new ArrayList<>(KnownTexts.of(text.get(), lookup, MARK));
        for (String literal : wanted == null ? List.<String>of() : lookup.literals(wanted)) {
            if (literal.startsWith("\"")) {
                literals.add(literal.substring(1, literal.length() - 1));
            }
        }
        literals.forEach(
                value -> found.put(value, new Suggestion(value, Kind.LITERAL, "", "", new Span(start, end), value)));
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
            elsewhere(Kind.TYPE);
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
            for (String word : words) {
                String whole = before.equals("on") ? "on " + word : word;
                String snippet = Snippets.of(whole, position);
                boolean head = before.equals("on") && snippet.startsWith("on ");
                add(
                        word,
                        before.equals("on") ? Kind.TRIGGER : Kind.KEYWORD,
                        "",
                        "",
                        word,
                        head ? snippet.substring(3) : "");
            }
            return true;
        }
        return switch (before) {
            case "run" -> {
                workflows();
                yield true;
            }
            case "with" -> {
                lookup.policies().forEach(symbol -> add(symbol.name(), Kind.POLICY, "", symbol.doc()));
                elsewhere(Kind.POLICY);
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
            keywords(Keywords.STEPS);
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
            add(
                    symbol.name(),
                    Kind.WORKFLOW,
                    signature == null ? "" : signature.parameterText(),
                    symbol.doc(),
                    symbol.name(),
                    signature == null || isCalled() ? "" : Snippets.call(signature));
        }
        elsewhere(Kind.WORKFLOW);
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
            boolean target = position.before().strip().matches("(mock|expect).*");
            add(
                    action.name(),
                    Kind.ACTION,
                    signature.parameterText(),
                    action.doc(),
                    action.name(),
                    target || isCalled() ? "" : Snippets.call(signature));
        }
    }

    private void members(Expression object) {
        boolean known = lookup.type(object) != Type.Basic.UNKNOWN;
        if (!known && object instanceof Expression.NameUse space) {
            Builtins.space(space.name()).values().forEach(signatures -> builtin(signatures.getFirst()));
            return;
        }
        for (Lookup.Member member : lookup.members(lookup.type(object))) {
            boolean calls = member.called() && !isCalled();
            add(
                    member.name(),
                    member.called() ? Kind.METHOD : Kind.FIELD,
                    member.type(),
                    member.doc(),
                    member.name(),
                    calls ? Snippets.invocation(member) : "");
        }
    }

    private void builtin(Builtin builtin) {
        Lookup.Member member = Lookup.member(builtin);
        add(
                member.name(),
                member.called() ? Kind.FUNCTION : Kind.VALUE,
                member.type(),
                member.doc(),
                member.name(),
                member.called() && !isCalled() ? Snippets.invocation(member) : "");
    }

    // ---- arguments and fields

    /// In a step's parentheses a new argument begins with its name.
    private boolean isArgument() {
        for (Object piece : lookup.pieces()) {
            if (piece instanceof Head.Trigger trigger && isNew(trigger.arguments())) {
                lookup.triggers(trigger.kind()).forEach(signature -> arguments(signature, trigger.arguments()));
                if (trigger.kind().text().equals("event")) {
                    values();
                }
                return true;
            }
        }
        for (Tree.Call call : lookup.calls()) {
            Signature signature = isNew(call.arguments()) ? lookup.signature(call) : null;
            if (signature != null) {
                arguments(signature, call.arguments());
                return true;
            }
        }
        return false;
    }

    private boolean isNew(List<Tree.Argument> arguments) {
        return arguments.stream()
                .anyMatch(argument -> argument.name() == null
                        && argument.value() instanceof Expression.NameUse use
                        && isMarked(use.name()));
    }

    private void arguments(Signature signature, List<Tree.Argument> written) {
        for (Parameter parameter : signature.parameters()) {
            boolean given = written.stream()
                    .anyMatch(argument ->
                            argument.name() != null && argument.name().text().equals(parameter.name()));
            if (!given) {
                String type = parameter.type() == Type.Basic.UNKNOWN ? "" : Shape.display(parameter.type());
                add(
                        parameter.name(),
                        Kind.ARGUMENT,
                        parameter.optional() ? (type + ", may be left out").replaceAll("^, ", "") : type,
                        parameter.doc(),
                        parameter.name() + ": ");
            }
        }
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
                List<Type.Field> missing = lookup.fields(wanted).stream()
                        .filter(field -> object.properties().stream()
                                .noneMatch(property -> property instanceof Property.Entry it
                                        && it.key().text().equals(field.name())))
                        .toList();
                for (Type.Field field : missing) {
                    add(
                            field.name(),
                            Kind.FIELD,
                            Shape.display(field.type()) + (field.optional() ? ", may be left out" : ""),
                            field.doc(),
                            field.name() + ": ");
                }
                all(missing.stream().filter(field -> !field.optional()).toList());
            }
        }
    }

    /// What has to be given, at once.
    private void all(List<Type.Field> required) {
        if (required.size() < 2) {
            return;
        }
        String names = required.stream().map(Type.Field::name).collect(Collectors.joining(", "));
        var insert = new StringBuilder();
        var snippet = new StringBuilder();
        var shape = new Shape(document.checked().declarations().types());
        for (Type.Field field : required) {
            String example = shape.example(field.type(), field.name()).toString();
            String before = (insert.isEmpty() ? "" : ", ") + field.name() + ": ";
            insert.append(before).append(example);
            int place = required.indexOf(field) + 1;
            snippet.append(before)
                    .append("${")
                    .append(place)
                    .append(':')
                    .append(example.replaceAll("[\\\\$}]", "\\\\$0"))
                    .append('}');
        }
        add("all " + required.size() + " fields", Kind.SNIPPET, names, "", insert.toString(), snippet.toString());
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
        elsewhere(Kind.FUNCTION);
    }

    /// What other documents of the project declare: taking it also writes the `use`.
    private void elsewhere(Kind kind) {
        String here = document.source().name();
        for (Document other : around.get()) {
            String path = Project.path(here, other.source().name());
            if (document.uses(other.source().name())) {
                continue;
            }
            for (Declaration declaration : other.declarations()) {
                Declared.of(declaration)
                        .filter(declared -> declared.kind() == kind)
                        .ifPresent(declared -> found.putIfAbsent(
                                declared.name(),
                                new Suggestion(
                                        declared.name(),
                                        kind,
                                        "from " + path,
                                        declared.doc(),
                                        position.word(),
                                        declared.name(),
                                        "",
                                        List.of(Uses.adding(document, path)))));
            }
        }
    }

    private void symbol(Symbol symbol) {
        if (isMarked(symbol.name())) {
            return;
        }
        Signature signature = lookup.signature(symbol);
        String detail = signature != null
                ? signature.parameterText() + " -> " + Shape.display(signature.result())
                : symbol.type() == Type.Basic.UNKNOWN ? "" : Shape.display(symbol.type());
        add(
                symbol.name(),
                signature == null ? Kind.VALUE : Kind.FUNCTION,
                detail,
                symbol.doc(),
                symbol.name(),
                signature == null || isCalled() ? "" : Snippets.invocation(symbol.name()));
    }
}
