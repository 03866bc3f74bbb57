package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.UnaryOperator;
import weir.source.Span;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.SecretValue;
import weir.value.Shape;
import weir.value.Value;

/// From expressions to code, for one program. Throws [NotNative] where only a JavaScript engine will do.
final class Translation {
    /// Within so many folds the accumulator is tried as a number first; deeper ones would double the work each
    /// time.
    private static final int MAX_SPECULATION = 3;

    final Programs programs;
    final Unit unit;
    private final @Nullable Scope scope;
    private final CallTranslation calls;
    private final @Nullable Probe probe;
    private int size;
    private int speculation;

    /// @param scope the names of the run, null in functions and rules
    /// @param probe hears which side of a `? :` is taken, or null
    Translation(Programs programs, @Nullable Scope scope, Unit unit, @Nullable Probe probe) {
        this.probe = probe;
        this.programs = programs;
        this.scope = scope;
        this.unit = unit;
        this.calls = new CallTranslation(this);
    }

    Code code(Expr expr, @Nullable Names names) {
        size++;
        return switch (expr) {
            case Expr.Text(String value, Span at) -> new Literals.Constant(Value.of(value), at);
            case Expr.Numeric(double value, Span at) -> new Literals.Constant(Value.of(value), at);
            case Expr.Truth(boolean value, Span at) -> new Literals.Constant(Value.of(value), at);
            case Expr.Null(Span at) -> new Literals.Constant(NullValue.NULL, at);
            case Expr.Name(String name, Span at) -> name(name, names, at);
            case Expr.Global(String name, Span at) -> global(name, at);
            case Expr.Template(List<String> texts, List<Expr> values, Span at) ->
                new Literals.Template(texts, codes(values, names), at);
            case Expr.Member member -> member(member, names);
            case Expr.Index(Expr object, Expr index, boolean optional, Span at) ->
                new Reads.Index(code(object, names), code(index, names), optional, object, at);
            case Expr.Call call -> calls.code(call, names);
            case Expr.Chain(Expr inner, Span at) -> new Reads.Chain(code(inner, names), at);
            case Expr.Fits fits -> programs.fits(fits, code(fits.value(), names));
            case Expr.Unary(UnaryOperator operator, Expr operand, Span at) ->
                folded(unary(operator, code(operand, names), at));
            case Expr.Binary(BinaryOperator operator, Expr left, Expr right, Span at) ->
                binary(operator, code(left, names), code(right, names), at);
            case Expr.Conditional(Expr condition, Expr yes, Expr no, Span at) ->
                new Operators.Choice(code(condition, names), side(yes, names), side(no, names), at);
            case Expr.Arrow _ -> throw new NotNative("an arrow as a value");
            case Expr.ListLiteral(List<Expr.Element> elements, Span at) -> list(elements, names, at);
            case Expr.ObjectLiteral(List<Expr.Property> properties, Span at) -> record(properties, names, at);
            case Expr.Apply(String function, List<Expr> arguments, Span at) ->
                programs.apply(function, codes(arguments, names), at);
            case Expr.Decide(String rules, List<Expr> arguments, Span at) ->
                programs.decide(rules, codes(arguments, names), at);
            case Expr.Draw(Expr.Drawn what, Span at) -> new Calls.Draw(what, at);
            case Expr.Secret(String name, Span at) -> new Literals.Constant(SecretValue.named(name), at);
        };
    }

    private Code side(Expr expr, @Nullable Names names) {
        var code = code(expr, names);
        return probe == null ? code : new Probed(code, probe);
    }

    List<Code> codes(List<Expr> exprs, @Nullable Names names) {
        return exprs.stream().map(expr -> code(expr, names)).toList();
    }

    Code name(String name, @Nullable Names names, Span at) {
        var local = Names.find(names, name);
        if (local != null) {
            return local.numeric() ? new Reads.NumericLocal(local.slot(), at) : new Reads.Local(local.slot(), at);
        }
        var place = scope == null ? null : scope.find(name);
        return place != null ? new Reads.FrameName(name, place, at) : programs.fileName(name, at);
    }

    private static Code global(String name, Span at) {
        var constant = Natives.constant(name);
        if (constant == null) {
            throw new NotNative(name + " as a value");
        }
        return new Literals.Constant(constant, at);
    }

    private Code member(Expr.Member member, @Nullable Names names) {
        if (member.object() instanceof Expr.Global(String space, Span _) && Natives.constant(space) == null) {
            return global(space + "." + member.name(), member.at());
        }
        var object = code(member.object(), names);
        return object instanceof Reads.Local local && !member.optional()
                ? new Reads.LocalMember(local, member.name(), member.object(), member.at())
                : new Reads.Member(object, member.name(), member.optional(), member.object(), member.at());
    }

    private static Code unary(UnaryOperator operator, Code operand, Span at) {
        return switch (operator) {
            case NOT -> new Operators.Not(operand, at);
            case MINUS -> new Operators.Signed('-', operand, at);
            case PLUS -> new Operators.Signed('+', operand, at);
            case COMPLEMENT -> new Operators.Signed('~', operand, at);
            case TYPEOF -> new Operators.TypeOf(operand, at);
        };
    }

    private static Code binary(BinaryOperator operator, Code left, Code right, Span at) {
        var code = Operators.binary(operator, left, right, at);
        return left.constant() instanceof NumberValue && right.constant() instanceof NumberValue ? folded(code) : code;
    }

    /// A number that does not depend on anything is computed once.
    private static Code folded(Code code) {
        boolean fixed = code instanceof Operators.Signed signed
                ? signed.operand().constant() instanceof NumberValue
                : code instanceof Code.Numeric;
        return fixed ? new Literals.Constant(new NumberValue(code.number(Activation.NONE)), code.at) : code;
    }

    private Code list(List<Expr.Element> elements, @Nullable Names names, Span at) {
        if (elements.stream().noneMatch(Expr.Element::spread)) {
            return new Literals.PlainList(
                    elements.stream()
                            .map(element -> code(element.value(), names))
                            .toList(),
                    at);
        }
        return spread(elements, names, at);
    }

    Literals.SpreadList spread(List<Expr.Element> elements, @Nullable Names names, Span at) {
        var spread = new boolean[elements.size()];
        var items = new ArrayList<Code>();
        for (int i = 0; i < spread.length; i++) {
            spread[i] = elements.get(i).spread();
            items.add(code(elements.get(i).value(), names));
        }
        return new Literals.SpreadList(items, spread, at);
    }

    private Code record(List<Expr.Property> properties, @Nullable Names names, Span at) {
        var putters = new ArrayList<Literals.Putter>();
        var plain = new ArrayList<String>();
        for (var property : properties) {
            switch (property) {
                case Expr.Property.Entry(String key, Expr value) -> {
                    plain.add(key);
                    putters.add(new Literals.Putter.Named(key, code(value, names)));
                }
                case Expr.Property.Computed(Expr key, Expr value) ->
                    putters.add(new Literals.Putter.Computed(code(key, names), code(value, names)));
                case Expr.Property.Spread(Expr value) -> putters.add(new Literals.Putter.Spread(code(value, names)));
            }
        }
        var shape = plain.size() == properties.size() ? Shape.of(plain) : null;
        if (shape == null) {
            return new Literals.MixedRecord(putters, at);
        }
        var values = putters.stream()
                .map(putter -> ((Literals.Putter.Named) putter).value())
                .toList();
        return new Literals.PlainRecord(shape, values, at);
    }

    /// The arrow as a body to run, its parameters bound to places of this program.
    ///
    /// @param numeric which parameters are always numbers
    Lambda lambda(Expr.Arrow arrow, @Nullable Names names, boolean... numeric) {
        var inner = names;
        var parameters = new ArrayList<Lambda.Parameter>();
        for (int i = 0; i < arrow.parameters().size(); i++) {
            boolean number = i < numeric.length && numeric[i];
            inner = declare(arrow.parameters().get(i), number, inner);
            parameters.add(parameter(arrow.parameters().get(i), inner, arrow.at()));
        }
        int before = size;
        var body = code(arrow.body(), inner);
        return new Lambda(parameters, body, size - before + 1);
    }

    private @Nullable Names declare(Expr.Pattern pattern, boolean numeric, @Nullable Names names) {
        return switch (pattern) {
            case Expr.Pattern.Bind(String name) ->
                new Names(names, name, numeric ? unit.number() : unit.local(), numeric);
            case Expr.Pattern.Fields(var fields) -> {
                var inner = names;
                for (var field : fields) {
                    inner = declare(field.pattern(), false, inner);
                }
                yield inner;
            }
            case Expr.Pattern.Items(var items) -> {
                var inner = names;
                for (var item : items) {
                    inner = declare(item, false, inner);
                }
                yield inner;
            }
        };
    }

    private static Lambda.Parameter parameter(Expr.Pattern pattern, @Nullable Names names, Span at) {
        return switch (pattern) {
            case Expr.Pattern.Bind(String name) -> {
                var declared = Objects.requireNonNull(Names.find(names, name));
                yield declared.numeric()
                        ? new Lambda.Parameter.NumericSlot(declared.slot())
                        : new Lambda.Parameter.Slot(declared.slot());
            }
            case Expr.Pattern.Fields(var fields) ->
                new Lambda.Parameter.Fields(
                        fields.stream()
                                .map(field -> new Lambda.Field(
                                        new InlineCache(field.key()), parameter(field.pattern(), names, at)))
                                .toList(),
                        at);
            case Expr.Pattern.Items(var items) ->
                new Lambda.Parameter.Items(
                        items.stream().map(item -> parameter(item, names, at)).toList(), at);
        };
    }

    /// Whether one more fold may be compiled twice.
    boolean maySpeculate() {
        return speculation < MAX_SPECULATION;
    }

    Lambda speculating(Expr.Arrow arrow, @Nullable Names names, boolean... numeric) {
        speculation++;
        try {
            return lambda(arrow, names, numeric);
        } finally {
            speculation--;
        }
    }
}
