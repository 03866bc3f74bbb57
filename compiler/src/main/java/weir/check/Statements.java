package weir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.check.Around.Concurrent;
import weir.check.Around.Value;
import weir.check.Availability.Construct;
import weir.check.Scope.Elsewhere;
import weir.check.Symbol.Kind;
import weir.model.Answers;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Block;

/// Statements in their order: names appear, what is known grows, and paths end.
final class Statements {
    private final Expressions expressions;
    private final Checking checking;
    private final Types types;
    private final Steps steps;
    private final Blocks blocks;
    private final Map<String, Symbol> named;
    final Amounts amounts;

    /// @param named collects the steps with effects that have names
    Statements(Expressions expressions, Steps steps, Map<String, Symbol> named) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
        this.steps = steps;
        this.named = named;
        this.amounts = new Amounts(expressions);
        this.blocks = new Blocks(expressions, this);
    }

    /// Looks at a block in a scope of its own.
    ///
    /// @param scope the block's own scope
    /// @return the scope at its end, null when no path gets there
    @Nullable
    Scope block(Block block, Scope scope, Around around) {
        checking.findings.scopes.put(block, scope);
        for (Statement statement : block.statements()) {
            for (Tree.Name name : Made.by(statement)) {
                scope.setElsewhere(name.text(), new Elsewhere.Later(checking.at(name.span())));
            }
        }
        Scope at = scope;
        boolean reachable = true;
        for (int i = 0; i < block.statements().size(); i++) {
            Statement statement = block.statements().get(i);
            checking.findings.scopes.put(statement, at);
            Scope after = statement(statement, at, around);
            if (after == null && reachable && i + 1 < block.statements().size()) {
                Span rest = block.statements()
                        .get(i + 1)
                        .span()
                        .to(block.statements().getLast().span());
                checking.report(new FlowProblem.Unreachable(checking.at(rest), leaving(statement)));
            }
            reachable &= after != null;
            at = after == null ? at : after;
        }
        checking.findings.ends.put(block, at);
        return reachable ? at : null;
    }

    private static String leaving(Statement statement) {
        return switch (statement) {
            case Statement.Return returns -> "the `return`";
            case Statement.Yield yields -> "the `yield`";
            case Statement.Fail fail -> "the `fail`";
            // Default: any other statement leaves on all of its paths.
            default -> "every path of the block";
        };
    }

    /// @return the scope behind the statement, null when no path gets there
    private @Nullable Scope statement(Statement statement, Scope scope, Around around) {
        return switch (statement) {
            case Statement.Let let -> let(let, scope);
            case Statement.Step step -> step(step, scope, around);
            case Statement.Ask ask -> ask(ask, scope);
            case Statement.WaitFor waitFor -> waitFor(waitFor, scope);
            case Statement.If branches -> blocks.branches(branches, scope, around);
            case Statement.Switch cases -> blocks.cases(cases, scope, around);
            case Statement.For loop -> blocks.loop(loop, scope, around);
            case Statement.Repeat repeat -> blocks.repeat(repeat, scope, around);
            case Statement.Parallel parallel -> blocks.parallel(parallel, scope, around);
            case Statement.Race race -> blocks.race(race, scope, around);
            case Statement.Split split -> blocks.split(split, scope, around);
            case Statement.Try attempt -> blocks.attempt(attempt, scope, around);
            case Statement.Wait wait -> {
                amounts.pause(wait.duration(), scope, "`wait`");
                yield scope;
            }
            case Statement.WaitUntil wait -> {
                checking.require(Construct.WAIT_UNTIL, wait.span());
                expressions.check(wait.time(), Basic.DATETIME, scope, "`wait until`");
                yield scope;
            }
            case Statement.Emit emit -> emit(emit, scope);
            case Statement.Log log -> {
                expressions.open(log.value(), scope, "`log`");
                yield scope;
            }
            case Statement.Return returns -> returns(returns, scope, around);
            case Statement.Yield yields -> yields(yields, scope, around);
            case Statement.Fail fail -> {
                expressions.check(fail.message(), Basic.STRING, scope, "`fail`");
                yield null;
            }
            case Statement.Broken broken -> scope;
        };
    }

    // ---- names

    /// Gives a name to a value, unless the name already means something.
    Symbol declare(Kind kind, Tree.Name name, Type type, Scope scope) {
        var symbol = new Symbol(kind, name.text(), type, checking.at(name.span()), "");
        checking.findings.declare(name, symbol);
        Symbol here = scope.findHere(name.text());
        Symbol outer = scope.find(name.text());
        if (here != null && here.at() != null) {
            checking.report(new NameProblem.Duplicate(checking.at(name.span()), "name", name.text(), here.at()));
        } else if (outer != null) {
            checking.report(new NameProblem.Shadowing(checking.at(name.span()), name.text(), outer.at()));
        } else if (checking.fileLevel(name.text()) != null) {
            checking.report(
                    new NameProblem.Shadowing(checking.at(name.span()), name.text(), checking.fileLevel(name.text())));
        }
        scope.declare(symbol);
        return symbol;
    }

    /// Gives the value of a step or block its name, if it has one.
    void target(Statement.@Nullable Target target, Type type, Scope scope) {
        if (target != null) {
            declare(Kind.STEP, target.name(), steps.targetType(target, type), scope);
        }
    }

    // ---- simple statements

    private Scope let(Statement.Let let, Scope scope) {
        Type type;
        if (let.type() == null) {
            type = expressions.infer(let.value(), scope);
        } else {
            type = checking.type(let.type());
            Type given =
                    expressions.check(let.value(), type, scope, "`" + let.name().text() + "`");
            checking.findings.runTimeChecks.remove(let);
            if (expressions.isOpen(let.value(), given, type)) {
                checking.findings.runTimeChecks.put(let, type);
            }
        }
        Symbol symbol = declare(Kind.LET, let.name(), type, scope);
        checking.findings.lets.put(let, symbol);
        checking.findings.origins.put(symbol, let);
        return scope;
    }

    private Scope step(Statement.Step step, Scope scope, Around around) {
        Type result = steps.call(step.call(), scope);
        Callee callee = checking.findings.callees.get(step.call());
        Type value = steps.mayGiveNull(step.policies()) ? Types.union(result, Basic.NULL) : result;
        Scope after = scope;
        if (step.target() != null) {
            if (result == Basic.NULL && callee instanceof Callee.Workflow(String name)) {
                checking.report(new FlowProblem.NoValue(
                        checking.at(step.target().name().span()),
                        "The workflow `" + name + "`",
                        "Let it `return` one."));
                result = Basic.UNKNOWN;
            }
            after = scope.inner();
            Type checked = steps.targetType(step.target(), result);
            after.declare(new Symbol(
                    Kind.STEP,
                    step.target().name().text(),
                    checked,
                    checking.at(step.target().name().span()),
                    ""));
            value = steps.mayGiveNull(step.policies()) ? Types.union(checked, Basic.NULL) : checked;
        }
        Type wanted = value;
        var handled = new ArrayList<Type>();
        steps.policies(
                step.policies(),
                callee,
                scope,
                after,
                (block, inside) -> handled.addAll(handler(block, inside, step.target(), wanted, around)));
        if (step.target() != null) {
            boolean none = step.target().type() == null
                    && handled.stream().anyMatch(type -> types.members(type).contains(Basic.NULL));
            value = none ? Types.union(value, Basic.NULL) : value;
            Symbol symbol = declare(Kind.STEP, step.target().name(), value, scope);
            named.putIfAbsent(symbol.name(), symbol);
            checking.findings.callees.put(symbol, callee);
            checking.findings.origins.put(symbol, step);
        }
        return scope;
    }

    /// The block of `on error`: its yield is the step's value. Where no type is written it may also yield null.
    ///
    /// @return what it yields
    private List<Type> handler(
            Block block, Scope inside, Statement.@Nullable Target target, Type wanted, Around around) {
        if (target == null) {
            block(block, inside, around);
            return List.of();
        }
        Type fits = target.type() == null ? Types.union(wanted, Basic.NULL) : wanted;
        var here = Value.of(around, target.name().text(), fits);
        Scope end = block(block, inside, here);
        if (end != null) {
            noYield(block, target.name().text(), "the `on error` ends");
        }
        return here.yielded();
    }

    void noYield(Block block, String name, String when) {
        int end = block.span().end();
        checking.report(new FlowProblem.NoYield(
                checking.at(new Span(Math.max(block.span().start(), end - 1), end)), name, when));
    }

    private Scope ask(Statement.Ask ask, Scope scope) {
        checking.require(Construct.ASK, ask.span());
        expressions.check(ask.question(), Basic.STRING, scope, "`ask`");
        person(ask.who(), scope);
        var more = ask.answer() == null ? null : types.resolve(checking.type(ask.answer()));
        if (more != null && ask.answer() != null && types.holdsSecret(more)) {
            checking.report(
                    new EffectProblem.SecretFromOutside(checking.at(ask.answer().span()), "An answer"));
        }
        Type answer = Answers.type(more instanceof Type.RecordOf record ? record.fields() : List.of());
        if (ask.upTo() != null) {
            amounts.span(ask.upTo(), scope, "`up to`");
            answer = Types.union(answer, Basic.NULL);
        }
        waited(ask.target(), answer, scope);
        return scope;
    }

    /// `role("sales")` or `person(email)`
    private void person(Expression who, Scope scope) {
        boolean known = who instanceof Expression.Call call
                && call.callee() instanceof Expression.NameUse(String name, Span span)
                && (name.equals("role") || name.equals("person"))
                && call.arguments().size() == 1;
        if (known) {
            expressions.check(((Expression.Call) who).arguments().getFirst().value(), Basic.STRING, scope, "`of`");
        } else {
            Type type = expressions.infer(who, scope);
            if (type != Basic.UNKNOWN && type != Basic.JSON) {
                checking.report(new TypeProblem.Mismatch(
                        checking.at(who.span()),
                        "`of`",
                        "",
                        Words.a(type),
                        "`role(…)` or `person(…)`",
                        null,
                        List.of()));
            }
        }
    }

    private Scope waitFor(Statement.WaitFor wait, Scope scope) {
        checking.require(Construct.WAIT_FOR, wait.span());
        expressions.name(wait.event(), scope, "`wait for`", "An event");
        Type event = wait.type() == null ? Basic.JSON : checking.type(wait.type());
        if (wait.type() != null && types.holdsSecret(event)) {
            checking.report(
                    new EffectProblem.SecretFromOutside(checking.at(wait.type().span()), "An event"));
        }
        if (wait.where() != null) {
            Scope inside =
                    scope.inner().declare(new Symbol(Kind.SPECIAL, "event", event, null, "The event that came."));
            expressions.conditions.decides(wait.where(), inside, "`where`");
        }
        Type value = event;
        if (wait.upTo() != null) {
            amounts.span(wait.upTo(), scope, "`up to`");
            value = Types.union(event, Basic.NULL);
        }
        waited(wait.target(), value, scope);
        return scope;
    }

    private void waited(Statement.@Nullable Target target, Type type, Scope scope) {
        target(target, type, scope);
        if (target != null) {
            Symbol symbol = scope.findHere(target.name().text());
            if (symbol != null) {
                named.putIfAbsent(symbol.name(), symbol);
            }
        }
    }

    private Scope emit(Statement.Emit emit, Scope scope) {
        checking.require(Construct.EMIT, emit.span());
        expressions.name(emit.event(), scope, "`emit`", "An event");
        if (emit.payload() != null) {
            expressions.open(emit.payload(), scope, "an event");
        }
        return scope;
    }

    // ---- leaving

    private @Nullable Scope returns(Statement.Return returns, Scope scope, Around around) {
        Around at = around;
        boolean leaves = true;
        while (!(at instanceof Around.Body)) {
            if (at instanceof Concurrent concurrent) {
                leaves = false;
                checking.report(
                        new FlowProblem.LeavesConcurrent(checking.at(returns.span()), "return", concurrent.words()));
            }
            at = switch (at) {
                case Value value -> value.outer();
                case Concurrent concurrent -> concurrent.outer();
                case Around.Body body -> body;
            };
        }
        var body = (Around.Body) at;
        Type declared = body.declared();
        if (returns.value() == null) {
            body.returned().add(Basic.NULL);
            if (declared != null && !Fitting.fit(types, Basic.NULL, declared).fits()) {
                checking.report(new FlowProblem.BareReturn(checking.at(returns.span()), Words.a(declared)));
            }
        } else if (declared == null) {
            body.returned().add(expressions.open(returns.value(), scope, "the result of a run"));
        } else {
            expressions.rely(returns.value(), declared, scope, "the result");
        }
        return leaves ? null : scope;
    }

    private @Nullable Scope yields(Statement.Yield yields, Scope scope, Around around) {
        if (around instanceof Value value) {
            Type type = value.wanted() == null
                    ? expressions.open(yields.value(), scope, "the value of a block")
                    : expressions.rely(yields.value(), value.wanted(), scope, "`" + value.name() + "`");
            value.yielded().add(type);
            return null;
        }
        expressions.infer(yields.value(), scope);
        checking.report(
                around instanceof Concurrent concurrent && takes(concurrent.outer())
                        ? new FlowProblem.LeavesConcurrent(checking.at(yields.span()), "yield", concurrent.words())
                        : new FlowProblem.YieldNowhere(checking.at(yields.span())));
        return scope;
    }

    /// Whether some block further out takes a yield.
    private static boolean takes(Around around) {
        return switch (around) {
            case Value value -> true;
            case Concurrent concurrent -> takes(concurrent.outer());
            case Around.Body body -> false;
        };
    }
}
