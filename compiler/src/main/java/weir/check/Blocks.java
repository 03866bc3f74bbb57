package weir.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Around.Concurrent;
import weir.check.Around.Value;
import weir.check.Availability.Construct;
import weir.check.Leaving.Way;
import weir.check.Scope.Elsewhere;
import weir.check.Symbol.Kind;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Block;

/// Statements that hold blocks: which names come out of them, what is known behind them, and what they give.
final class Blocks {
    /// Bodies that carry a value of a type which grows are looked at twice; nested deeper than this, the value is
    /// taken as `json`, once.
    private static final int NESTING = 6;
    /// So many missing cases are told at once.
    private static final int TOLD = 50;
    /// What is known behind the cases of a switch over more alternatives is not kept.
    private static final int NARROWED = 200;

    private final Expressions expressions;
    private final Checking checking;
    private final Types types;
    private final Statements statements;
    private int nesting;

    Blocks(Expressions expressions, Statements statements) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
        this.statements = statements;
    }

    /// The paths through the blocks of one statement.
    private final class Paths {
        private final Scope before;
        private final Statement.@Nullable Target target;
        private final Around around;
        private final List<Facts> ends = new ArrayList<>();

        Paths(Scope before, Statement.@Nullable Target target, Around around) {
            this.before = before;
            this.target = target;
            this.around = target == null
                    ? around
                    : Value.of(
                            around, target.name().text(), target.type() == null ? null : checking.type(target.type()));
        }

        /// Looks at one block that the statement may run.
        void block(Block block, Scope inside, Way way) {
            Scope end = statements.block(block, inside, around);
            Leaving.leave(inside, before, way);
            if (end != null && target != null) {
                statements.noYield(block, target.name().text(), "this block ends");
            } else if (end != null) {
                ends.add(end.facts());
            }
        }

        /// The statement may run no block at all.
        void none(Facts facts, Span at, String when) {
            if (target == null) {
                ends.add(facts);
            } else {
                checking.report(
                        new FlowProblem.NoYield(checking.at(at), target.name().text(), when));
            }
        }

        /// The scope behind the statement, null when no path gets there.
        @Nullable
        Scope end() {
            if (target == null) {
                return ends.isEmpty() ? null : before.knowing(Facts.either(ends));
            }
            var value = (Value) around;
            Type wanted = value.wanted();
            statements.target(target, wanted == null ? types.join(value.yielded()) : wanted, before);
            return value.yielded().isEmpty() ? null : before;
        }
    }

    // ---- if and switch

    @Nullable
    Scope branches(Statement.If branches, Scope scope, Around around) {
        var paths = new Paths(scope, branches.target(), around);
        Scope at = scope;
        for (var arm : branches.arms()) {
            var test = expressions.conditions.holds(arm.condition(), at);
            paths.block(arm.block(), at.inner().with(test.yes()), Way.IF);
            at = at.with(test.no());
        }
        if (branches.otherwise() != null) {
            paths.block(branches.otherwise(), at.inner(), Way.ELSE);
        } else {
            paths.none(at.facts(), keyword(branches.target(), branches.span(), "if"), "no condition of the `if` holds");
        }
        return paths.end();
    }

    /// The word that a block begins with, behind the name of its value.
    private Span keyword(Statement.@Nullable Target target, Span statement, String word) {
        int from = target == null ? statement.start() : target.name().span().end();
        int found = checking.source.text().indexOf(word, from);
        return found < 0 || found >= statement.end()
                ? statement
                : new Span(found, Math.min(statement.end(), found + word.length()));
    }

    @Nullable
    Scope cases(Statement.Switch cases, Scope scope, Around around) {
        Type subject = expressions.infer(cases.subject(), scope);
        if (!Fitting.fit(types, subject, Basic.JSON).fits()) {
            expressions.expect(cases.subject(), subject, Basic.JSON, "a `switch`");
            subject = Basic.UNKNOWN;
        }
        var paths = new Paths(scope, cases.target(), around);
        var known = new LinkedHashSet<>(types.members(subject));
        Set<Type> rest = new LinkedHashSet<>(known);
        if (rest.remove(Basic.BOOLEAN)) {
            rest.add(new Literal.Truth(true));
            rest.add(new Literal.Truth(false));
        }
        boolean narrows = known.size() <= NARROWED;
        Set<Type> seen = new HashSet<>();
        Scope at = scope;
        for (var one : cases.cases()) {
            Type values = caseValues(one, subject, known, seen, at);
            boolean constant = expressions.conditions.isConstant(values);
            Facts yes = constant && narrows
                    ? expressions.conditions.equal(cases.subject(), subject, values, at)
                    : Facts.NONE;
            paths.block(one.block(), at.inner().with(yes), Way.aCase(caseText(one)));
            if (constant) {
                types.members(values).forEach(rest::remove);
            }
            if (constant && narrows) {
                at = at.with(expressions.conditions.unequal(cases.subject(), subject, values, at));
            }
        }
        if (cases.otherwise() != null) {
            paths.block(cases.otherwise(), at.inner(), Way.ELSE);
        } else if (!rest.isEmpty()) {
            missing(cases, subject, rest, paths, at);
        }
        return paths.end();
    }

    private String caseText(Statement.Case one) {
        String text = one.values().isEmpty()
                ? ""
                : checking.text(one.values().getFirst().span());
        return text.length() <= 40 ? text : "…";
    }

    private Type caseValues(Statement.Case one, Type subject, Set<Type> known, Set<Type> seen, Scope scope) {
        var values = new ArrayList<Type>();
        for (Expression value : one.values()) {
            Type type = expressions.infer(value, scope);
            checking.findings.wanted.put(value, subject);
            if (!known.contains(type) && !types.overlap(subject, type)) {
                checking.report(new TypeProblem.NeverEqual(
                        checking.at(value.span()),
                        false,
                        Words.a(subject),
                        Words.a(type),
                        null,
                        nearest(value, subject)));
            } else if (expressions.conditions.isConstant(type) && !seen.add(type)) {
                checking.report(new FlowProblem.DuplicateCase(checking.at(value.span()), Shape.display(type)));
            }
            values.add(meant(value, type, subject));
        }
        return Types.union(values);
    }

    /// A misspelt value, which was reported, stands for the one that was meant, so that its case is not missed,
    /// too.
    private Type meant(Expression value, Type type, Type subject) {
        if (!(value instanceof Expression.Text text) || types.overlap(subject, type)) {
            return type;
        }
        return checking.nearest(text.value(), expressions.misfits.texts(subject))
                .<Type>map(Literal.Text::new)
                .orElse(type);
    }

    private @Nullable Fix nearest(Expression value, Type subject) {
        if (!(value instanceof Expression.Text text)) {
            return null;
        }
        return expressions.misfits.nearest(text.value(), subject, value.span());
    }

    /// A switch over known values that leaves some out; over others it may do nothing.
    private void missing(Statement.Switch cases, Type subject, Set<Type> rest, Paths paths, Scope at) {
        if (!rest.stream().allMatch(expressions.conditions::isConstant)) {
            paths.none(at.facts(), keyword(cases.target(), cases.span(), "switch"), "no case of the `switch` matches");
            return;
        }
        var missing = rest.stream().limit(TOLD).map(Shape::display).toList();
        String indent = indent(cases.span());
        var text = new StringBuilder();
        for (String value : missing) {
            text.append("  case ")
                    .append(value)
                    .append(" {\n")
                    .append(indent)
                    .append("  }\n")
                    .append(indent);
        }
        Fix fix = Fix.insert(
                missing.size() == 1 ? "Add the case " + missing.getFirst() : "Add the missing cases",
                cases.span().end() - 1,
                text.toString());
        checking.report(new FlowProblem.MissingCases(
                checking.at(keyword(cases.target(), cases.span(), "switch")), missing, fix));
        if (subject != Basic.UNKNOWN) {
            paths.ends.add(at.facts());
        }
    }

    private String indent(Span span) {
        String line =
                checking.source.line(checking.source.position(span.start()).line());
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    // ---- loops

    Scope loop(Statement.For loop, Scope scope, Around around) {
        Type list = expressions.infer(loop.list(), scope);
        Type item = item(loop, list);
        if (loop.atOnce() != null) {
            statements.amounts.count(loop.atOnce(), scope, "`at most`", "At least one has to run at once.");
        }
        Around outside =
                loop.atOnce() == null ? around : new Concurrent(around, "a `for … at once`", checking.at(loop.span()));
        Around inner = loop.target() == null
                ? outside
                : Value.of(outside, loop.target().name().text(), itemWanted(loop.target()));
        Scope inside = scope.inner();
        checking.findings.origins.put(statements.declare(Kind.ITEM, loop.item(), item, inside), loop);
        if (loop.index() != null) {
            statements.declare(Kind.ITEM, loop.index(), Basic.INT, inside);
        }
        Scope end = statements.block(loop.body(), inside, inner);
        Leaving.leave(inside, scope, Way.FOR);
        if (loop.target() != null && inner instanceof Value value) {
            if (end != null) {
                statements.noYield(loop.body(), loop.target().name().text(), "a pass of the `for` ends");
            }
            statements.target(loop.target(), listOf(value.wanted(), value.yielded()), scope);
        }
        return scope;
    }

    private Type item(Statement.For loop, Type list) {
        Type item = types.itemOf(list);
        if (item != null) {
            return item;
        }
        Type there = types.withoutMissing(list);
        Type itemThere = types.itemOf(there);
        if (itemThere != null) {
            expressions.expect(loop.list(), list, there, "`for … of`");
            return itemThere;
        }
        String kind = types.kind(there);
        String advice = kind.equals("record")
                ? "`Object.entries(…)` and `Object.values(…)` make a list of a record."
                : kind.equals("number") ? "`Array.from({ length: n }, (_, i) => i)` is a list of numbers." : null;
        checking.report(new TypeProblem.NotAList(checking.at(loop.list().span()), "`for … of`", Words.a(list), advice));
        return Basic.UNKNOWN;
    }

    /// What each yield of a loop has to fit when the list's type is written.
    private @Nullable Type itemWanted(Statement.Target target) {
        return target.type() == null ? null : types.itemOf(checking.type(target.type()));
    }

    /// What a loop gives: what its yields had to fit, or what they are.
    private Type listOf(@Nullable Type wanted, List<Type> yielded) {
        return new Type.ListOf(wanted == null ? types.join(yielded) : wanted);
    }

    @Nullable
    Scope repeat(Statement.Repeat repeat, Scope scope, Around around) {
        checking.require(Construct.REPEAT, repeat.span());
        statements.amounts.count(repeat.times(), scope, "`at most`", "At least one pass has to run.");
        if (repeat.every() != null) {
            statements.amounts.span(repeat.every(), scope, "`every`");
        }
        var carried = repeat.carried();
        Type start = carried == null ? Basic.NEVER : types.widen(expressions.infer(carried.first(), scope));
        Type first = carried != null && nesting >= NESTING ? Basic.JSON : start;
        int mark = checking.findings.mark();
        nesting++;
        Pass pass = pass(repeat, first, scope, around);
        Type grown = types.join(first, types.widen(pass.next()));
        if (carried != null && !grown.equals(first) && Types.isKnown(grown)) {
            checking.findings.forget(mark);
            pass = pass(repeat, grown, scope, around);
        }
        nesting--;
        if (repeat.target() != null) {
            statements.target(repeat.target(), listOf(itemWanted(repeat.target()), pass.yielded()), scope);
        }
        boolean runs = new Folding(checking.declarations).number(repeat.times()) != null;
        return pass.ends() || !runs ? scope : null;
    }

    /// @param next what the carried name is given for the next pass
    /// @param ends whether a pass can come to its end
    private record Pass(Type next, List<Type> yielded, boolean ends) {}

    private Pass pass(Statement.Repeat repeat, Type carriedType, Scope scope, Around around) {
        Around inner = repeat.target() == null
                ? around
                : Value.of(around, repeat.target().name().text(), itemWanted(repeat.target()));
        Scope inside = scope.inner();
        if (repeat.carried() != null) {
            statements.declare(Kind.ITEM, repeat.carried().name(), carriedType, inside);
        }
        Scope end = statements.block(repeat.body(), inside, inner);
        if (end != null && repeat.target() != null) {
            statements.noYield(repeat.body(), repeat.target().name().text(), "a pass of the `repeat` ends");
        }
        Scope after = end == null ? inside : end;
        Type next = repeat.carried() == null
                ? Basic.NEVER
                : expressions.infer(repeat.carried().next(), after);
        if (repeat.until() != null) {
            expressions.conditions.decides(repeat.until(), after, "`until`");
        }
        Leaving.leave(inside, scope, Way.REPEAT);
        List<Type> yielded = inner instanceof Value value && repeat.target() != null ? value.yielded() : List.of();
        return new Pass(next, yielded, end != null || !yielded.isEmpty());
    }

    // ---- side by side

    @Nullable
    Scope parallel(Statement.Parallel parallel, Scope scope, Around around) {
        branchNames(parallel.branches().stream().map(Statement.Branch::name).toList());
        var ends = new ArrayList<Scope>();
        boolean reachable = true;
        Scope beside = siblings(parallel.branches(), scope);
        for (var branch : parallel.branches()) {
            Scope inside = beside.inner();
            Around inner = new Concurrent(around, "a `parallel`", checking.at(parallel.span()));
            Scope end = statements.block(branch.block(), inside, inner);
            reachable &= end != null;
            inside.gone().forEach(scope::setElsewhere);
            ends.add(end == null ? inside : end);
        }
        Facts facts = scope.facts();
        for (Scope end : ends) {
            facts = facts.and(end.facts());
            end.declared().forEach((name, symbol) -> export(symbol, scope));
        }
        return reachable ? scope.knowing(facts) : null;
    }

    private void export(Symbol symbol, Scope scope) {
        Symbol other = scope.findHere(symbol.name());
        if (other != null && other.at() != null && symbol.at() != null) {
            checking.report(new FlowProblem.SameNameInBranches(symbol.at(), symbol.name(), other.at()));
        } else {
            scope.declare(symbol);
        }
    }

    /// The scope around all branches, which knows the names that they make. A branch finds its own before these.
    private Scope siblings(List<Statement.Branch> branches, Scope outside) {
        Scope beside = outside.inner();
        for (var branch : branches) {
            for (Tree.Name name : Made.by(branch.block())) {
                beside.setElsewhere(name.text(), new Elsewhere.Sibling(checking.at(name.span())));
            }
        }
        return beside;
    }

    private void branchNames(List<Tree.Name> names) {
        Map<String, Tree.Name> earlier = new HashMap<>();
        for (Tree.Name name : names) {
            Tree.Name first = earlier.putIfAbsent(name.text(), name);
            if (first != null) {
                checking.report(new NameProblem.Duplicate(
                        checking.at(name.span()), "branch", name.text(), checking.at(first.span())));
            }
        }
    }

    @Nullable
    Scope race(Statement.Race race, Scope scope, Around around) {
        checking.require(Construct.RACE, race.span());
        branchNames(race.branches().stream().map(Statement.Branch::name).toList());
        String name = race.target() == null ? "" : race.target().name().text();
        Type wanted = race.target() == null || race.target().type() == null
                ? null
                : checking.type(race.target().type());
        var concurrent = new Concurrent(around, "a `race`", checking.at(race.span()));
        var value = Value.of(concurrent, name, wanted);
        boolean passes = false;
        Scope beside = siblings(race.branches(), scope);
        for (var branch : race.branches()) {
            Scope inside = beside.inner();
            Scope end = statements.block(branch.block(), inside, value);
            Leaving.leave(inside, scope, Way.branch(branch.name().text(), "race"));
            passes |= end != null;
            if (end != null && race.target() != null) {
                statements.noYield(branch.block(), name, "a branch of the `race` ends");
            }
        }
        statements.target(race.target(), wanted == null ? types.join(value.yielded()) : wanted, scope);
        return passes || !value.yielded().isEmpty() ? scope : null;
    }

    @Nullable
    Scope split(Statement.Split split, Scope scope, Around around) {
        checking.require(Construct.SPLIT, split.span());
        expressions.check(split.experiment(), Basic.STRING, scope, "`split`");
        expressions.check(split.by(), Types.union(Basic.STRING, Basic.NUMBER), scope, "`by`");
        branchNames(split.branches().stream().map(Statement.Share::name).toList());
        double sum =
                split.branches().stream().mapToDouble(Statement.Share::percent).sum();
        if (!split.branches().isEmpty() && Math.abs(sum - 100) > 0.001) {
            checking.report(new EffectProblem.OutOfRange(
                    checking.at(keyword(split.target(), split.span(), "split")),
                    "The shares have to make 100 %, these make " + Shape.number(sum) + " %.",
                    null));
        }
        var paths = new Paths(scope, split.target(), around);
        for (var share : split.branches()) {
            paths.block(share.block(), scope.inner(), Way.branch(share.name().text(), "split"));
        }
        return paths.end();
    }

    @Nullable
    Scope attempt(Statement.Try attempt, Scope scope, Around around) {
        var paths = new Paths(scope, attempt.target(), around);
        paths.block(attempt.body(), scope.inner(), Way.TRY);
        Scope inside = scope.inner();
        var symbol = statements.declare(Kind.ERROR, attempt.error(), Steps.ERROR, inside);
        paths.block(attempt.handler(), inside, Way.CATCH);
        checking.findings.declare(attempt.error(), symbol);
        return paths.end();
    }
}
