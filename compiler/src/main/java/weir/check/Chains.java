package weir.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Members, indexes and method calls: chains of them, cut short where a `?.` finds nothing.
final class Chains {
    /// What other languages call it.
    private static final Map<String, String> OTHER_WORDS =
            Map.of("size", "length", "count", "length", "contains", "includes");

    private static final Map<String, String> OTHER_WAYS = Map.of("first", "It is `[0]`.", "last", "It is `.at(-1)`.");

    private final Expressions expressions;
    private final Checking checking;
    private final Types types;

    Chains(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
    }

    /// A part of a chain.
    ///
    /// @param shortens whether a `?.` in it may have ended the chain with undefined
    private record Link(Type type, boolean shortens) {}

    Type infer(Expression expression, Scope scope) {
        Link link = link(expression, scope);
        return link.shortens() ? Types.union(link.type(), Basic.UNDEFINED) : link.type();
    }

    private Link link(Expression expression, Scope scope) {
        Link link = switch (expression) {
            case Expression.Member member -> member(member, scope);
            case Expression.Index index -> index(index, scope);
            case Expression.Call call -> call(call, scope);
            // Default: any other expression begins a chain.
            default -> new Link(expressions.infer(expression, scope), false);
        };
        Type known = scope.facts().about(expressions.ref(expression, scope));
        if (known != null && !(expression instanceof Expression.NameUse)) {
            link = new Link(known, false);
        }
        checking.findings.type(expression, link.type());
        return link;
    }

    /// What a link hangs on, without null and undefined: `?.` takes them away, everything else complains about
    /// them.
    private Link object(Expression object, boolean optional, Span member, Scope scope) {
        Link link = link(object, scope);
        Type type = link.type();
        if (types.members(type).stream().anyMatch(Secrecy::isSecret)) {
            checking.report(new EffectProblem.SecretLeak(checking.at(object.span()), ""));
            return new Link(Basic.UNKNOWN, link.shortens());
        }
        if (!types.mayBeMissing(type)) {
            return link;
        }
        if (!optional) {
            String what = types.members(type).stream()
                    .filter(Types::isMissing)
                    .map(Words::a)
                    .reduce((a, b) -> a + " or " + b)
                    .orElse("missing");
            boolean dot = checking.source.text().startsWith(".", member.start());
            Fix fix =
                    Fix.replace("Write ?.", new Span(member.start(), dot ? member.start() + 1 : member.start()), "?.");
            checking.report(
                    new MissingProblem.Access(checking.at(object.span()), checking.text(object.span()), what, fix));
        }
        return new Link(types.withoutMissing(type), optional || link.shortens());
    }

    // ---- members

    private Link member(Expression.Member member, Scope scope) {
        if (member.object() instanceof Expression.NameUse name && expressions.names.isFree(name.name(), scope)) {
            Type outside = outside(name, member.name());
            if (outside != null) {
                return new Link(outside, false);
            }
        }
        Link object = object(member.object(), member.optional(), dotBefore(member), scope);
        return new Link(read(object.type(), member.name(), member.object()), object.shortens());
    }

    /// The dot of a member stands directly behind its object, perhaps after white space.
    private Span dotBefore(Expression.Member member) {
        int dot = checking.source.text().indexOf('.', member.object().span().end());
        int at = dot < 0 || dot > member.name().span().start()
                ? member.object().span().end()
                : dot;
        return new Span(at, member.span().end());
    }

    /// A member of a namespace or an integration, null when the name is neither.
    private @Nullable Type outside(Expression.NameUse name, Tree.Name member) {
        var space = Builtins.space(name.name());
        if (!space.isEmpty()) {
            expressions.names.noteGlobal(name, "", Basic.UNKNOWN);
            var found = space.getOrDefault(member.text(), List.of());
            if (found.isEmpty()) {
                checking.report(expressions.calls.noMember(name, member, null));
            } else if (!found.getFirst().property()) {
                checking.report(new TypeProblem.NotCalled(checking.at(member.span()), member.text()));
            } else {
                return found.getFirst().result();
            }
            return Basic.UNKNOWN;
        }
        if (Builtins.global(name.name()).isEmpty() && checking.declarations.integration(name.name()) != null) {
            checking.report(new CallProblem.EffectInExpression(
                    checking.at(name.span().to(member.span())), name.name() + "." + member.text()));
            return Basic.UNKNOWN;
        }
        return null;
    }

    /// What reading a member of a value gives.
    private Type read(Type owner, Tree.Name name, Expression object) {
        var results = new ArrayList<Type>();
        var without = new ArrayList<Type>();
        for (Type member : types.members(owner)) {
            Type result = readOne(member, name.text());
            if (result == null) {
                without.add(member);
            } else {
                results.add(result);
            }
        }
        if (without.isEmpty()) {
            return types.join(results);
        }
        if (!isMethod(owner, name)) {
            checking.report(
                    results.isEmpty()
                            ? noSuchField(owner, name)
                            : new TypeProblem.FieldOfSome(
                                    checking.at(name.span()),
                                    name.text(),
                                    Words.a(without.getFirst()),
                                    discriminator(owner, object)));
        }
        return Basic.UNKNOWN;
    }

    private @Nullable Type readOne(Type member, String name) {
        return switch (types.resolve(member)) {
            case Basic.JSON, Basic.UNKNOWN, Basic.NEVER -> member;
            case Type.MapOf(Type value) -> Types.union(value, Basic.UNDEFINED);
            case Type.RecordOf record -> fieldOf(record, name);
            case Basic.FILE -> fieldOf(types.recordOf(member), name);
            case Type other -> {
                var found = members(other, name);
                yield !found.isEmpty() && found.getFirst().property()
                        ? found.getFirst().result()
                        : null;
            }
        };
    }

    private static @Nullable Type fieldOf(Type.@Nullable RecordOf record, String name) {
        var field = record == null ? null : Types.field(record, name);
        return field == null ? null : Types.read(field);
    }

    private boolean isMethod(Type owner, Tree.Name name) {
        boolean method = !members(owner, name.text()).isEmpty();
        if (method) {
            checking.report(new TypeProblem.NotCalled(checking.at(name.span()), name.text()));
        }
        return method;
    }

    /// What JavaScript would find and Weir leaves out, or null.
    private @Nullable LeftOut leftOut(Type owner, String name) {
        var kinds = types.members(owner).stream().map(types::kind).distinct().toList();
        return kinds.size() == 1 ? LeftOut.method(kinds.getFirst(), name) : null;
    }

    private CheckProblem noSuchField(Type owner, Tree.Name name) {
        var leftOut = leftOut(owner, name.text());
        if (leftOut != null) {
            return new NameProblem.LeftOut(checking.at(name.span()), name.text(), leftOut.instead(), List.of());
        }
        var names = new LinkedHashSet<String>();
        for (Type member : types.members(owner)) {
            var record = types.recordOf(member);
            if (record != null) {
                record.fields().forEach(field -> names.add(field.name()));
            }
        }
        Builtins.memberNames().stream()
                .filter(method -> !members(owner, method).isEmpty())
                .forEach(names::add);
        boolean record = types.recordOf(owner) != null;
        String other = record ? null : OTHER_WORDS.get(name.text());
        String way = record ? null : OTHER_WAYS.get(name.text());
        String nearest = other != null && names.contains(other)
                ? other
                : way != null ? null : checking.nearest(name.text(), names).orElse(null);
        return new TypeProblem.NoSuchField(
                checking.at(name.span()), owner(owner), name.text(), nearest, way != null ? way : advice(owner));
    }

    /// The words for something that was asked for a member.
    private String owner(Type type) {
        return type == Basic.JSON
                ? "A JSON value"
                : Words.sentence(Words.a(type instanceof Literal literal ? Types.basicOf(literal) : type));
    }

    private @Nullable String advice(Type owner) {
        var record = types.recordOf(owner);
        return record == null || record.fields().isEmpty()
                ? null
                : "It has "
                        + Words.quoted(
                                record.fields().stream().map(Type.Field::name).toList(), "and")
                        + ".";
    }

    /// The field whose literal tells the alternatives apart, as it is read from the object.
    private @Nullable String discriminator(Type owner, Expression object) {
        for (Type member : types.members(owner)) {
            var record = types.recordOf(member);
            if (record != null) {
                for (var field : record.fields()) {
                    if (field.type() instanceof Literal) {
                        return checking.text(object.span()) + "." + field.name();
                    }
                }
            }
        }
        return null;
    }

    /// The signatures of a member that every alternative of the type has; for `json` all there are.
    private List<Builtin> members(Type owner, String name) {
        Type item = types.itemOf(owner);
        return Builtins.members(name).stream()
                .filter(builtin -> builtin.of() instanceof Builtin.Of.Value(Type receiver)
                        && types.members(owner).stream().allMatch(member -> accepts(receiver, member, item)))
                .toList();
    }

    private boolean accepts(Type receiver, Type member, @Nullable Type item) {
        return switch (receiver) {
            case Type.ListOf(Type.ListOf inner) -> item != null && types.itemOf(item) != null;
            case Type.ListOf(Type wanted) when wanted == Basic.JSON -> item != null;
            case Type.ListOf list -> item != null || member == Basic.JSON;
            // Default: every other receiver is told by its kind.
            default ->
                types.kind(member).equals(types.kind(receiver)) || member == Basic.JSON || member == Basic.UNKNOWN;
        };
    }

    // ---- indexes

    private Link index(Expression.Index index, Scope scope) {
        Span bracket = new Span(index.object().span().end(), index.span().end());
        Link object = object(index.object(), index.optional(), bracket, scope);
        Type by = expressions.infer(index.index(), scope);
        if (types.holdsSecret(by)) {
            checking.report(
                    new EffectProblem.SecretLeak(checking.at(index.index().span()), "`[…]`"));
            by = Basic.UNKNOWN;
        }
        var results = new ArrayList<Type>();
        for (Type member : types.members(object.type())) {
            results.add(item(member, by, index));
        }
        return new Link(types.join(results), object.shortens());
    }

    private Type item(Type member, Type by, Expression.Index index) {
        String kind = types.kind(by);
        return switch (types.resolve(member)) {
            case Basic.JSON, Basic.UNKNOWN, Basic.NEVER -> member;
            case Type.ListOf(Type item) when isIndex(kind) -> Types.union(item, Basic.UNDEFINED);
            case Type.MapOf(Type value)
            when kind.isEmpty() || kind.equals("string") || kind.equals("number") ->
                Types.union(value, Basic.UNDEFINED);
            case Type.RecordOf record
            when by instanceof Literal.Text(String name) -> {
                var field = Types.field(record, name);
                yield field == null ? unknownField(record, name, index) : Types.read(field);
            }
            case Type.RecordOf(List<Type.Field> fields)
            when kind.isEmpty() || kind.equals("string") ->
                Types.union(types.join(fields.stream().map(Type.Field::type).toList()), Basic.UNDEFINED);
            case Type other
            when types.kind(other).equals("string") && isIndex(kind) -> Types.union(Basic.STRING, Basic.UNDEFINED);
            case Type other -> {
                checking.report(new TypeProblem.Operands(
                        checking.at(index.index().span()), "[…]", Words.a(member), Words.a(by), null));
                yield Basic.UNKNOWN;
            }
        };
    }

    private static boolean isIndex(String kind) {
        return kind.isEmpty() || kind.equals("number");
    }

    private Type unknownField(Type.RecordOf record, String name, Expression.Index index) {
        checking.report(noSuchField(record, new Tree.Name(name, index.index().span())));
        return Basic.UNKNOWN;
    }

    // ---- calls

    private Link call(Expression.Call call, Scope scope) {
        if (call.callee() instanceof Expression.Member) {
            // Not a value, but something an editor asks about.
            checking.findings.type(call.callee(), Basic.UNKNOWN);
        }
        return switch (call.callee()) {
            case Expression.NameUse name -> new Link(expressions.calls.named(call, name, scope), false);
            case Expression.Member(Expression.NameUse space, Tree.Name name, boolean optional, Span span)
            when expressions.names.isFree(space.name(), scope) && expressions.calls.isOutside(space) ->
                new Link(expressions.calls.outside(call, space, name, scope), false);
            case Expression.Member member -> method(call, member, scope);
            case Expression.Parenthesized(Expression.Arrow arrow, Span at) -> {
                expressions.calls.inferAll(call, scope);
                expressions.calls.arrow(arrow, List.of(), scope);
                checking.report(new TypeProblem.NotCallable(
                        checking.at(at),
                        "An arrow that stands alone",
                        "Name its parts with `let`, or declare it: `function name(a: number) -> number = …`."));
                yield new Link(Basic.UNKNOWN, false);
            }
            // Default: any other value can be called as little.
            default -> {
                Link callee = link(call.callee(), scope);
                expressions.calls.inferAll(call, scope);
                checking.report(new TypeProblem.NotCallable(
                        checking.at(call.callee().span()), Words.sentence(Words.a(callee.type())), null));
                yield new Link(Basic.UNKNOWN, callee.shortens());
            }
        };
    }

    private Link method(Expression.Call call, Expression.Member member, Scope scope) {
        Link object = object(member.object(), member.optional(), dotBefore(member), scope);
        Type owner = object.type();
        if (owner == Basic.UNKNOWN || owner == Basic.NEVER) {
            expressions.calls.inferAll(call, scope);
            return new Link(owner, object.shortens());
        }
        var found = members(owner, member.name().text()).stream()
                .filter(builtin -> !builtin.property())
                .toList();
        if (found.isEmpty()) {
            expressions.calls.inferAll(call, scope);
            reportNoMethod(owner, call, member);
            return new Link(Basic.UNKNOWN, object.shortens());
        }
        Type result = expressions.calls.method(call, member.name(), owner, found, scope);
        if (reads(call, owner, result, found)) {
            checking.report(
                    new EffectProblem.SecretLeak(checking.at(member.object().span()), ""));
            return new Link(Basic.UNKNOWN, object.shortens());
        }
        return new Link(result, object.shortens());
    }

    /// Whether a method looks into secrets: it gives something that is none, or, without an arrow that would say
    /// how, orders by them. What arrows do with an item is looked at in them.
    private boolean reads(Expression.Call call, Type owner, Type result, List<Builtin> found) {
        if (result == Basic.UNKNOWN || !types.holdsSecret(owner)) {
            return false;
        }
        boolean takesArrow = found.stream()
                .flatMap(builtin -> builtin.parameters().stream())
                .anyMatch(slot -> slot.takes() instanceof Builtin.Takes.Arrow);
        return takesArrow ? call.arguments().isEmpty() : !types.holdsSecret(result);
    }

    private void reportNoMethod(Type owner, Expression.Call call, Expression.Member member) {
        Tree.Name name = member.name();
        boolean field =
                types.members(owner).stream().allMatch(one -> readOne(one, name.text()) != null) && owner != Basic.JSON;
        if (field) {
            checking.report(new TypeProblem.NotCallable(
                    checking.at(name.span()), "`" + name.text() + "`", "It is a value: leave out the parentheses."));
        } else if (member.object() instanceof Expression.NameUse hiding
                && Builtins.space(hiding.name()).containsKey(name.text())) {
            checking.report(new TypeProblem.NoSuchField(
                    checking.at(name.span()),
                    owner(owner),
                    name.text(),
                    null,
                    "The name `" + hiding.name() + "` hides the namespace: call it otherwise."));
        } else {
            var leftOut = leftOut(owner, name.text());
            checking.report(
                    leftOut == null
                            ? noSuchField(owner, name)
                            : new NameProblem.LeftOut(
                                    checking.at(name.span()),
                                    name.text(),
                                    leftOut.instead(),
                                    member.optional() ? List.of() : leftOut.fixes(call, member.object(), checking)));
        }
    }
}
