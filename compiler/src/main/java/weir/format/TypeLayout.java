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
    /// @param end where the parameters end at the latest
    Doc signature(List<Tree.Parameter> parameters, @Nullable TypeExpression result, int end) {
        List<Doc> docs = parameters.stream()
                .map(parameter -> sequences.withComments(
                        parameter.span(),
                        () -> Doc.concat(
                                parameter.name().text(), parameter.optional() ? "?: " : ": ", type(parameter.type()))))
                .toList();
        Doc bracketed = sequences.bracketed("(", docs, ")", end);
        if (result == null) {
            return Doc.group(bracketed);
        }
        // Where the author broke the result counts nothing: it would decide about the parameters, too.
        authorBreaks = false;
        Doc type = type(result);
        authorBreaks = true;
        return type.breaks() ? Doc.concat(Doc.group(bracketed), " -> ", type) : Doc.group(bracketed, " -> ", type);
    }

    Doc type(TypeExpression type) {
        return switch (type) {
            case TypeExpression.Named named -> Doc.text(named.name().text());
            case TypeExpression.Literal literal -> literal(literal);
            case TypeExpression.ListOf list -> Doc.concat("[", type(list.item()), "]");
            case TypeExpression.RecordOf record -> record(record);
            case TypeExpression.MapOf map -> Doc.concat("{ [", map.keyName().text(), "]: ", type(map.value()), " }");
            case TypeExpression.Union union ->
                Doc.group(Doc.indent(Doc.join(Doc.concat(Breaks.LINE, "| "), members(union))));
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
        if (type instanceof TypeExpression.Union union) {
            Doc members = Doc.join(Doc.concat(Breaks.LINE, "| "), members(union));
            return Doc.group(" =", Doc.indent(Breaks.LINE, new Doc.IfBroken("| ", ""), members));
        }
        return Doc.concat(" = ", type(type));
    }

    private List<Doc> members(TypeExpression.Union union) {
        return union.members().stream().map(this::type).toList();
    }

    private Doc record(TypeExpression.RecordOf record) {
        if (record.fields().isEmpty() && !sequences.hasCommentWithin(record.span())) {
            return Doc.text("{}");
        }
        List<Doc> fields = new ArrayList<>();
        boolean broken = authorBreaks
                && sequences.beginsLine(
                        record.span(), record.fields().stream().map(Field::span).toList());
        for (Field field : record.fields()) {
            fields.add(sequences.withComments(field.span(), () -> field(field)));
        }
        List<Doc> rest = sequences.commentsBefore(record.span().end() - 1);
        Doc inner = Doc.concat(
                fields.isEmpty() ? Breaks.NONE : Breaks.LINE,
                Doc.join(Doc.concat(new Doc.IfBroken("", ","), Breaks.LINE), fields),
                Sequences.tail(rest));
        return broken
                ? Doc.broken("{", Doc.indent(inner), Breaks.LINE, "}")
                : Doc.group("{", Doc.indent(inner), Breaks.LINE, "}");
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
