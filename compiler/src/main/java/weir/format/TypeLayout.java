package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;
import weir.syntax.TypeExpression.Field;

/// Types, and the parameters that have them.
final class TypeLayout {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\r\\n]*");

    private final Source source;
    private final Sequences sequences;
    private boolean authorBreaks = true;

    TypeLayout(Source source, Sequences sequences) {
        this.source = source;
        this.sequences = sequences;
    }

    /// `(a: T) -> R`; if it does not fit, the parameters stand below each other.
    ///
    /// @param name what stands before the parameters
    Doc signature(Tree.Name name, List<Tree.Parameter> parameters, @Nullable TypeExpression result) {
        Doc bracketed = sequences.bracketed(
                "(",
                sequences.behind(name.span().end()),
                () -> parameters.stream()
                        .map(parameter -> sequences.withComments(parameter.span(), () -> parameter(parameter)))
                        .toList(),
                ")");
        if (result == null) {
            return Doc.group(bracketed);
        }
        // Where the author broke the result counts nothing: it would decide about the parameters, too.
        authorBreaks = false;
        Doc type = type(result);
        authorBreaks = true;
        return type.breaks() ? Doc.concat(Doc.group(bracketed), " -> ", type) : Doc.group(bracketed, " -> ", type);
    }

    private Doc parameter(Tree.Parameter parameter) {
        return Doc.concat(parameter.name().text(), parameter.optional() ? "?: " : ": ", type(parameter.type()));
    }

    Doc type(TypeExpression type) {
        Doc before = type instanceof TypeExpression.Union
                ? Breaks.NONE
                : sequences.inlineBefore(type.span().start());
        Doc doc = written(type);
        return Breaks.isNone(before) ? doc : Doc.concat(before, doc);
    }

    private Doc written(TypeExpression type) {
        return switch (type) {
            case TypeExpression.Named named -> Doc.text(named.name().text());
            case TypeExpression.Literal literal -> literal(literal);
            case TypeExpression.ListOf list -> Doc.concat("[", type(list.item()), "]");
            case TypeExpression.RecordOf record -> record(record);
            case TypeExpression.MapOf map -> Doc.concat("{ [", map.keyName().text(), "]: ", type(map.value()), " }");
            case TypeExpression.Union union -> Doc.group(Doc.indent(Doc.concat(members(union, Breaks.NONE))));
            case TypeExpression.Broken broken -> Doc.text(raw(broken.span()));
        };
    }

    /// A text or number as it was written; of a negative number, without what stands behind its sign.
    private Doc literal(TypeExpression.Literal literal) {
        String written = raw(literal.span());
        return Doc.text(
                written.startsWith("-")
                        ? "-"
                                + COMMENT.matcher(written.substring(1))
                                        .replaceAll("")
                                        .strip()
                        : Quotes.canonical(written));
    }

    /// A declared type: the members of a long union stand below each other.
    Doc declared(TypeExpression type) {
        return type instanceof TypeExpression.Union union
                ? Doc.group(" =", Doc.indent(Breaks.LINE, Doc.concat(members(union, new Doc.IfBroken("| ", "")))))
                : Doc.concat(" = ", type(type));
    }

    /// @param first what stands before the first member
    private List<Doc> members(TypeExpression.Union union, Doc first) {
        List<Doc> docs = new ArrayList<>();
        for (TypeExpression member : union.members()) {
            boolean begins = docs.isEmpty();
            boolean ends = docs.size() + 1 == union.members().size();
            docs.add(Doc.concat(
                    begins ? Breaks.NONE : Breaks.LINE,
                    begins && Breaks.isNone(first)
                            ? sequences.inlineBefore(member.span().start())
                            : sequences.commentsBefore(member.span().start()),
                    begins ? first : "| ",
                    type(member),
                    ends ? Breaks.NONE : sequences.beside(member.span().end() - 1)));
        }
        return docs;
    }

    private Doc record(TypeExpression.RecordOf record) {
        List<Doc> fields = new ArrayList<>();
        boolean broken = authorBreaks
                && sequences.beginsLine(
                        record.span(), record.fields().stream().map(Field::span).toList());
        Doc beside = sequences.beside(record.span().start());
        for (Field field : record.fields()) {
            fields.add(sequences.withComments(field.span(), () -> field(field)));
        }
        Doc tail = sequences.tail(sequences.endingWith(record.span()), fields.isEmpty());
        if (fields.isEmpty() && Breaks.isNone(beside) && Breaks.isNone(tail)) {
            return Doc.text("{}");
        }
        Doc inner = Doc.concat(
                fields.isEmpty() ? Breaks.NONE : Breaks.LINE,
                Doc.join(Doc.concat(new Doc.IfBroken("", ","), Breaks.LINE), fields),
                tail);
        Object[] parts = {"{", beside, Doc.indent(inner), Breaks.LINE, "}"};
        return broken ? Doc.broken(parts) : Doc.group(parts);
    }

    private Doc field(Field field) {
        return Doc.concat(
                Sequences.docs(field.doc()),
                Quotes.canonical(raw(field.name().span())),
                field.optional() ? "?: " : ": ",
                type(field.type()));
    }

    private String raw(Span span) {
        return source.text(span);
    }
}
