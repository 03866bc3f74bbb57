package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import weir.source.Span;
import weir.syntax.TypeExpression.Field;
import weir.syntax.TypeExpression.LiteralValue;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.FieldContext;
import weir.syntax.antlr.WeirParser.ObjectTypeContext;
import weir.syntax.antlr.WeirParser.ParameterContext;
import weir.syntax.antlr.WeirParser.ParametersContext;
import weir.syntax.antlr.WeirParser.TypeAtomContext;
import weir.syntax.antlr.WeirParser.TypeBaseContext;
import weir.syntax.antlr.WeirParser.TypeContext;

/// Reads types and the parameters that have them.
final class TypeReader {
    private final Reading reading;

    TypeReader(Reading reading) {
        this.reading = reading;
    }

    List<Tree.Parameter> parameters(ParametersContext context) {
        return context.parameter().stream().map(this::parameter).toList();
    }

    private Tree.Parameter parameter(ParameterContext context) {
        return new Tree.Parameter(
                reading.name(context.name()), context.QUESTION() != null, type(context.type()), Reading.span(context));
    }

    TypeExpression type(TypeContext context) {
        List<TypeExpression> members = new ArrayList<>();
        for (TypeAtomContext atom : context.typeAtom()) {
            TypeExpression member = atom(atom);
            if (member instanceof TypeExpression.Union union) {
                members.addAll(union.members());
            } else {
                members.add(member);
            }
        }
        return members.size() == 1 ? members.getFirst() : new TypeExpression.Union(members, Reading.span(context));
    }

    private TypeExpression atom(TypeAtomContext context) {
        TypeExpression type = base(context.typeBase());
        for (var bracket : context.RBRACK()) {
            Span span = Reading.span(context.getStart()).to(Reading.span(bracket));
            type = new TypeExpression.ListOf(type, span);
        }
        if (!context.RBRACK().isEmpty()) {
            Span span = Reading.span(context);
            String item = reading.text(Reading.span(context.typeBase()));
            int depth = context.RBRACK().size();
            reading.report(new HabitProblem.ListSuffix(span, "[".repeat(depth) + item + "]".repeat(depth)));
        }
        return type;
    }

    private TypeExpression base(TypeBaseContext context) {
        Span span = Reading.span(context);
        return switch (context.getStart().getType()) {
            case WeirLexer.BROKEN -> new TypeExpression.Broken(span);
            case WeirLexer.STRING ->
                literal(new LiteralValue.Text(Literals.text(context.getStart().getText())), span);
            case WeirLexer.MINUS, WeirLexer.NUMBER -> {
                double value = Literals.number(context.NUMBER().getText());
                yield literal(new LiteralValue.Numeric(context.MINUS() == null ? value : -value), span);
            }
            case WeirLexer.TRUE -> literal(new LiteralValue.Truth(true), span);
            case WeirLexer.FALSE -> literal(new LiteralValue.Truth(false), span);
            case WeirLexer.NULL -> literal(new LiteralValue.Null(), span);
            case WeirLexer.LBRACK -> new TypeExpression.ListOf(type(context.type()), span);
            case WeirLexer.LPAREN -> type(context.type());
            case WeirLexer.LBRACE -> objectType(context.objectType());
            default -> new TypeExpression.Named(reading.name(context.name()), span);
        };
    }

    private static TypeExpression literal(LiteralValue value, Span span) {
        return new TypeExpression.Literal(value, span);
    }

    TypeExpression objectType(ObjectTypeContext context) {
        Span span = Reading.span(context);
        List<Field> fields = new ArrayList<>();
        for (FieldContext field : context.field()) {
            if (field.LBRACK() == null) {
                fields.add(field(field));
            } else if (context.field().size() == 1) {
                return new TypeExpression.MapOf(reading.name(field.name()), type(field.type()), span);
            } else {
                reading.report(new StructureProblem.MapBesideFields(Reading.span(field)));
            }
        }
        return new TypeExpression.RecordOf(fields, span);
    }

    private Field field(FieldContext context) {
        String doc = reading.docs.take(context.getStart());
        var key = Literals.key(context.getStart());
        return new Field(key, context.QUESTION() != null, type(context.type()), doc, Reading.span(context));
    }
}
