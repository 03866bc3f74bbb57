package weir.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Symbol;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.Drawn;
import weir.graph.Expr.UnaryOperator;
import weir.model.Builtins;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Expression.Element;
import weir.syntax.Expression.Pattern;
import weir.syntax.Expression.Property;
import weir.syntax.Tree;

/// Checked expressions to expressions of graphs: names become what they are, chains know where they stop.
final class ExpressionLowering {
    private final Checked checked;
    private final Reach reach;
    private final boolean foreign;

    /// @param reach notes what of the library is named
    /// @param foreign whether the text is another file's, whose places mean nothing in this one
    ExpressionLowering(Checked checked, Reach reach, boolean foreign) {
        this.checked = checked;
        this.reach = reach;
        this.foreign = foreign;
    }

    Span at(Span span) {
        return foreign ? Span.NONE : span;
    }

    @Nullable
    Expr lowerOptional(@Nullable Expression expression) {
        return expression == null ? null : lower(expression);
    }

    List<Expr> lower(List<Expression> expressions) {
        return expressions.stream().map(this::lower).toList();
    }

    Expr lower(Expression expression) {
        var relied = checked.relied(expression);
        return relied == null
                ? value(expression)
                : new Expr.Fits(value(expression), reach.type(relied.type()), relied.name(), at(expression.span()));
    }

    private Expr value(Expression expression) {
        Span at = at(expression.span());
        return switch (expression) {
            case Expression.NameUse name -> name(name, at);
            case Expression.Numeric number -> new Expr.Numeric(number.value(), at);
            case Expression.Duration duration -> new Expr.Numeric(duration.milliseconds(), at);
            case Expression.Text text -> new Expr.Text(text.value(), at);
            case Expression.Truth truth -> new Expr.Truth(truth.value(), at);
            case Expression.Null none -> new Expr.Null(at);
            case Expression.Template template -> new Expr.Template(template.texts(), lower(template.values()), at);
            case Expression.ListLiteral list -> new Expr.ListLiteral(elements(list.elements()), at);
            case Expression.ObjectLiteral object ->
                new Expr.ObjectLiteral(
                        object.properties().stream().map(this::property).toList(), at);
            case Expression.Member member -> chain(member, at);
            case Expression.Index index -> chain(index, at);
            case Expression.Call call -> chain(call, at);
            case Expression.Unary unary -> new Expr.Unary(operator(unary.operator()), lower(unary.operand()), at);
            case Expression.Binary binary ->
                new Expr.Binary(
                        Objects.requireNonNull(BinaryOperator.of(binary.operator()), binary.operator()),
                        lower(binary.left()),
                        lower(binary.right()),
                        at);
            case Expression.Conditional conditional ->
                new Expr.Conditional(
                        lower(conditional.condition()), lower(conditional.yes()), lower(conditional.no()), at);
            case Expression.Arrow arrow ->
                new Expr.Arrow(
                        arrow.parameters().stream()
                                .map(ExpressionLowering::pattern)
                                .toList(),
                        lower(arrow.body()),
                        at);
            case Expression.Parenthesized inner -> lower(inner.inner());
            case Expression.Broken broken -> throw new IllegalStateException("a broken expression passed the check");
        };
    }

    // ---- names

    private Expr name(Expression.NameUse name, Span at) {
        return name(name.name(), checked.symbol(name), checked.isOpenReference(name), at);
    }

    /// @param open whether a function that is named is called with what only the run can see
    private Expr name(String name, @Nullable Symbol symbol, boolean open, Span at) {
        if (symbol == null) {
            return new Expr.Name(name, at);
        }
        return switch (symbol.kind()) {
            case GLOBAL -> isProperty(name) ? new Expr.Global(name, at) : reference(name, symbol, open, at);
            case SPACE -> new Expr.Global(name, at);
            case FUNCTION, RULES -> reference(name, symbol, open, at);
            case CONSTANT -> {
                reach.constants.add(name);
                yield new Expr.Name(name, at);
            }
            case SETTINGS -> {
                reach.settings = true;
                yield new Expr.Name(name, at);
            }
            case PARAMETER, LET, STEP, ITEM, ARROW, ERROR, SPECIAL, WORKFLOW, POLICY, TYPE, INTEGRATION ->
                new Expr.Name(name, at);
        };
    }

    private static boolean isProperty(String name) {
        var globals = Builtins.global(name);
        return !globals.isEmpty() && globals.getFirst().property();
    }

    /// A function that is given by its name becomes an arrow that calls it, so that values are never functions.
    private Expr reference(String name, Symbol symbol, boolean open, Span at) {
        int count = arity(name, symbol);
        var relied = open ? parameters(name, symbol) : List.<Parameter>of();
        var patterns = new ArrayList<Expr.Pattern>();
        var arguments = new ArrayList<Expr>();
        for (int i = 0; i < count; i++) {
            String parameter = String.valueOf((char) ('a' + i));
            patterns.add(new Expr.Pattern.Bind(parameter));
            Expr argument = new Expr.Name(parameter, at);
            arguments.add(i < relied.size() ? relied(relied.get(i), argument) : argument);
        }
        return new Expr.Arrow(patterns, call(name, symbol, arguments, at), at);
    }

    private Expr relied(Parameter parameter, Expr argument) {
        Type type = reach.type(parameter.type());
        Type wanted = parameter.optional() ? new Type.Union(List.of(type, Type.Basic.UNDEFINED)) : type;
        return new Expr.Fits(argument, wanted, parameter.name(), argument.at());
    }

    private List<Parameter> parameters(String name, Symbol symbol) {
        var function = checked.declarations().functions().get(name);
        var rules = checked.declarations().rules().get(name);
        if (symbol.kind() == Symbol.Kind.FUNCTION && function != null) {
            return function.signature().parameters();
        }
        return symbol.kind() == Symbol.Kind.RULES && rules != null
                ? rules.signature().parameters()
                : List.of();
    }

    private int arity(String name, Symbol symbol) {
        return symbol.kind() == Symbol.Kind.GLOBAL
                ? Builtins.global(name).getFirst().parameters().size()
                : parameters(name, symbol).size();
    }

    private Expr call(String name, Symbol symbol, List<Expr> arguments, Span at) {
        return switch (symbol.kind()) {
            case FUNCTION -> {
                reach.functions.add(name);
                yield new Expr.Apply(name, arguments, at);
            }
            case RULES -> {
                reach.rules.add(name);
                yield new Expr.Decide(name, arguments, at);
            }
            default ->
                new Expr.Call(
                        new Expr.Global(name, at),
                        arguments.stream()
                                .map(argument -> new Expr.Element(false, argument))
                                .toList(),
                        false,
                        at);
        };
    }

    // ---- chains

    private Expr chain(Expression expression, Span at) {
        Expr link = link(expression);
        return isOptional(expression) ? new Expr.Chain(link, at) : link;
    }

    /// Whether a `?.` is in the chain that ends here.
    private static boolean isOptional(Expression expression) {
        return switch (expression) {
            case Expression.Member member -> member.optional() || isOptional(member.object());
            case Expression.Index index -> index.optional() || isOptional(index.object());
            case Expression.Call call -> call.optional() || isOptional(call.callee());
            // Default: no other expression continues a chain.
            default -> false;
        };
    }

    private Expr link(Expression expression) {
        Span at = at(expression.span());
        return switch (expression) {
            case Expression.Member member ->
                new Expr.Member(owner(member.object()), member.name().text(), member.optional(), at);
            case Expression.Index index ->
                new Expr.Index(link(index.object()), lower(index.index()), index.optional(), at);
            case Expression.Call call -> call(call, at);
            // Default: any other expression begins a chain.
            default -> lower(expression);
        };
    }

    /// What a member is read from. `Number` is a function by itself and a namespace before a dot.
    private Expr owner(Expression object) {
        if (object instanceof Expression.NameUse name && Builtins.spaces().contains(name.name())) {
            var symbol = checked.symbol(name);
            if (symbol != null && symbol.kind() == Symbol.Kind.GLOBAL) {
                return new Expr.Global(name.name(), at(name.span()));
            }
        }
        return link(object);
    }

    private Expr call(Expression.Call call, Span at) {
        if (call.callee() instanceof Expression.NameUse name) {
            Symbol symbol = checked.symbol(name);
            boolean form = symbol != null && symbol.kind() == Symbol.Kind.GLOBAL;
            Expr special = form ? form(name.name(), call, at) : null;
            if (special != null) {
                return special;
            }
            if (symbol != null && (symbol.kind() == Symbol.Kind.FUNCTION || symbol.kind() == Symbol.Kind.RULES)) {
                return call(
                        name.name(),
                        symbol,
                        call.arguments().stream()
                                .map(argument -> lower(argument.value()))
                                .toList(),
                        at);
            }
            return new Expr.Call(
                    new Expr.Global(name.name(), at(name.span())), elements(call.arguments()), call.optional(), at);
        }
        return new Expr.Call(link(call.callee()), elements(call.arguments()), call.optional(), at);
    }

    private static @Nullable Expr form(String name, Expression.Call call, Span at) {
        return switch (name) {
            case "now" -> new Expr.Draw(Drawn.NOW, at);
            case "uuid" -> new Expr.Draw(Drawn.UUID, at);
            case "random" -> new Expr.Draw(Drawn.RANDOM, at);
            case "secret" ->
                call.arguments().getFirst().value() instanceof Expression.Text text
                        ? new Expr.Secret(text.value(), at)
                        : null;
            default -> null;
        };
    }

    // ---- pieces

    private List<Expr.Element> elements(List<Element> elements) {
        return elements.stream()
                .map(element -> new Expr.Element(element.spread(), lower(element.value())))
                .toList();
    }

    private Expr.Property property(Property property) {
        return switch (property) {
            case Property.Entry entry -> new Expr.Property.Entry(entry.key().text(), lower(entry.value()));
            case Property.Short brief -> new Expr.Property.Entry(brief.name().text(), shortValue(brief.name()));
            case Property.Computed computed ->
                new Expr.Property.Computed(lower(computed.key()), lower(computed.value()));
            case Property.Spread spread -> new Expr.Property.Spread(lower(spread.value()));
        };
    }

    private Expr shortValue(Tree.Name name) {
        return name(name.text(), checked.symbol(name), false, at(name.span()));
    }

    private static Expr.Pattern pattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Bind bind -> new Expr.Pattern.Bind(bind.name().text());
            case Pattern.Fields fields ->
                new Expr.Pattern.Fields(fields.fields().stream()
                        .map(field -> new Expr.Pattern.FieldPattern(field.key().text(), pattern(field.pattern())))
                        .toList());
            case Pattern.Items items ->
                new Expr.Pattern.Items(
                        items.items().stream().map(ExpressionLowering::pattern).toList());
        };
    }

    private static UnaryOperator operator(String sign) {
        for (var operator : UnaryOperator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw new IllegalStateException("no operator " + sign);
    }
}
