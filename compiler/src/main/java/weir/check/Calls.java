package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Builtin;
import weir.model.Builtin.Slot;
import weir.model.Builtin.Takes;
import weir.model.Builtins;
import weir.model.Parameter;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.syntax.Expression;
import weir.syntax.Expression.Element;
import weir.syntax.Tree;

/// Calls in expressions: functions and rules of the file, and everything built in.
final class Calls {
    /// Arrows that give a new value to their own first parameter are looked at twice; nested deeper than this, the
    /// value is taken as `json`, once.
    private static final int NESTING = 6;

    private final Expressions expressions;
    private final Checking checking;
    private final Types types;
    private int nesting;

    Calls(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
    }

    // ---- by name

    /// A call of a single name.
    Type named(Expression.Call call, Expression.NameUse name, Scope scope) {
        var declarations = checking.declarations;
        if (expressions.names.isFree(name.name(), scope)) {
            var function = declarations.functions.get(name.name());
            if (function != null) {
                return declared(call, name, function.signature(), function.symbol(), scope);
            }
            var rules = declarations.rules.get(name.name());
            if (rules != null) {
                return declared(call, name, rules.signature(), rules.symbol(), scope);
            }
            var globals = Builtins.global(name.name());
            if (!globals.isEmpty() && !globals.getFirst().property()) {
                expressions.names.noteGlobal(name, globals.getFirst().doc(), Basic.UNKNOWN);
                return global(call, name, globals, scope);
            }
        }
        return unknown(call, name, scope);
    }

    private Type unknown(Expression.Call call, Expression.NameUse name, Scope scope) {
        inferAll(call, scope);
        if (checking.declarations.workflows.containsKey(name.name()) && expressions.names.isFree(name.name(), scope)) {
            checking.report(new CallProblem.EffectInExpression(checking.at(name.span()), name.name()));
            return Basic.UNKNOWN;
        }
        Type type = expressions.infer(name, scope);
        if (type != Basic.UNKNOWN) {
            String hides = Builtins.global(name.name()).isEmpty() ? null : "The name hides the built-in function.";
            checking.report(new TypeProblem.NotCallable(checking.at(name.span()), "`" + name.name() + "`", hides));
        }
        return Basic.UNKNOWN;
    }

    private Type declared(
            Expression.Call call, Expression.NameUse name, Signature signature, Symbol symbol, Scope scope) {
        checking.findings.use(name, symbol, checking.source, name.span());
        var parameters = signature.parameters();
        int least = (int)
                parameters.stream().filter(parameter -> !parameter.optional()).count();
        var arguments = call.arguments();
        boolean spread = arguments.stream().anyMatch(Element::spread);
        if (spread) {
            inferAll(call, scope);
            checking.report(new CallProblem.SpreadArguments(checking.at(call.span()), name.name()));
            return signature.result();
        }
        if (arguments.size() < least || arguments.size() > parameters.size()) {
            inferAll(call, scope);
            checking.report(new CallProblem.WrongCount(
                    checking.at(name.span()),
                    name.name(),
                    takes(least, parameters.size()),
                    arguments.size(),
                    signature.text()));
            return signature.result();
        }
        for (int i = 0; i < arguments.size(); i++) {
            Parameter parameter = parameters.get(i);
            expressions.rely(arguments.get(i).value(), wanted(parameter), scope, "`" + parameter.name() + "`");
        }
        return signature.result();
    }

    static Type wanted(Parameter parameter) {
        return parameter.optional() ? Types.union(parameter.type(), Basic.UNDEFINED) : parameter.type();
    }

    private static String takes(int least, int most) {
        return least == most
                ? (least == 0 ? "no arguments" : Words.count(least, "argument"))
                : most == Integer.MAX_VALUE
                        ? "at least " + Words.count(least, "argument")
                        : least + " to " + Words.count(most, "argument");
    }

    /// Built in: some draw, one names a secret, the others are ordinary.
    private Type global(Expression.Call call, Expression.NameUse name, List<Builtin> globals, Scope scope) {
        String word = name.name();
        if (globals.getFirst().form()) {
            if (word.equals("secret")) {
                boolean literal = call.arguments().size() == 1
                        && call.arguments().getFirst().value() instanceof Expression.Text;
                if (!literal) {
                    inferAll(call, scope);
                    checking.report(new EffectProblem.SecretName(checking.at(call.span())));
                }
                return Basic.SECRET;
            }
            if (!scope.place().draws()) {
                checking.report(new EffectProblem.DrawnInPure(
                        checking.at(call.span()), word + "()", scope.place().words()));
            }
        }
        return builtin(call, word, null, globals, scope);
    }

    // ---- in namespaces and integrations

    /// Whether a name that no value has is a namespace or an integration.
    boolean isOutside(Expression.NameUse name) {
        return !Builtins.space(name.name()).isEmpty()
                || (Builtins.global(name.name()).isEmpty() && checking.declarations.integration(name.name()) != null);
    }

    Type outside(Expression.Call call, Expression.NameUse space, Tree.Name name, Scope scope) {
        var members = Builtins.space(space.name());
        if (members.isEmpty()) {
            inferAll(call, scope);
            checking.report(new CallProblem.EffectInExpression(
                    checking.at(space.span().to(name.span())), space.name() + "." + name.text()));
            return Basic.UNKNOWN;
        }
        expressions.names.noteGlobal(space, "", Basic.UNKNOWN);
        var found = members.getOrDefault(name.text(), List.of()).stream()
                .filter(builtin -> !builtin.property())
                .toList();
        if (found.isEmpty()) {
            inferAll(call, scope);
            checking.report(noMember(space, name, call));
            return Basic.UNKNOWN;
        }
        return builtin(call, space.name() + "." + name.text(), null, found, scope);
    }

    /// @param call the call that it is the callee of, or null
    CheckProblem noMember(Expression.NameUse space, Tree.Name name, Expression.@Nullable Call call) {
        String full = space.name() + "." + name.text();
        var leftOut = LeftOut.function(full);
        if (leftOut != null) {
            return new NameProblem.LeftOut(
                    checking.at(space.span().to(name.span())),
                    full,
                    leftOut.instead(),
                    call == null ? List.of() : leftOut.fixes(call, null, checking));
        }
        var members = Builtins.space(space.name()).keySet();
        return new TypeProblem.NoSuchField(
                checking.at(name.span()),
                "`" + space.name() + "`",
                name.text(),
                checking.nearest(name.text(), members).orElse(null),
                "It has " + Words.quoted(List.copyOf(members), "and") + ".");
    }

    // ---- by signature

    /// A call of a method.
    Type method(Expression.Call call, Tree.Name name, Type owner, List<Builtin> found, Scope scope) {
        return builtin(call, name.text(), owner, found, scope);
    }

    /// An argument, looked at unless it is an arrow or a function, which wait for what they will be given.
    private record Given(Expression expression, @Nullable Type type) {}

    private Type builtin(
            Expression.Call call, String name, @Nullable Type owner, List<Builtin> overloads, Scope scope) {
        int count = call.arguments().size();
        boolean spread = call.arguments().stream().anyMatch(Element::spread);
        var counted = overloads.stream()
                .filter(overload -> spread ? takesRest(overload) : least(overload) <= count && count <= most(overload))
                .toList();
        if (counted.isEmpty()) {
            inferAll(call, scope);
            var shown = overloads.getFirst();
            int most = overloads.stream().mapToInt(Calls::most).max().orElse(0);
            int least = overloads.stream().mapToInt(Calls::least).min().orElse(0);
            checking.report(new CallProblem.WrongCount(
                    checking.at(call.callee().span()), name, takes(least, most), count, shown.signature()));
            return Basic.UNKNOWN;
        }
        List<Given> given =
                call.arguments().stream().map(argument -> look(argument, scope)).toList();
        var shaped = counted.stream()
                .filter(overload -> takesArrows(overload, given))
                .toList();
        var candidates = shaped.isEmpty() ? counted : shaped;
        var chosen = owner == Basic.JSON ? candidates : List.of(choose(candidates, given, owner));
        if (chosen.size() > 1 && chosen.stream().map(Builtin::of).distinct().count() > 1) {
            // Of `json` it is not known which receiver it is: only what all have in common can be said.
            return ambiguous(chosen, given, scope);
        }
        return new Application(chosen.getFirst(), owner, given, scope).result();
    }

    private Type ambiguous(List<Builtin> candidates, List<Given> given, Scope scope) {
        for (Given argument : given) {
            if (argument.expression() instanceof Expression.Arrow arrow) {
                arrow(arrow, List.of(Basic.JSON, Basic.INT), scope);
            } else if (argument.type() == null) {
                expressions.infer(argument.expression(), scope);
            } else {
                expressions.expect(
                        argument.expression(),
                        argument.type(),
                        Basic.JSON,
                        "`" + candidates.getFirst().name() + "`");
            }
        }
        var results = candidates.stream().map(Builtin::result).distinct().toList();
        boolean plain = results.size() == 1 && results.getFirst() instanceof Basic;
        return plain ? results.getFirst() : Basic.JSON;
    }

    private Given look(Element argument, Scope scope) {
        Expression value = argument.value();
        boolean waits = value instanceof Expression.Arrow || functionNamed(value, scope) != null;
        if (waits) {
            return new Given(value, null);
        }
        Type type = expressions.infer(value, scope);
        return new Given(value, argument.spread() ? spreadItem(value, type) : type);
    }

    private Type spreadItem(Expression value, Type type) {
        Type item = types.kind(type).equals("string") ? Basic.STRING : types.itemOf(type);
        if (item == null) {
            checking.report(new TypeProblem.NotAList(checking.at(value.span()), "`...`", Words.a(type), null));
        }
        return item == null ? Basic.UNKNOWN : item;
    }

    private Builtin choose(List<Builtin> candidates, List<Given> given, @Nullable Type owner) {
        for (Builtin candidate : candidates) {
            var variables = new Variables(types);
            if (candidate.of() instanceof Builtin.Of.Value(Type receiver) && owner != null) {
                variables.bind(receiver, owner);
            }
            boolean fits = true;
            for (int i = 0; i < given.size() && fits; i++) {
                Type type = given.get(i).type();
                if (slot(candidate, i).takes() instanceof Takes.Value(Type wanted) && type != null) {
                    variables.bind(wanted, type);
                    fits = Fitting.fit(types, type, variables.apply(wanted)) instanceof Fit.Proven;
                }
            }
            if (fits) {
                return candidate;
            }
        }
        return candidates.getLast();
    }

    /// Whether it takes arrows where arrows are given, and nowhere else.
    private static boolean takesArrows(Builtin candidate, List<Given> given) {
        for (int i = 0; i < given.size(); i++) {
            if (slot(candidate, i).takes() instanceof Takes.Arrow
                    != (given.get(i).type() == null)) {
                return false;
            }
        }
        return true;
    }

    private static Slot slot(Builtin builtin, int index) {
        var slots = builtin.parameters();
        return slots.get(Math.min(index, slots.size() - 1));
    }

    private static boolean takesRest(Builtin builtin) {
        return !builtin.parameters().isEmpty() && builtin.parameters().getLast().rest();
    }

    private static int least(Builtin builtin) {
        return (int)
                builtin.parameters().stream().filter(slot -> !slot.optional()).count();
    }

    private static int most(Builtin builtin) {
        return takesRest(builtin) ? Integer.MAX_VALUE : builtin.parameters().size();
    }

    /// One signature applied to the arguments of one call.
    private final class Application {
        private final Builtin builtin;
        private final List<Given> given;
        private final Scope scope;
        private final Variables variables = new Variables(types);
        private @Nullable Type filtered;

        Application(Builtin builtin, @Nullable Type owner, List<Given> given, Scope scope) {
            this.builtin = builtin;
            this.given = given;
            this.scope = scope;
            if (builtin.of() instanceof Builtin.Of.Value(Type receiver) && owner != null) {
                variables.bind(receiver, owner);
            }
        }

        Type result() {
            values();
            arrows();
            Type result = variables.apply(builtin.result());
            return filtered == null
                    ? result
                    : switch (builtin.name()) {
                        case "filter" -> new Type.ListOf(filtered);
                        case "find", "findLast" -> Types.union(filtered, Basic.UNDEFINED);
                        default -> result;
                    };
        }

        private void values() {
            for (int i = 0; i < given.size(); i++) {
                Given argument = given.get(i);
                Slot slot = slot(builtin, i);
                Type type = argument.type();
                if (type == null || !(slot.takes() instanceof Takes.Value(Type pattern))) {
                    continue;
                }
                variables.bind(pattern, startsAccumulator() ? types.widen(type) : type);
                Type wanted = variables.apply(pattern);
                checking.findings.wanted.put(argument.expression(), wanted);
                expressions.expect(
                        argument.expression(),
                        type,
                        slot.optional() && !slot.rest() ? Types.union(wanted, Basic.UNDEFINED) : wanted,
                        "`" + slot.name() + "` of `" + builtin.name() + "`");
            }
        }

        private boolean startsAccumulator() {
            return builtin.name().startsWith("reduce");
        }

        private void arrows() {
            for (int i = 0; i < given.size(); i++) {
                Given argument = given.get(i);
                Slot slot = slot(builtin, i);
                if (slot.takes() instanceof Takes.Arrow takes) {
                    arrowSlot(argument, slot, takes);
                } else if (argument.type() == null) {
                    expressions.infer(argument.expression(), scope);
                }
            }
        }

        private void arrowSlot(Given argument, Slot slot, Takes.Arrow takes) {
            if (argument.type() != null) {
                if (argument.type() != Basic.UNKNOWN) {
                    checking.report(new TypeProblem.Mismatch(
                            checking.at(argument.expression().span()),
                            "`" + slot.name() + "` of `" + builtin.name() + "`",
                            "",
                            Words.a(argument.type()),
                            "an arrow",
                            "Write `item => …`.",
                            List.of()));
                }
                return;
            }
            boolean accumulates = startsAccumulator();
            if (accumulates && nesting >= NESTING) {
                variables.bind(takes.result(), Basic.JSON);
            }
            nesting += accumulates ? 1 : 0;
            int mark = checking.findings.mark();
            Type body = body(argument, takes);
            Type before = variables.apply(takes.result());
            variables.bind(takes.result(), accumulates ? types.widen(body) : body);
            Type after = variables.apply(takes.result());
            if (accumulates && !before.equals(after) && Types.isKnown(after)) {
                checking.findings.forget(mark);
                body = body(argument, takes);
                variables.bind(takes.result(), types.widen(body));
                after = variables.apply(takes.result());
            }
            nesting -= accumulates ? 1 : 0;
            expressions.expect(
                    argument.expression() instanceof Expression.Arrow arrow ? arrow.body() : argument.expression(),
                    body,
                    after,
                    "the result of the arrow");
        }

        private Type body(Given argument, Takes.Arrow takes) {
            var parameters = takes.parameters().stream().map(variables::apply).toList();
            if (argument.expression() instanceof Expression.Arrow arrow) {
                var result = arrow(arrow, parameters, scope);
                if (result.narrowed() != null) {
                    filtered = result.narrowed();
                }
                return result.type();
            }
            var signature = functionNamed(argument.expression(), scope);
            if (signature != null && signature.name().equals("Boolean") && !parameters.isEmpty()) {
                filtered = types.truthy(parameters.getFirst());
            }
            return signature == null ? Basic.UNKNOWN : reference(argument.expression(), signature, parameters);
        }

        /// A function by its name where an arrow is wanted.
        private Type reference(Expression expression, Signature signature, List<Type> parameters) {
            checking.findings.type(expression, Basic.UNKNOWN);
            for (int i = 0; i < signature.parameters().size(); i++) {
                Parameter parameter = signature.parameters().get(i);
                if (i < parameters.size()) {
                    Type given = parameters.get(i);
                    Fit fit = Fitting.fit(types, given, wanted(parameter));
                    if (fit instanceof Fit.Not not) {
                        String slot = "`" + signature.name() + "`";
                        expressions.misfits.report(expression.span(), given, wanted(parameter), not, slot);
                    } else if (fit instanceof Fit.AtRunTime) {
                        checking.findings.openReferences.add(expression);
                    }
                } else if (!parameter.optional()) {
                    checking.report(new CallProblem.WrongCount(
                            checking.at(expression.span()),
                            signature.name(),
                            Words.count(signature.parameters().size(), "argument"),
                            parameters.size(),
                            signature.text()));
                    break;
                }
            }
            return signature.result();
        }
    }

    // ---- arrows and functions as arguments

    /// @param narrowed what the first parameter is where the body holds, if that is less than it was
    record ArrowResult(Type type, @Nullable Type narrowed) {}

    /// Looks at an arrow whose parameters get these types.
    ArrowResult arrow(Expression.Arrow arrow, List<Type> parameters, Scope scope) {
        Scope inside = scope.inner();
        for (int i = 0; i < arrow.parameters().size(); i++) {
            Type type = i < parameters.size() ? parameters.get(i) : Basic.UNDEFINED;
            bind(arrow.parameters().get(i), parameters.isEmpty() ? Basic.UNKNOWN : type, inside);
        }
        var test = expressions.conditions.value(arrow.body(), inside);
        checking.findings.type(arrow.body(), test.type());
        Type narrowed = null;
        if (!arrow.parameters().isEmpty() && arrow.parameters().getFirst() instanceof Expression.Pattern.Bind bind) {
            Symbol symbol = inside.findHere(bind.name().text());
            narrowed = symbol == null ? null : Refinement.of(types, test.yes(), symbol);
        }
        return new ArrowResult(test.type(), narrowed);
    }

    private void bind(Expression.Pattern pattern, Type type, Scope inside) {
        switch (pattern) {
            case Expression.Pattern.Bind bind -> {
                var name = bind.name();
                var symbol = new Symbol(Symbol.Kind.ARROW, name.text(), type, checking.at(name.span()), "");
                checking.findings.declare(name, symbol);
                inside.declare(symbol);
            }
            case Expression.Pattern.Fields fields -> {
                for (var field : fields.fields()) {
                    if (field.pattern() instanceof Expression.Pattern.Bind bound
                            && bound.name().span().equals(field.key().span())) {
                        checking.findings.shorthands.add(bound.name());
                    }
                    bind(field.pattern(), expressions.literals.destructure(type, field.key()), inside);
                }
            }
            case Expression.Pattern.Items items -> {
                Type item = types.itemOf(types.withoutMissing(type));
                if (item == null && types.holdsSecret(type)) {
                    checking.report(new EffectProblem.SecretLeak(checking.at(items.span()), ""));
                }
                for (var part : items.items()) {
                    Type read = item == null
                            ? Basic.UNKNOWN
                            : item == Basic.JSON ? item : Types.union(item, Basic.UNDEFINED);
                    bind(part, read, inside);
                }
            }
        }
    }

    /// The signature of a function that is given by its name, null when the expression is something else.
    @Nullable
    Signature functionNamed(Expression expression, Scope scope) {
        if (!(expression instanceof Expression.NameUse name) || !expressions.names.isFree(name.name(), scope)) {
            return null;
        }
        var function = checking.declarations.functions.get(name.name());
        if (function != null) {
            checking.findings.use(name, function.symbol(), checking.source, name.span());
            return function.signature();
        }
        var rules = checking.declarations.rules.get(name.name());
        if (rules != null) {
            checking.findings.use(name, rules.symbol(), checking.source, name.span());
            return rules.signature();
        }
        var globals = Builtins.global(name.name());
        if (globals.isEmpty()
                || globals.getFirst().property()
                || globals.getFirst().form()) {
            return null;
        }
        expressions.names.noteGlobal(name, globals.getFirst().doc(), Basic.UNKNOWN);
        return signature(globals.getFirst());
    }

    private static @Nullable Signature signature(Builtin builtin) {
        var parameters = new ArrayList<Parameter>();
        for (Slot slot : builtin.parameters()) {
            if (!(slot.takes() instanceof Takes.Value(Type type)) || slot.rest()) {
                return null;
            }
            parameters.add(new Parameter(slot.name(), type, slot.optional(), ""));
        }
        return new Signature(builtin.name(), parameters, builtin.result(), builtin.doc());
    }

    /// Looks at the arguments of a call that cannot be understood.
    void inferAll(Expression.Call call, Scope scope) {
        for (Element argument : call.arguments()) {
            if (argument.value() instanceof Expression.Arrow arrow) {
                arrow(arrow, List.of(), scope);
            } else {
                expressions.infer(argument.value(), scope);
            }
        }
    }
}
