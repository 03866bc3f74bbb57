package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Expression.Element;
import weir.syntax.Expression.ObjectLiteral;
import weir.syntax.Expression.Pattern;
import weir.syntax.Expression.Pattern.FieldPattern;
import weir.syntax.Expression.Property;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.ArrowContext;
import weir.syntax.antlr.WeirParser.AtomContext;
import weir.syntax.antlr.WeirParser.BinaryContext;
import weir.syntax.antlr.WeirParser.ConditionalContext;
import weir.syntax.antlr.WeirParser.ElementContext;
import weir.syntax.antlr.WeirParser.ExprContext;
import weir.syntax.antlr.WeirParser.IndexContext;
import weir.syntax.antlr.WeirParser.InfixContext;
import weir.syntax.antlr.WeirParser.InvokeContext;
import weir.syntax.antlr.WeirParser.MemberContext;
import weir.syntax.antlr.WeirParser.ObjectLiteralContext;
import weir.syntax.antlr.WeirParser.OperationContext;
import weir.syntax.antlr.WeirParser.OptionalMemberContext;
import weir.syntax.antlr.WeirParser.PatternContext;
import weir.syntax.antlr.WeirParser.PrimaryContext;
import weir.syntax.antlr.WeirParser.PropertyContext;
import weir.syntax.antlr.WeirParser.SimpleContext;
import weir.syntax.antlr.WeirParser.TemplateContext;
import weir.syntax.antlr.WeirParser.TextContext;
import weir.syntax.antlr.WeirParser.UnaryContext;
import weir.syntax.antlr.WeirParser.WordContext;

/// Reads expressions, and says where they are JavaScript that Weir leaves out.
final class ExpressionReader {
    private final Reading reading;

    ExpressionReader(Reading reading) {
        this.reading = reading;
    }

    @Nullable
    Expression optional(@Nullable ExprContext context) {
        return context == null ? null : expression(context);
    }

    List<Expression> expressions(List<ExprContext> contexts) {
        return contexts.stream().map(this::expression).toList();
    }

    Expression expression(ExprContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case SimpleContext simple -> operation(simple.operation());
            case BinaryContext binary ->
                binary(expression(binary.expr(0)), operator(binary), expression(binary.expr(1)), span);
            case ConditionalContext conditional ->
                new Expression.Conditional(
                        expression(conditional.expr(0)),
                        expression(conditional.expr(1)),
                        expression(conditional.expr(2)),
                        span);
            case ArrowContext arrow -> arrow(arrow, span);
            default -> throw unknown(context);
        };
    }

    Expression operation(OperationContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case AtomContext atom -> primary(atom.primary());
            case MemberContext member ->
                new Expression.Member(operation(member.operation()), reading.name(member.word()), false, span);
            case OptionalMemberContext member -> optionalMember(member, span);
            case IndexContext index ->
                new Expression.Index(operation(index.operation()), expression(index.expr()), false, span);
            case InvokeContext call ->
                new Expression.Call(
                        operation(call.operation()),
                        elements(call.callArguments().element()),
                        false,
                        span);
            case UnaryContext unary ->
                new Expression.Unary(unary.getStart().getText(), operation(unary.operation()), span);
            case InfixContext infix ->
                binary(operation(infix.operation(0)), operator(infix), operation(infix.operation(1)), span);
            default -> throw unknown(context);
        };
    }

    private Expression optionalMember(OptionalMemberContext context, Span span) {
        Expression object = operation(context.operation());
        if (context.word() != null) {
            return new Expression.Member(object, reading.name(context.word()), true, span);
        }
        return context.callArguments() == null
                ? new Expression.Index(object, expression(context.expr()), true, span)
                : new Expression.Call(object, elements(context.callArguments().element()), true, span);
    }

    /// The operator stands between two operands.
    private static Token operator(ParserRuleContext infix) {
        return ((TerminalNode) infix.getChild(1)).getSymbol();
    }

    private Expression binary(Expression left, Token operator, Expression right, Span span) {
        Span at = Reading.span(operator);
        switch (operator.getType()) {
            case WeirLexer.EQ2, WeirLexer.NE2 ->
                reading.report(new HabitProblem.LooseEquality(
                        at, operator.getText(), right instanceof Expression.Null ? left.span() : null));
            case WeirLexer.POWER -> {
                if (left instanceof Expression.Unary unary) {
                    reading.report(new HabitProblem.PowerOfUnary(
                            unary.span(), unary.operand().span()));
                }
            }
            case WeirLexer.COALESCE, WeirLexer.OROR, WeirLexer.ANDAND -> {
                mixed(operator, left);
                mixed(operator, right);
            }
            default -> {}
        }
        return new Expression.Binary(operator.getText(), left, right, at, span);
    }

    private void mixed(Token operator, Expression operand) {
        boolean coalesces = operator.getType() == WeirLexer.COALESCE;
        if (operand instanceof Expression.Binary inner
                && (coalesces
                        ? inner.operator().equals("||") || inner.operator().equals("&&")
                        : inner.operator().equals("??"))) {
            String logical = coalesces ? inner.operator() : operator.getText();
            reading.report(new HabitProblem.MixedCoalesce(inner.span(), Reading.span(operator), logical));
        }
    }

    private Expression primary(PrimaryContext context) {
        Token first = context.getStart();
        Span span = Reading.span(context);
        return switch (first.getType()) {
            case WeirLexer.NUMBER -> new Expression.Numeric(Literals.number(first.getText()), span);
            case WeirLexer.DURATION -> new Expression.Duration(Literals.duration(first.getText()), span);
            case WeirLexer.STRING -> text(first);
            case WeirLexer.TRUE -> new Expression.Truth(true, span);
            case WeirLexer.FALSE -> new Expression.Truth(false, span);
            case WeirLexer.NULL -> new Expression.Null(span);
            case WeirLexer.BROKEN -> new Expression.Broken(span);
            case WeirLexer.TEMPLATE_OPEN -> template(context.template());
            case WeirLexer.LPAREN -> new Expression.Parenthesized(expression(context.expr()), span);
            case WeirLexer.LBRACK -> new Expression.ListLiteral(elements(context.element()), span);
            case WeirLexer.LBRACE -> object(context.objectLiteral());
            default -> new Expression.NameUse(first.getText(), span);
        };
    }

    /// A quoted text; `${}` in it is a template that lacks its backticks.
    Expression text(Token token) {
        String raw = token.getText();
        Span span = Reading.span(token);
        checkEscapes(raw, span.start());
        int hole = raw.indexOf("${");
        if (hole > 0 && raw.charAt(hole - 1) != '\\' && raw.indexOf('}', hole) > 0) {
            reading.report(new LexicalProblem.InterpolationInQuotes(span, raw));
        }
        return new Expression.Text(Literals.text(raw), span);
    }

    /// A quoted text or a template.
    Expression text(TextContext context) {
        return context.template() == null ? text(context.getStart()) : template(context.template());
    }

    private void checkEscapes(String raw, int offset) {
        for (int i = raw.indexOf('\\'); i >= 0 && i + 1 < raw.length(); i = raw.indexOf('\\', i + 2)) {
            if (!Literals.isEscape(raw, i + 1)) {
                reading.report(new LexicalProblem.BadEscape(new Span(offset + i, offset + i + 2), raw.charAt(i + 1)));
            }
        }
    }

    Expression template(TemplateContext context) {
        List<String> texts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        var text = new StringBuilder();
        for (ParseTree child : context.children) {
            if (child instanceof ExprContext value) {
                values.add(expression(value));
                texts.add(text.toString());
                text.setLength(0);
            } else if (child instanceof TerminalNode node) {
                piece(node.getSymbol(), text);
            }
        }
        texts.add(text.toString());
        return new Expression.Template(texts, values, Reading.span(context));
    }

    private void piece(Token token, StringBuilder text) {
        switch (token.getType()) {
            case WeirLexer.TEMPLATE_TEXT -> {
                checkEscapes(token.getText(), token.getStartIndex());
                text.append(Literals.unescaped(token.getText()));
            }
            // A backslash at the end of a line joins it to the next; any line's end counts as one \n.
            case WeirLexer.TEMPLATE_NL -> text.append(token.getText().startsWith("\\") ? "" : "\n");
            default -> {}
        }
    }

    private List<Element> elements(List<ElementContext> contexts) {
        return contexts.stream()
                .map(element ->
                        new Element(element.ELLIPSIS() != null, expression(element.expr()), Reading.span(element)))
                .toList();
    }

    ObjectLiteral object(ObjectLiteralContext context) {
        return new ObjectLiteral(context.property().stream().map(this::property).toList(), Reading.span(context));
    }

    private Property property(PropertyContext context) {
        Span span = Reading.span(context);
        if (context.ELLIPSIS() != null) {
            return new Property.Spread(expression(context.expr(0)), span);
        }
        if (context.LBRACK() != null) {
            return new Property.Computed(expression(context.expr(0)), expression(context.expr(1)), span);
        }
        return context.COLON() == null
                ? new Property.Short(reading.name(context.name()), span)
                : new Property.Entry(Literals.key(context.getStart()), expression(context.expr(0)), span);
    }

    private Expression arrow(ArrowContext context, Span span) {
        var parameters = context.arrowParameters();
        List<Pattern> patterns = parameters.name() == null
                ? parameters.pattern().stream().map(this::pattern).toList()
                : List.of(bind(parameters));
        Expression body = expression(context.expr());
        if (body instanceof ObjectLiteral object) {
            reading.report(new HabitProblem.ObjectAsArrowBody(object.span()));
        }
        return new Expression.Arrow(patterns, body, span);
    }

    private Pattern pattern(PatternContext context) {
        Span span = Reading.span(context);
        return switch (context.getStart().getType()) {
            case WeirLexer.LBRACE -> new Pattern.Fields(fields(context), span);
            case WeirLexer.LBRACK ->
                new Pattern.Items(context.pattern().stream().map(this::pattern).toList(), span);
            default -> bind(context);
        };
    }

    private Pattern bind(ParserRuleContext context) {
        return new Pattern.Bind(reading.name(context), Reading.span(context));
    }

    /// The children are `{ word [: pattern] , … }`.
    private List<FieldPattern> fields(PatternContext context) {
        List<FieldPattern> fields = new ArrayList<>();
        int patterns = 0;
        for (int i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof WordContext word) {
                boolean named = context.getChild(i + 1) instanceof TerminalNode next
                        && next.getSymbol().getType() == WeirLexer.COLON;
                Pattern pattern = named ? pattern(context.pattern(patterns++)) : bind(word);
                Span span = Reading.span(word).to(pattern.span());
                fields.add(new FieldPattern(reading.name(word), pattern, span));
            }
        }
        return fields;
    }

    private static IllegalStateException unknown(ParserRuleContext context) {
        return new IllegalStateException("the grammar has a form that the reader does not know: " + context.getClass());
    }
}
