package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Signature;
import weir.check.Symbol;
import weir.ide.CodeAction.Kind;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Fix.Edit;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// Other ways of writing what is right already.
final class Refactorings {
    private final Document document;
    private final Source source;
    private final Lookup lookup;
    private final Span span;
    private final List<CodeAction> actions = new ArrayList<>();

    private Refactorings(Document document, Span span) {
        this.document = document;
        this.source = document.source();
        this.lookup = document.lookup();
        this.span = span;
    }

    static List<CodeAction> at(Document document, Span span) {
        var refactorings = new Refactorings(document, span);
        refactorings.extract();
        refactorings.inline();
        refactorings.cases();
        refactorings.arguments();
        refactorings.writeType();
        return refactorings.actions;
    }

    private void add(String title, Kind kind, Edit... edits) {
        actions.add(new CodeAction(title, kind, null, List.of(edits), false));
    }

    // ---- extract to let

    /// The selected expression gets a name, in a `let` before the statement that it stands in.
    @SuppressWarnings("ReferenceEquality") // The same expression may stand elsewhere too.
    private void extract() {
        Span selected = trimmed();
        Expression expression = selected.length() == 0
                ? null
                : lookup.expressions().stream()
                        .filter(it -> it.span().equals(selected))
                        .findFirst()
                        .orElse(null);
        if (expression == null || expression instanceof Expression.Arrow || readsArrow(expression)) {
            return;
        }
        Statement statement = statementAround(selected);
        if (statement == null || lookup.type(expression) == Type.Basic.UNKNOWN) {
            return;
        }
        boolean isWhole = statement instanceof Statement.Let let && let.value() == expression;
        if (isWhole) {
            return;
        }
        String name = freeName(suggested(expression), selected.start());
        String indent = indentation(statement.span().start());
        add(
                "Extract to let `" + name + "`",
                Kind.EXTRACT,
                new Edit(
                        new Span(statement.span().start(), statement.span().start()),
                        "let " + name + " = " + source.text(selected) + "\n" + indent),
                new Edit(selected, name));
    }

    private Span trimmed() {
        String text = source.text();
        int start = Math.min(span.start(), text.length());
        int end = Math.min(span.end(), text.length());
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, end);
    }

    /// Names of arrows, loops' carried values and cells are known only where they stand.
    private boolean readsArrow(Expression expression) {
        return lookup.names().entrySet().stream()
                .anyMatch(entry -> expression.span().contains(entry.getKey().start())
                        && (entry.getValue().kind() == Symbol.Kind.ARROW
                                || entry.getValue().kind() == Symbol.Kind.SPECIAL));
    }

    /// The innermost statement; null where there is none, or where the expression is evaluated again and again.
    private @Nullable Statement statementAround(Span selected) {
        return lookup.pieces().stream()
                .filter(Statement.class::isInstance)
                .map(Statement.class::cast)
                .filter(statement -> contains(statement.span(), selected))
                .min(Comparator.comparingInt(statement -> statement.span().length()))
                .filter(statement -> !(statement instanceof Statement.Repeat))
                .orElse(null);
    }

    private static boolean contains(Span outer, Span inner) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    private static String suggested(Expression expression) {
        return switch (expression) {
            case Expression.Member member -> member.name().text();
            case Expression.Call call when call.callee() instanceof Expression.NameUse name -> name.name() + "_result";
            case Expression.Call call
            when call.callee() instanceof Expression.Member member ->
                member.name().text() + "_result";
            case Expression.Template _, Expression.Text _ -> "text";
            // Default: a name that says nothing asks to be changed.
            default -> "value";
        };
    }

    private String freeName(String wanted, int offset) {
        String snake = wanted.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
        var taken = lookup.names().values().stream().map(Symbol::name).collect(Collectors.toSet());
        lookup.visibleAt(offset).forEach(symbol -> taken.add(symbol.name()));
        lookup.fileLevel().forEach(symbol -> taken.add(symbol.name()));
        String name = Rename.HARD_WORDS.contains(snake) ? snake + "_value" : snake;
        for (int i = 2; taken.contains(name); i++) {
            name = snake + "_" + i;
        }
        return name;
    }

    private String indentation(int offset) {
        String line = source.line(source.position(offset).line());
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    // ---- inline let

    private void inline() {
        Symbol symbol = lookup.symbolAt(span.start());
        if (symbol == null || symbol.kind() != Symbol.Kind.LET) {
            return;
        }
        Statement.Let let = lookup.pieces().stream()
                .filter(piece -> piece instanceof Statement.Let it && symbol.equals(lookup.symbol(it.name())))
                .map(Statement.Let.class::cast)
                .findFirst()
                .orElse(null);
        if (let == null || let.type() != null || isDrawn(let.value())) {
            return;
        }
        var uses = lookup.uses(symbol).stream()
                .filter(use -> !use.at().span().equals(let.name().span()))
                .toList();
        if (uses.isEmpty()) {
            return;
        }
        String value = source.text(let.value().span());
        String inserted = isSimple(let.value()) ? value : "(" + value + ")";
        var edits = new ArrayList<Edit>();
        int end = let.span().end();
        int start = let.span().start() - indentation(let.span().start()).length();
        boolean alone = end >= source.text().length() || source.text().charAt(end) == '\n';
        edits.add(new Edit(
                alone ? new Span(start, Math.min(end + 1, source.text().length())) : let.span(), ""));
        uses.forEach(
                use -> edits.add(new Edit(use.at().span(), use.shorthand() ? symbol.name() + ": " + value : inserted)));
        actions.add(new CodeAction("Inline `" + symbol.name() + "`", Kind.REWRITE, null, edits, false));
    }

    /// What is drawn is drawn once.
    private boolean isDrawn(Expression value) {
        return source.text(value.span()).matches("(?s).*\\b(now|uuid|random)\\(.*");
    }

    private static boolean isSimple(Expression value) {
        return value instanceof Expression.NameUse
                || value instanceof Expression.Member
                || value instanceof Expression.Call
                || value instanceof Expression.Text
                || value instanceof Expression.Template
                || value instanceof Expression.Numeric
                || value instanceof Expression.Parenthesized;
    }

    // ---- missing cases

    private void cases() {
        innermost(Statement.Switch.class).ifPresent(cases -> {
            if (span.start() > headEnd(cases)) {
                return;
            }
            var written = cases.cases().stream()
                    .flatMap(each -> each.values().stream())
                    .map(value -> source.text(value.span()).replace('\'', '"'))
                    .toList();
            var missing = lookup.literals(lookup.type(cases.subject())).stream()
                    .filter(literal -> !written.contains(literal))
                    .toList();
            if (missing.isEmpty() || cases.otherwise() != null) {
                return;
            }
            String indent = indentation(cases.span().start());
            String added = missing.stream()
                    .map(literal -> indent + "  case " + literal + " {\n" + indent + "  }\n")
                    .collect(Collectors.joining());
            int end = cases.span().end() - 1;
            int line = source.text().lastIndexOf('\n', end) + 1;
            boolean fresh = source.text().substring(line, end).isBlank();
            add(
                    missing.size() == 1 ? "Add the case " + missing.getFirst() : "Add the missing cases",
                    Kind.REWRITE,
                    new Edit(new Span(fresh ? line : end, end), (fresh ? "" : "\n") + added + indent));
        });
    }

    private static int headEnd(Statement.Switch cases) {
        return cases.cases().isEmpty()
                ? cases.span().end()
                : cases.cases().getFirst().span().start();
    }

    private <S> Optional<S> innermost(Class<S> kind) {
        return lookup.pieces().stream()
                .filter(kind::isInstance)
                .filter(piece -> Lookup.place(piece) instanceof Span place && place.contains(span.start()))
                .min(Comparator.comparingInt(piece -> Lookup.place(piece) instanceof Span place ? place.length() : 0))
                .map(kind::cast);
    }

    // ---- missing arguments

    private void arguments() {
        innermost(Tree.Call.class).ifPresent(call -> {
            Signature signature = lookup.signature(call);
            if (signature == null || source.text().charAt(call.span().end() - 1) != ')') {
                return;
            }
            var given = call.arguments().stream()
                    .map(Tree.Argument::name)
                    .filter(java.util.Objects::nonNull)
                    .map(Tree.Name::text)
                    .collect(Collectors.toSet());
            var shape = new Shape(document.checked().declarations().types());
            List<Parameter> missing = signature.parameters().stream()
                    .filter(parameter -> !parameter.optional() && !given.contains(parameter.name()))
                    .toList();
            if (missing.size() < 2) {
                // One alone is the quick fix of what is wrong.
                return;
            }
            String added = missing.stream()
                    .map(parameter -> parameter.name() + ": " + shape.example(parameter.type(), parameter.name()))
                    .collect(Collectors.joining(", "));
            int end = call.span().end() - 1;
            add(
                    "Add the " + missing.size() + " missing arguments",
                    Kind.REWRITE,
                    new Edit(new Span(end, end), call.arguments().isEmpty() ? added : ", " + added));
        });
    }

    // ---- types

    private void writeType() {
        for (Object piece : lookup.pieces()) {
            if (piece instanceof Statement.Let let
                    && let.type() == null
                    && let.name().span().contains(span.start())
                    && lookup.symbol(let.name()) instanceof Symbol symbol
                    && symbol.type() != Type.Basic.UNKNOWN) {
                int end = let.name().span().end();
                add(
                        "Write the type of `" + symbol.name() + "`",
                        Kind.REWRITE,
                        new Edit(new Span(end, end), ": " + Shape.display(symbol.type())));
            }
        }
    }
}
