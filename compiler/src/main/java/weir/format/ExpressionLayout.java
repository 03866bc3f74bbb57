package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Expression.Element;
import weir.syntax.Expression.Pattern;
import weir.syntax.Expression.Property;

/// Expressions.
final class ExpressionLayout {
    private final Source source;
    private final Comments comments;
    private final Sequences sequences;

    ExpressionLayout(Source source, Comments comments, Sequences sequences) {
        this.source = source;
        this.comments = comments;
        this.sequences = sequences;
    }

    Doc expression(Expression expression) {
        Doc before = sequences.inlineBefore(expression.span().start());
        Doc doc = written(expression);
        return Breaks.isNone(before) ? doc : Doc.concat(before, doc);
    }

    /// Behind a word or sign such as `=`: on its line, or, for what would not begin to break soon, on the next.
    Doc after(String word, Expression expression) {
        boolean below = comments.hasLineBefore(expression.span().start());
        Doc doc = expression(expression);
        boolean hangs = expression instanceof Expression.Call || expression instanceof Expression.Parenthesized;
        return below || !(hangs || isOwnBlock(expression))
                ? Doc.group(word, Doc.indent(Breaks.LINE, doc))
                : hangs ? new Doc.Hang(Doc.text(word), doc) : Doc.concat(word, " ", doc);
    }

    /// What breaks between its own brackets.
    private static boolean isOwnBlock(Expression expression) {
        return switch (expression) {
            case Expression.ObjectLiteral _, Expression.ListLiteral _, Expression.Parenthesized _ -> true;
            case Expression.Call call -> !call.arguments().isEmpty();
            case Expression.Arrow arrow -> isOwnBlock(arrow.body());
            case Expression.Template template -> template.texts().stream().anyMatch(text -> text.contains("\n"));
            // Default: what has no brackets of its own.
            default -> false;
        };
    }

    private Doc written(Expression expression) {
        return switch (expression) {
            case Expression.NameUse name -> Doc.text(name.name());
            case Expression.Numeric number -> Doc.text(raw(number.span()));
            case Expression.Duration duration -> Doc.text(raw(duration.span()));
            case Expression.Text text -> Doc.text(Quotes.canonical(raw(text.span())));
            case Expression.Truth truth -> Doc.text(Boolean.toString(truth.value()));
            case Expression.Null _ -> Doc.text("null");
            case Expression.Template template -> template(template);
            case Expression.ListLiteral list ->
                sequences.enclosed("[", sequences.endingWith(list.span()), () -> elements(list.elements()), "]");
            case Expression.ObjectLiteral object -> object(object);
            case Expression.Member _, Expression.Index _, Expression.Call _ -> chain(expression);
            case Expression.Unary unary -> unary(unary);
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional conditional -> conditional(conditional);
            case Expression.Arrow arrow -> arrow(arrow);
            case Expression.Parenthesized inner -> parenthesized(inner);
            case Expression.Broken broken -> Doc.text(raw(broken.span()));
        };
    }

    private List<Doc> elements(List<Element> elements) {
        return elements.stream()
                .map(element -> sequences.withComments(
                        element.span(), () -> Doc.concat(element.spread() ? "..." : "", expression(element.value()))))
                .toList();
    }

    Doc object(Expression.ObjectLiteral object) {
        boolean broken = sequences.beginsLine(
                object.span(), object.properties().stream().map(Property::span).toList());
        Doc beside = sequences.beside(object.span().start());
        List<Doc> properties = new ArrayList<>();
        for (Property property : object.properties()) {
            properties.add(sequences.withComments(property.span(), () -> property(property)));
        }
        Doc tail = sequences.tail(sequences.endingWith(object.span()), properties.isEmpty());
        if (properties.isEmpty() && Breaks.isNone(beside) && Breaks.isNone(tail)) {
            return Doc.text("{}");
        }
        Doc inner = Doc.join(Doc.concat(",", Breaks.LINE), properties);
        Object[] parts = {
            "{", beside, Doc.indent(properties.isEmpty() ? Breaks.NONE : Breaks.LINE, inner, tail), Breaks.LINE, "}"
        };
        return broken ? Doc.broken(parts) : Doc.group(parts);
    }

    private Doc property(Property property) {
        return switch (property) {
            case Property.Entry entry -> after(Quotes.canonical(raw(entry.key().span())) + ":", entry.value());
            case Property.Short name -> Doc.text(name.name().text());
            case Property.Computed computed ->
                Doc.concat("[", expression(computed.key()), "]: ", expression(computed.value()));
            case Property.Spread spread -> Doc.concat("...", expression(spread.value()));
        };
    }

    /// `a.b(c).d(e)`: long ones with several calls break before the dots, others inside the last parentheses.
    private Doc chain(Expression expression) {
        List<Supplier<Doc>> links = new ArrayList<>();
        List<Boolean> calls = new ArrayList<>();
        Expression head = expression;
        while (true) {
            if (head instanceof Expression.Member member) {
                links.add(() -> Doc.concat(
                        sequences.inlineBehind(member.name().span().start()),
                        member.optional() ? "?." : ".",
                        member.name().text()));
                calls.add(false);
                head = member.object();
            } else if (head instanceof Expression.Index index) {
                links.add(() -> Doc.concat(index.optional() ? "?.[" : "[", expression(index.index()), "]"));
                calls.add(false);
                head = index.object();
            } else if (head instanceof Expression.Call call) {
                links.add(() -> arguments(call));
                calls.add(true);
                head = call.callee();
            } else {
                break;
            }
        }
        List<Doc> parts = new ArrayList<>();
        parts.add(expression(head));
        List<Doc> steps = new ArrayList<>();
        int called = 0;
        for (int i = links.size() - 1; i >= 0; i--) {
            boolean method = i > 0 && calls.get(i - 1) && !calls.get(i);
            Doc link = links.get(i).get();
            if (method && !isShort(head, i, links.size())) {
                steps.add(link);
                called++;
            } else if (steps.isEmpty()) {
                parts.add(link);
            } else {
                steps.set(steps.size() - 1, Doc.concat(steps.getLast(), link));
            }
        }
        if (called < 3) {
            parts.addAll(steps);
            return Doc.concat(parts);
        }
        List<Doc> below =
                steps.stream().map(step -> Doc.concat(Breaks.SOFT, step)).toList();
        return Doc.group(Doc.concat(parts), Doc.indent(Doc.concat(below)));
    }

    /// `Math.max(…)`: the first method of a short name stays with it.
    private static boolean isShort(Expression head, int link, int links) {
        return link == links - 1
                && head instanceof Expression.NameUse name
                && name.name().length() <= 4;
    }

    private Doc arguments(Expression.Call call) {
        String open = call.optional() ? "?.(" : "(";
        boolean hugs = call.arguments().size() == 1
                && !call.arguments().getFirst().spread()
                && isOwnBlock(call.arguments().getFirst().value())
                && !comments.hasBefore(call.span().end());
        return hugs
                ? Doc.concat(open, elements(call.arguments()).getFirst(), ")")
                : sequences.enclosed(open, sequences.endingWith(call.span()), () -> elements(call.arguments()), ")");
    }

    private Doc unary(Expression.Unary unary) {
        boolean word = unary.operator().equals("typeof");
        boolean sameSign = unary.operand() instanceof Expression.Unary inner
                && inner.operator().equals(unary.operator())
                && (unary.operator().equals("-") || unary.operator().equals("+"));
        return Doc.concat(unary.operator(), word || sameSign ? " " : "", expression(unary.operand()));
    }

    /// Operands of the same rank stand below each other, each after its operator.
    private Doc binary(Expression.Binary binary) {
        List<Expression.Binary> operations = new ArrayList<>();
        Expression left = binary;
        while (left instanceof Expression.Binary inner
                && rank(inner.operator()) == rank(binary.operator())
                && !(inner.operator().equals("**") && !operations.isEmpty())) {
            operations.addFirst(inner);
            left = inner.left();
        }
        Doc first = expression(left);
        List<Doc> tail = new ArrayList<>();
        int end = left.span().end();
        for (Expression.Binary operation : operations) {
            tail.add(operand(end, operation.operator() + " ", operation.right()));
            end = operation.right().span().end();
        }
        return Doc.group(first, Doc.indent(Doc.concat(tail)));
    }

    /// An operator and what follows it, where a line may begin.
    ///
    /// @param end where the operand before it ends
    private Doc operand(int end, String operator, Expression right) {
        return Doc.concat(
                sequences.beside(end - 1),
                Breaks.LINE,
                sequences.commentsBefore(right.span().start()),
                operator,
                expression(right));
    }

    private static int rank(String operator) {
        return switch (operator) {
            case "**" -> 11;
            case "*", "/", "%" -> 10;
            case "+", "-" -> 9;
            case "<<", ">>", ">>>" -> 8;
            case "<", "<=", ">", ">=", "in" -> 7;
            case "===", "!==", "==", "!=" -> 6;
            case "&" -> 5;
            case "^" -> 4;
            case "|" -> 3;
            case "&&" -> 2;
            case "||" -> 1;
            default -> 0;
        };
    }

    private Doc conditional(Expression.Conditional conditional) {
        return Doc.group(
                expression(conditional.condition()),
                Doc.indent(
                        operand(conditional.condition().span().end(), "? ", conditional.yes()),
                        operand(conditional.yes().span().end(), ": ", conditional.no())));
    }

    private Doc arrow(Expression.Arrow arrow) {
        List<Doc> patterns = arrow.parameters().stream().map(this::pattern).toList();
        boolean bare = patterns.size() == 1 && arrow.parameters().getFirst() instanceof Pattern.Bind;
        Doc parameters = bare ? patterns.getFirst() : Doc.concat("(", Doc.join(Doc.text(", "), patterns), ")");
        return Doc.concat(parameters, " ", after("=>", arrow.body()));
    }

    private Doc pattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Bind bind -> Doc.text(bind.name().text());
            case Pattern.Items items ->
                Doc.concat(
                        "[",
                        Doc.join(
                                Doc.text(", "),
                                items.items().stream().map(this::pattern).toList()),
                        "]");
            case Pattern.Fields fields ->
                fields.fields().isEmpty()
                        ? Doc.text("{}")
                        : Doc.concat(
                                "{ ",
                                Doc.join(
                                        Doc.text(", "),
                                        fields.fields().stream()
                                                .map(this::field)
                                                .toList()),
                                " }");
        };
    }

    private Doc field(Pattern.FieldPattern field) {
        boolean same = field.pattern() instanceof Pattern.Bind bind
                && bind.name().text().equals(field.key().text());
        return same ? Doc.text(field.key().text()) : Doc.concat(field.key().text(), ": ", pattern(field.pattern()));
    }

    private Doc parenthesized(Expression.Parenthesized parenthesized) {
        Doc inner = expression(parenthesized.inner());
        return isOwnBlock(parenthesized.inner())
                ? Doc.concat("(", inner, ")")
                : Doc.group("(", Doc.indent(Breaks.SOFT, inner), Breaks.SOFT, ")");
    }

    /// The texts of a template stay as they are; its values stand on one line, unless a comment in them needs more.
    private Doc template(Expression.Template template) {
        var written = new StringBuilder();
        int from = template.span().start();
        for (Expression value : template.values()) {
            int open = comments.endBefore(value.span().start());
            int close = comments.next(value.span().end());
            written.append(raw(new Span(from, open)));
            boolean plain = !comments.hasBefore(close);
            Doc doc = Doc.concat(expression(value), sequences.inlineBehind(close));
            written.append(plain ? Layout.flat(doc) : Layout.print(doc, Integer.MAX_VALUE));
            from = close;
        }
        return Doc.text(
                written.append(raw(new Span(from, template.span().end()))).toString());
    }

    /// As it was written, with line ends of one kind.
    private String raw(Span span) {
        return source.text(span).replace("\r\n", "\n").replace('\r', '\n');
    }
}
