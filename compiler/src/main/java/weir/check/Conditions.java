package weir.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.check.Facts.Ref;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.syntax.Expression;

/// Conditions, and what is known where they hold and where they do not.
final class Conditions {
    private static final Set<String> LOGICAL = Set.of("&&", "||");

    private final Expressions expressions;
    private final Types types;
    private final Lengths lengths;

    Conditions(Expressions expressions) {
        this.expressions = expressions;
        this.types = expressions.types;
        this.lengths = new Lengths(expressions);
    }

    /// @param type what the condition gives as a value
    /// @param yes what is known where it counts as true
    /// @param no what is known where it counts as false
    record Test(Type type, Facts yes, Facts no) {
        Test not() {
            return new Test(Basic.BOOLEAN, no, yes);
        }
    }

    /// Looks at the condition of an `if` or a `?:`.
    Test holds(Expression expression, Scope scope) {
        Test test = test(expression, scope);
        var members = types.members(test.type());
        if (!members.isEmpty() && members.stream().allMatch(this::isStructure)) {
            String of = types.itemOf(test.type()) == null ? null : "Ask for its length: `… .length > 0`.";
            expressions.checking.report(
                    new TypeProblem.AlwaysHolds(expressions.checking.at(expression.span()), Words.a(test.type()), of));
        }
        return test;
    }

    private boolean isStructure(Type member) {
        String kind = types.kind(member);
        return kind.equals("list") || kind.equals("record");
    }

    /// Looks at a clause that says yes or no, such as `when`: a number there is a slip.
    Test decides(Expression expression, Scope scope, String slot) {
        Test test = holds(expression, scope);
        var members = types.members(types.withoutMissing(test.type()));
        if (!members.isEmpty()
                && members.stream().allMatch(member -> types.kind(member).equals("number"))) {
            expressions.checking.report(new TypeProblem.NoCondition(
                    expressions.checking.at(expression.span()), Words.sentence(slot), Words.a(test.type())));
        }
        return test;
    }

    /// Looks at an expression as a condition, which may be no secret: it would show in what the run does.
    Test test(Expression expression, Scope scope) {
        if (expression instanceof Expression.Parenthesized parenthesized) {
            Test inner = test(parenthesized.inner(), scope);
            expressions.checking.findings.type(expression, inner.type());
            return inner;
        }
        Test test = value(expression, scope);
        boolean ofParts = (expression instanceof Expression.Unary unary
                        && unary.operator().equals("!"))
                || (expression instanceof Expression.Binary binary && LOGICAL.contains(binary.operator()));
        if (!ofParts && Fitting.fit(types, test.type(), Basic.JSON) instanceof Fit.Not) {
            expressions.expect(expression, test.type(), Basic.JSON, "a condition");
        }
        return test;
    }

    /// Looks at an expression as a value, and at what is known where it counts as true and where as false.
    Test value(Expression expression, Scope scope) {
        Test test = switch (expression) {
            case Expression.Parenthesized inner -> value(inner.inner(), scope);
            case Expression.Unary unary
            when unary.operator().equals("!") -> test(unary.operand(), scope).not();
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Call call -> call(call, scope);
            // Default: any other expression is a value that counts as true or false.
            default -> truth(expression, expressions.infer(expression, scope), scope);
        };
        expressions.checking.findings.type(expression, test.type());
        return test;
    }

    private Test binary(Expression.Binary binary, Scope scope) {
        return switch (binary.operator()) {
            case "&&" -> {
                Test left = test(binary.left(), scope);
                Test right = test(binary.right(), scope.with(left.yes()));
                yield new Test(
                        types.join(types.falsy(left.type()), right.type()),
                        left.yes().and(right.yes()),
                        Facts.either(List.of(left.no(), left.yes().and(right.no()))));
            }
            case "||" -> {
                Test left = test(binary.left(), scope);
                Test right = test(binary.right(), scope.with(left.no()));
                yield new Test(
                        types.join(types.truthy(left.type()), right.type()),
                        Facts.either(List.of(left.yes(), left.no().and(right.yes()))),
                        left.no().and(right.no()));
            }
            case "===", "==" -> equality(binary, scope);
            case "!==", "!=" -> equality(binary, scope).not();
            case "in" -> in(binary, scope);
            default -> {
                Test test = truth(binary, expressions.infer(binary, scope), scope);
                yield new Test(
                        test.type(),
                        test.yes().and(lengths.known(binary, true, scope)),
                        test.no().and(lengths.known(binary, false, scope)));
            }
        };
    }

    private Test truth(Expression expression, Type type, Scope scope) {
        return new Test(
                type,
                lengths.known(expression, scope)
                        .and(defined(expression, scope))
                        .and(narrow(
                                expression, scope, types.truthy(type), member -> types.truthy(member) != Basic.NEVER)),
                narrow(expression, scope, types.falsy(type), member -> types.falsy(member) != Basic.NEVER));
    }

    private Test equality(Expression.Binary binary, Scope scope) {
        Type left = expressions.infer(binary.left(), scope);
        Type right = expressions.infer(binary.right(), scope);
        expressions.checking.findings.wanted.put(binary.right(), left);
        expressions.literals.comparison(binary, left, right);
        Facts yes = Facts.NONE;
        Facts no = Facts.NONE;
        if (isConstant(right)) {
            yes = equal(binary.left(), left, right, scope);
            no = unequal(binary.left(), left, right, scope);
        } else if (isConstant(left)) {
            yes = equal(binary.right(), right, left, scope);
            no = unequal(binary.right(), right, left, scope);
        }
        boolean equal = binary.operator().startsWith("=");
        yes = yes.and(lengths.known(binary, equal, scope));
        no = no.and(lengths.known(binary, !equal, scope));
        return typeTest(binary, right, scope, new Test(Basic.BOOLEAN, yes, no));
    }

    /// `typeof x === "string"`
    private Test typeTest(Expression.Binary binary, Type right, Scope scope, Test otherwise) {
        if (!(binary.left() instanceof Expression.Unary unary)
                || !unary.operator().equals("typeof")
                || !(right instanceof Literal.Text(String word))) {
            return otherwise;
        }
        Expression operand = unary.operand();
        Type type = expressions.checking.findings.types.getOrDefault(operand, Basic.UNKNOWN);
        Predicate<Type> is =
                member -> typeOf(member).equals(word) || typeOf(member).isEmpty();
        Type narrowed = types.map(type, member -> types.kind(member).isEmpty() ? named(word) : member);
        return new Test(
                Basic.BOOLEAN,
                Facts.NONE.with(expressions.ref(operand, scope), types.only(narrowed, is)),
                Facts.NONE.with(
                        expressions.ref(operand, scope),
                        types.only(type, member -> typeOf(member).isEmpty() || !is.test(member))));
    }

    private String typeOf(Type member) {
        String kind = types.kind(member);
        return switch (kind) {
            case "null", "list", "record" -> "object";
            default -> kind;
        };
    }

    private static Type named(String word) {
        return switch (word) {
            case "string" -> Basic.STRING;
            case "number" -> Basic.NUMBER;
            case "boolean" -> Basic.BOOLEAN;
            case "undefined" -> Basic.UNDEFINED;
            default -> Basic.JSON;
        };
    }

    /// `"name" in x`
    private Test in(Expression.Binary binary, Scope scope) {
        Type type = expressions.infer(binary, scope);
        Type owner = expressions.checking.findings.types.getOrDefault(binary.right(), Basic.UNKNOWN);
        if (!(binary.left() instanceof Expression.Text text)) {
            return new Test(type, Facts.NONE, Facts.NONE);
        }
        var ref = expressions.ref(binary.right(), scope);
        Facts there = Facts.NONE.with(ref, types.only(owner, member -> hasField(member, text.value(), true)));
        Type field = types.map(owner, member -> given(member, text.value()));
        return new Test(
                type,
                field == Basic.NEVER || field == Basic.UNKNOWN || isWrittenHere(ref)
                        ? there
                        : there.with(Expressions.extend(ref, "." + text.value()), field),
                Facts.NONE.with(ref, types.only(owner, member -> !hasField(member, text.value(), false))));
    }

    /// What a field is that is known to be given.
    private Type given(Type member, String name) {
        return switch (types.resolve(member)) {
            case Type.RecordOf record -> {
                var field = Types.field(record, name);
                yield field == null ? Basic.NEVER : field.type();
            }
            case Type.MapOf(Type value) -> value;
            case Basic.JSON, Basic.UNKNOWN -> Basic.UNKNOWN;
            // Default: no other value has fields.
            default -> Basic.NEVER;
        };
    }

    /// Whether a record may have been made by an expression of the file, which can give a field the value
    /// undefined.
    private static boolean isWrittenHere(@Nullable Ref ref) {
        return ref == null || ref.root().kind() == Symbol.Kind.LET || ref.root().kind() == Symbol.Kind.CONSTANT;
    }

    private boolean hasField(Type member, String name, boolean perhaps) {
        var record = types.recordOf(member);
        if (record == null) {
            return perhaps;
        }
        var field = Types.field(record, name);
        return field != null && (perhaps || !field.optional());
    }

    /// `Array.isArray(x)`, `Number.isInteger(x)`
    private Test call(Expression.Call call, Scope scope) {
        Type type = expressions.infer(call, scope);
        if (!(call.callee()
                        instanceof Expression.Member(Expression.NameUse space, var name, boolean optional, var span))
                || call.arguments().size() != 1
                || !expressions.names.isFree(space.name(), scope)) {
            return truth(call, type, scope);
        }
        Expression operand = call.arguments().getFirst().value();
        Type given = expressions.checking.findings.types.getOrDefault(operand, Basic.UNKNOWN);
        var ref = expressions.ref(operand, scope);
        return switch (space.name() + "." + name.text()) {
            case "Array.isArray" ->
                new Test(
                        type,
                        Facts.NONE.with(ref, types.map(given, Conditions::asList)),
                        Facts.NONE.with(ref, types.only(given, member -> !(member instanceof Type.ListOf))));
            case "Number.isInteger", "Number.isSafeInteger" ->
                new Test(
                        type,
                        Facts.NONE.with(ref, types.map(given, member -> isNumber(member) ? Basic.INT : Basic.NEVER)),
                        Facts.NONE);
            default -> truth(call, type, scope);
        };
    }

    private static Type asList(Type member) {
        return switch (member) {
            case Basic.JSON -> new Type.ListOf(Basic.JSON);
            case Type.ListOf list -> list;
            // Default: no other type may be a list.
            default -> Basic.NEVER;
        };
    }

    private boolean isNumber(Type member) {
        return types.kind(member).equals("number") || member == Basic.JSON;
    }

    /// Whether all its values are known one by one: literals, null and undefined.
    boolean isConstant(Type type) {
        return types.members(type).stream().allMatch(member -> member instanceof Literal || Types.isMissing(member));
    }

    /// What is known where the expression equals one of the constants.
    Facts equal(Expression expression, Type type, Type constants, Scope scope) {
        Facts facts = narrow(expression, scope, equalPart(type, constants), equalTo(constants));
        return types.members(constants).contains(Basic.UNDEFINED)
                ? facts
                : defined(expression, scope).and(facts);
    }

    /// What is known where it equals none of them.
    Facts unequal(Expression expression, Type type, Type constants, Scope scope) {
        Facts facts = narrow(expression, scope, unequalPart(type, constants), unequalTo(constants));
        return constants == Basic.UNDEFINED ? defined(expression, scope).and(facts) : facts;
    }

    /// Whether a value of some type may equal one of the constants; quick for literals, of which there may be many.
    private Predicate<Type> equalTo(Type constants) {
        var all = new HashSet<>(types.members(constants));
        return type -> type instanceof Literal ? all.contains(type) : types.overlap(type, constants);
    }

    /// Whether a value of some type may equal none of the constants.
    private Predicate<Type> unequalTo(Type constants) {
        var all = new HashSet<>(types.members(constants));
        return type -> (type instanceof Literal || Types.isMissing(type))
                ? !all.contains(type)
                : unequalPart(type, constants) != Basic.NEVER;
    }

    private Type equalPart(Type type, Type constants) {
        var equals = equalTo(constants);
        return types.map(type, member -> switch (member) {
            case Basic.JSON -> constants;
            case Basic basic
            when !Types.isMissing(basic) -> types.only(constants, constant -> types.overlap(constant, basic));
            // Default: any other alternative stays or goes as a whole.
            default -> equals.test(member) ? member : Basic.NEVER;
        });
    }

    /// What is left of a type without the constants.
    Type unequalPart(Type type, Type constants) {
        var without = new HashSet<>(types.members(constants));
        if (!types.members(type).contains(Basic.BOOLEAN)) {
            return types.only(type, member -> !without.contains(member));
        }
        return types.map(type, member -> {
            if (member == Basic.BOOLEAN) {
                return Types.union(
                        without.contains(new Literal.Truth(true)) ? Basic.NEVER : new Literal.Truth(true),
                        without.contains(new Literal.Truth(false)) ? Basic.NEVER : new Literal.Truth(false));
            }
            return without.contains(member) ? Basic.NEVER : member;
        });
    }

    /// Narrows the expression itself, and what it is a field of: only those alternatives stay whose field may pass.
    private Facts narrow(Expression expression, Scope scope, Type narrowed, Predicate<Type> passes) {
        Facts facts = Facts.NONE.with(expressions.ref(expression, scope), narrowed);
        if (!(expression instanceof Expression.Member member)) {
            return expression instanceof Expression.Parenthesized inner
                    ? narrow(inner.inner(), scope, narrowed, passes)
                    : facts;
        }
        Type owner = expressions.checking.findings.types.getOrDefault(member.object(), Basic.UNKNOWN);
        Type kept = types.only(
                owner,
                alternative -> passes.test(fieldOf(alternative, member.name().text())));
        return kept.equals(owner) ? facts : facts.with(expressions.ref(member.object(), scope), kept);
    }

    private Type fieldOf(Type alternative, String name) {
        if (Types.isMissing(alternative)) {
            return Basic.UNDEFINED;
        }
        var record = types.recordOf(alternative);
        if (record == null) {
            return Basic.UNKNOWN;
        }
        var field = Types.field(record, name);
        return field == null ? Basic.UNDEFINED : Types.read(field);
    }

    /// What is known where a chain came to its end: what stands before each `?.` is there.
    private Facts defined(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Member member -> defined(member.object(), member.optional(), scope);
            case Expression.Index index -> defined(index.object(), index.optional(), scope);
            case Expression.Call call -> defined(call.callee(), call.optional(), scope);
            case Expression.Parenthesized inner -> defined(inner.inner(), scope);
            // Default: no other expression continues a chain.
            default -> Facts.NONE;
        };
    }

    private Facts defined(Expression object, boolean optional, Scope scope) {
        Facts deeper = defined(object, scope);
        if (!optional) {
            return deeper;
        }
        Type type = expressions.checking.findings.types.getOrDefault(object, Basic.UNKNOWN);
        return deeper.with(expressions.ref(object, scope), types.withoutMissing(type));
    }
}
