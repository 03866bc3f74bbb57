package weir.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Nearest;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.TypeExpression;

/// What every part of the checker works with: the declarations, what was found out so far, and the file it is in.
final class Checking {
    final Declarations declarations;
    final Types types;
    final Findings findings;
    final Source source;
    private final Availability availability;
    /// The symbols of constants, once their types are known; null while that is being found out.
    private final Map<String, @Nullable Symbol> constants;

    Checking(Declarations declarations, Findings findings, Availability availability, Source source) {
        this(declarations, findings, availability, source, new HashMap<>());
    }

    private Checking(
            Declarations declarations,
            Findings findings,
            Availability availability,
            Source source,
            Map<String, @Nullable Symbol> constants) {
        this.declarations = declarations;
        this.types = new Types(declarations.types);
        this.findings = findings;
        this.availability = availability;
        this.source = source;
        this.constants = constants;
    }

    /// The same in another file.
    Checking in(Source other) {
        return other == source ? this : new Checking(declarations, findings, availability, other, constants);
    }

    /// The place of a piece, without white space around it: repaired text may stand a little off.
    Location at(Span span) {
        String text = source.text();
        int start = span.start();
        int end = span.end();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Location(source, new Span(start, end));
    }

    String text(Span span) {
        return source.text(span);
    }

    void report(CheckProblem problem) {
        findings.report(problem);
    }

    /// The known name that was probably meant. Looking for it is cut short in texts with very many mistakes.
    Optional<String> nearest(String unknown, Collection<String> known) {
        return findings.spend(known.size()) ? Nearest.to(unknown, known) : Optional.empty();
    }

    /// The same where collecting the known names costs something.
    Optional<String> nearest(String unknown, Supplier<? extends Collection<String>> known) {
        return findings.spend(0) ? nearest(unknown, known.get()) : Optional.empty();
    }

    /// Says that a form is not available yet, if it is not.
    void require(Construct construct, Span span) {
        if (!availability.has(construct)) {
            report(new NotAvailable(at(span), construct.words(), construct.instead()));
        }
    }

    Type type(TypeExpression expression) {
        return new DeclaredTypes(this).type(expression);
    }

    /// The symbol of a constant of the files; its type is found out when it is first asked for.
    @Nullable
    Symbol constant(String name) {
        var constant = declarations.constants.get(name);
        if (constant == null) {
            return null;
        }
        if (constants.containsKey(name)) {
            Symbol known = constants.get(name);
            return known != null ? known : cyclic(constant);
        }
        constants.put(name, null);
        var tree = constant.tree();
        Checking there = in(constant.source());
        var expressions = new Expressions(there);
        Scope scope = Scope.of(Scope.Place.CONSTANT);
        Type type;
        if (tree.type() == null) {
            type = expressions.infer(tree.value(), scope);
        } else {
            type = there.type(tree.type());
            expressions.rely(tree.value(), type, scope, "`" + name + "`");
        }
        var symbol = new Symbol(
                Symbol.Kind.CONSTANT, name, type, there.at(tree.name().span()), tree.doc());
        findings.declare(tree.name(), symbol);
        constants.put(name, symbol);
        return symbol;
    }

    /// Where a constant, function, rule set or the settings of this name are declared, null when there are none.
    @Nullable
    Location fileLevel(String name) {
        var constant = declarations.constants.get(name);
        if (constant != null) {
            return new Location(constant.source(), constant.tree().name().span());
        }
        var function = declarations.functions.get(name);
        if (function != null) {
            return function.symbol().at();
        }
        var rules = declarations.rules.get(name);
        if (rules != null) {
            return rules.symbol().at();
        }
        Symbol settings = declarations.settingsSymbol();
        return settings != null && name.equals("settings") ? settings.at() : null;
    }

    private Symbol cyclic(Declarations.Constant constant) {
        var name = constant.tree().name();
        Location at = new Location(constant.source(), name.span());
        report(new NameProblem.NeedsItself(at, "constant", name.text()));
        return new Symbol(Symbol.Kind.CONSTANT, name.text(), Type.Basic.UNKNOWN, at, "");
    }

    /// A fix that inserts ` ?? VALUE` behind an expression, with a value of the wanted type; null where none is at
    /// hand.
    @Nullable
    Fix otherwise(Expression expression, Type wanted) {
        Span span = expression.span();
        if (expression instanceof Expression.Null) {
            // Nothing is missing by accident here. What may be left out is written so.
            boolean mayBeLeftOut = types.members(wanted).contains(Type.Basic.UNDEFINED);
            return mayBeLeftOut ? Fix.replace("Leave it out", span, "undefined") : null;
        }
        String value = emptyValue(wanted);
        if (value == null) {
            return null;
        }
        String title = "Give " + value + " instead";
        return findings.shortUses.contains(expression)
                ? Fix.insert(title, span.end(), ": " + text(span) + " ?? " + value)
                : alone(expression)
                        ? Fix.insert(title, span.end(), " ?? " + value)
                        : Fix.replace(title, span, "(" + text(span) + ") ?? " + value);
    }

    /// As `otherwise`, for an expression beside an operator: those bind closer than `??`, so this part needs
    /// parentheses of its own.
    @Nullable
    Fix otherwiseBesideOperator(Expression expression, Type wanted) {
        String value = emptyValue(wanted);
        if (value == null) {
            return null;
        }
        String text = text(expression.span());
        String part = alone(expression) ? text : "(" + text + ")";
        return Fix.replace("Give " + value + " instead", expression.span(), "(" + part + " ?? " + value + ")");
    }

    private static boolean alone(Expression expression) {
        return expression instanceof Expression.Member
                || expression instanceof Expression.Index
                || expression instanceof Expression.Call
                || expression instanceof Expression.NameUse
                || expression instanceof Expression.Parenthesized;
    }

    private @Nullable String emptyValue(Type wanted) {
        return switch (types.resolve(types.withoutMissing(wanted))) {
            case Type.Basic.STRING -> "\"\"";
            case Type.Basic.NUMBER, Type.Basic.INT -> "0";
            case Type.Basic.BOOLEAN -> "false";
            case Type.Basic.JSON -> "null";
            case Type.ListOf list -> "[]";
            case Type.MapOf map -> "{}";
            case Type.Literal literal -> Shape.display(literal);
            case Type.Union(List<Type> members) -> emptyValue(members.getFirst());
            // Default: no other type has an obvious empty value.
            default -> null;
        };
    }
}
