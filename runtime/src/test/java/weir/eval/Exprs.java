package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import weir.graph.Expr;
import weir.model.Builtins;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Parser;

/// Reads expressions for tests, without checking them.
final class Exprs {
    private static final String BEFORE = "let it = ";

    private final List<String> bound = new ArrayList<>();
    private final Set<String> functions;

    private Exprs(Set<String> functions) {
        this.functions = functions;
    }

    static Expr read(String text) {
        return read(text, Set.of());
    }

    /// @param functions names of functions of the file
    static Expr read(String text, Set<String> functions) {
        var parsed = Parser.parse(new Source("test", BEFORE + text));
        if (!parsed.diagnostics().isEmpty()) {
            throw new IllegalArgumentException(text + ": " + parsed.diagnostics());
        }
        var constant = (Declaration.Constant) parsed.file().declarations().getFirst();
        return new Exprs(functions).lower(constant.value());
    }

    private Expr lower(Expression expression) {
        var at = expression.span();
        return switch (expression) {
            case Expression.NameUse name -> name(name);
            case Expression.Numeric number -> new Expr.Numeric(number.value(), at);
            case Expression.Duration duration -> new Expr.Numeric(duration.milliseconds(), at);
            case Expression.Text text -> new Expr.Text(text.value(), at);
            case Expression.Truth truth -> new Expr.Truth(truth.value(), at);
            case Expression.Null _ -> new Expr.Null(at);
            case Expression.Template template ->
                new Expr.Template(
                        template.texts(),
                        template.values().stream().map(this::lower).toList(),
                        at);
            case Expression.ListLiteral list -> new Expr.ListLiteral(elements(list.elements()), at);
            case Expression.ObjectLiteral object ->
                new Expr.ObjectLiteral(
                        object.properties().stream().map(this::property).toList(), at);
            case Expression.Member _ -> chain(expression);
            case Expression.Index _ -> chain(expression);
            case Expression.Call _ -> chain(expression);
            case Expression.Unary unary -> new Expr.Unary(sign(unary.operator()), lower(unary.operand()), at);
            case Expression.Binary binary ->
                new Expr.Binary(
                        Objects.requireNonNull(Expr.BinaryOperator.of(binary.operator())),
                        lower(binary.left()),
                        lower(binary.right()),
                        at);
            case Expression.Conditional choice ->
                new Expr.Conditional(lower(choice.condition()), lower(choice.yes()), lower(choice.no()), at);
            case Expression.Arrow arrow -> arrow(arrow);
            case Expression.Parenthesized inner -> lower(inner.inner());
            case Expression.Broken _ -> throw new IllegalArgumentException("broken");
        };
    }

    private Expr name(Expression.NameUse name) {
        boolean builtIn = Builtins.globals().contains(name.name())
                || Builtins.spaces().contains(name.name())
                || Set.of("Symbol", "Reflect", "Function").contains(name.name());
        return builtIn && !bound.contains(name.name())
                ? new Expr.Global(name.name(), name.span())
                : new Expr.Name(name.name(), name.span());
    }

    private Expr chain(Expression expression) {
        var link = link(expression);
        return isOptional(expression) ? new Expr.Chain(link, expression.span()) : link;
    }

    private static boolean isOptional(Expression expression) {
        return switch (expression) {
            case Expression.Member member -> member.optional() || isOptional(member.object());
            case Expression.Index index -> index.optional() || isOptional(index.object());
            case Expression.Call call -> call.optional() || isOptional(call.callee());
            // Default: only these are links of a chain.
            default -> false;
        };
    }

    private Expr link(Expression expression) {
        var at = expression.span();
        return switch (expression) {
            case Expression.Member member ->
                new Expr.Member(link(member.object()), member.name().text(), member.optional(), at);
            case Expression.Index index ->
                new Expr.Index(link(index.object()), lower(index.index()), index.optional(), at);
            case Expression.Call call -> call(call);
            // Default: here the chain begins.
            default -> lower(expression);
        };
    }

    private Expr call(Expression.Call call) {
        var at = call.span();
        if (call.callee() instanceof Expression.NameUse name && !bound.contains(name.name())) {
            switch (name.name()) {
                case "now" -> {
                    return new Expr.Draw(Expr.Drawn.NOW, at);
                }
                case "random" -> {
                    return new Expr.Draw(Expr.Drawn.RANDOM, at);
                }
                case "secret" -> {
                    return new Expr.Secret(
                            ((Expression.Text) call.arguments().getFirst().value()).value(), at);
                }
                default -> {
                    if (functions.contains(name.name())) {
                        return new Expr.Apply(
                                name.name(),
                                call.arguments().stream()
                                        .map(argument -> lower(argument.value()))
                                        .toList(),
                                at);
                    }
                }
            }
        }
        return new Expr.Call(link(call.callee()), elements(call.arguments()), call.optional(), at);
    }

    private Expr arrow(Expression.Arrow arrow) {
        int before = bound.size();
        var parameters = arrow.parameters().stream().map(this::pattern).toList();
        var body = lower(arrow.body());
        bound.subList(before, bound.size()).clear();
        return new Expr.Arrow(parameters, body, arrow.span());
    }

    private Expr.Pattern pattern(Expression.Pattern pattern) {
        return switch (pattern) {
            case Expression.Pattern.Bind bind -> {
                bound.add(bind.name().text());
                yield new Expr.Pattern.Bind(bind.name().text());
            }
            case Expression.Pattern.Fields fields ->
                new Expr.Pattern.Fields(fields.fields().stream()
                        .map(field -> new Expr.Pattern.FieldPattern(field.key().text(), pattern(field.pattern())))
                        .toList());
            case Expression.Pattern.Items items ->
                new Expr.Pattern.Items(items.items().stream().map(this::pattern).toList());
        };
    }

    private List<Expr.Element> elements(List<Expression.Element> elements) {
        return elements.stream()
                .map(element -> new Expr.Element(element.spread(), lower(element.value())))
                .toList();
    }

    private Expr.Property property(Expression.Property property) {
        return switch (property) {
            case Expression.Property.Entry entry ->
                new Expr.Property.Entry(entry.key().text(), lower(entry.value()));
            case Expression.Property.Short brief ->
                new Expr.Property.Entry(
                        brief.name().text(),
                        name(new Expression.NameUse(brief.name().text(), brief.span())));
            case Expression.Property.Computed computed ->
                new Expr.Property.Computed(lower(computed.key()), lower(computed.value()));
            case Expression.Property.Spread spread -> new Expr.Property.Spread(lower(spread.value()));
        };
    }

    private static Expr.UnaryOperator sign(String sign) {
        for (var operator : Expr.UnaryOperator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw new IllegalArgumentException(sign);
    }
}
