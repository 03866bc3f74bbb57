package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Statement.Target;
import weir.syntax.Tree.Argument;
import weir.syntax.Tree.Block;
import weir.syntax.Tree.Call;
import weir.syntax.Tree.Path;
import weir.syntax.Tree.Policy;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.*;

/// Reads statements, calls and the policies of steps.
final class StatementReader {
    private final Reading reading;
    private final TypeReader types;
    private final ExpressionReader expressions;

    StatementReader(Reading reading, TypeReader types, ExpressionReader expressions) {
        this.reading = reading;
        this.types = types;
        this.expressions = expressions;
    }

    Block block(BlockContext context) {
        return block(context.statement(), context.lastReturn(), Reading.span(context));
    }

    Block block(List<StatementContext> contexts, @Nullable LastReturnContext last, Span span) {
        List<Statement> statements = new ArrayList<>();
        contexts.forEach(statement -> statements.add(statement(statement)));
        if (last != null) {
            statements.add(new Statement.Return(null, Reading.span(last)));
        }
        return new Block(statements, span);
    }

    private @Nullable Block optional(@Nullable BlockContext context) {
        return context == null ? null : block(context);
    }

    private Statement statement(StatementContext context) {
        Span span = withoutStep(context);
        return switch (context) {
            case LetStatementContext let -> let(let.let(), span);
            case StepStatementContext step -> step(step, span);
            case BlockStatementContext block -> valueBlock(block.valueBlock(), null, span);
            case ParallelStatementContext parallel -> new Statement.Parallel(branches(parallel.branch()), span);
            case WaitUntilStatementContext wait -> new Statement.WaitUntil(expressions.expression(wait.expr()), span);
            case WaitStatementContext wait -> new Statement.Wait(expressions.expression(wait.expr()), span);
            case EmitStatementContext emit ->
                new Statement.Emit(
                        expressions.expression(emit.expr()),
                        emit.objectLiteral() == null ? null : expressions.object(emit.objectLiteral()),
                        span);
            case LogStatementContext log -> new Statement.Log(expressions.expression(log.expr()), span);
            case ReturnStatementContext returns -> new Statement.Return(expressions.expression(returns.expr()), span);
            case YieldStatementContext yields -> new Statement.Yield(expressions.expression(yields.expr()), span);
            case FailStatementContext fail -> new Statement.Fail(expressions.expression(fail.expr()), span);
            case BrokenStatementContext _ -> new Statement.Broken(span);
            default -> throw new IllegalStateException("the reader does not know the statement " + context.getClass());
        };
    }

    /// The span of a statement; a `step` before one that needs none is told, and does not belong to it.
    private Span withoutStep(StatementContext context) {
        Span span = Reading.span(context);
        boolean needless = !(context instanceof StepStatementContext)
                && context.getStart().getType() == WeirLexer.STEP
                && context.getChildCount() > 1;
        if (!needless) {
            return span;
        }
        Token word = context.getChild(1) instanceof ParserRuleContext rule
                ? rule.getStart()
                : ((TerminalNode) context.getChild(1)).getSymbol();
        Span step = Reading.span(context.getStart());
        var between = new Span(step.start(), word.getStartIndex());
        boolean blank = reading.text(new Span(step.end(), between.end())).isBlank();
        reading.report(new HabitProblem.NeedlessStep(blank ? between : step, word.getText()));
        return new Span(word.getStartIndex(), span.end());
    }

    private Statement.Let let(LetContext context, Span span) {
        return new Statement.Let(
                reading.name(context.name()),
                context.type() == null ? null : types.type(context.type()),
                expressions.expression(context.expr()),
                span);
    }

    private Statement step(StepStatementContext context, Span span) {
        Target target = context.name() == null
                ? null
                : new Target(reading.name(context.name()), context.type() == null ? null : types.type(context.type()));
        return context.valueBlock() == null
                ? effect(context.effect(), target, span)
                : valueBlock(context.valueBlock(), target, span);
    }

    private Statement effect(EffectContext context, @Nullable Target target, Span span) {
        if (context.ask() != null) {
            return ask(context.ask(), target, span);
        }
        return context.waitFor() != null
                ? waitFor(context.waitFor(), target, span)
                : new Statement.Step(target, call(context.call()), policies(context.policies()), span);
    }

    private Statement ask(AskContext context, @Nullable Target target, Span span) {
        return new Statement.Ask(
                target,
                expressions.expression(context.expr(0)),
                expressions.expression(context.expr(1)),
                context.type() == null ? null : types.type(context.type()),
                expressions.optional(context.expr(2)),
                span);
    }

    private Statement waitFor(WaitForContext context, @Nullable Target target, Span span) {
        return new Statement.WaitFor(
                target,
                expressions.expression(context.event),
                context.type() == null ? null : types.type(context.type()),
                expressions.optional(context.condition),
                expressions.optional(context.longest),
                span);
    }

    private Statement valueBlock(ValueBlockContext context, @Nullable Target target, Span span) {
        return switch (context) {
            case IfBlockContext block -> ifBlock(block, target, span);
            case SwitchBlockContext block ->
                new Statement.Switch(
                        target,
                        expressions.expression(block.expr()),
                        block.switchCase().stream().map(this::switchCase).toList(),
                        optional(block.block()),
                        span);
            case ForBlockContext block -> forBlock(block, target, span);
            case RepeatBlockContext block -> repeatBlock(block, target, span);
            case RaceBlockContext block -> new Statement.Race(target, branches(block.branch()), span);
            case SplitBlockContext block ->
                new Statement.Split(
                        target,
                        expressions.expression(block.expr(0)),
                        expressions.expression(block.expr(1)),
                        block.splitBranch().stream().map(this::share).toList(),
                        span);
            case TryBlockContext block ->
                new Statement.Try(
                        target, block(block.block(0)), reading.name(block.name()), block(block.block(1)), span);
            default -> throw new IllegalStateException("the reader does not know the block " + context.getClass());
        };
    }

    private Statement ifBlock(IfBlockContext context, @Nullable Target target, Span span) {
        List<Statement.Arm> arms = new ArrayList<>();
        // Taken once: each call gathers them anew, and a chain may have thousands.
        var conditions = context.expr();
        var blocks = context.block();
        var words = context.IF();
        for (int i = 0; i < conditions.size(); i++) {
            Block block = block(blocks.get(i));
            Span at = Reading.span(words.get(i)).to(block.span());
            arms.add(new Statement.Arm(expressions.expression(conditions.get(i)), block, at));
        }
        boolean otherwise = blocks.size() > arms.size();
        return new Statement.If(target, arms, otherwise ? block(blocks.getLast()) : null, span);
    }

    private Statement.Case switchCase(SwitchCaseContext context) {
        return new Statement.Case(
                expressions.expressions(context.expr()), block(context.block()), Reading.span(context));
    }

    private Statement forBlock(ForBlockContext context, @Nullable Target target, Span span) {
        if (context.IN() != null) {
            reading.report(new HabitProblem.ForIn(Reading.span(context.IN())));
        }
        return new Statement.For(
                target,
                reading.name(context.name(0)),
                context.name().size() > 1 ? reading.name(context.name(1)) : null,
                expressions.expression(context.expr(0)),
                expressions.optional(context.expr(1)),
                block(context.block()),
                span);
    }

    private Statement repeatBlock(RepeatBlockContext context, @Nullable Target target, Span span) {
        var carried = context.name() == null
                ? null
                : new Statement.Carried(
                        reading.name(context.name()),
                        expressions.expression(context.init),
                        expressions.expression(context.next));
        return new Statement.Repeat(
                target,
                expressions.expression(context.count),
                expressions.optional(context.pause),
                carried,
                expressions.optional(context.end),
                block(context.block()),
                span);
    }

    private List<Statement.Branch> branches(List<BranchContext> contexts) {
        return contexts.stream()
                .map(branch ->
                        new Statement.Branch(reading.name(branch.name()), block(branch.block()), Reading.span(branch)))
                .toList();
    }

    private Statement.Share share(SplitBranchContext context) {
        return new Statement.Share(
                reading.name(context.name()),
                Literals.number(context.NUMBER().getText()),
                block(context.block()),
                Reading.span(context));
    }

    Call call(CallContext context) {
        return new Call(path(context.path()), arguments(context.arguments()), Reading.span(context));
    }

    Path path(PathContext context) {
        List<Tree.Name> names = new ArrayList<>();
        names.add(reading.name(context.name()));
        context.word().forEach(word -> names.add(reading.name(word)));
        return new Path(names, Reading.span(context));
    }

    List<Argument> arguments(ArgumentsContext context) {
        return context.argument().stream().map(this::argument).toList();
    }

    private Argument argument(ArgumentContext context) {
        Tree.Name name = context.COLON() == null ? null : Literals.key(context.getStart());
        return new Argument(name, expressions.expression(context.expr()), Reading.span(context));
    }

    List<Policy> policies(@Nullable PoliciesContext context) {
        return context == null
                ? List.of()
                : context.policy().stream().map(this::policy).toList();
    }

    private Policy policy(PolicyContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case RetryPolicyContext retry ->
                new Policy.Retry(
                        expressions.expression(retry.count),
                        expressions.optional(retry.first),
                        expressions.optional(retry.last),
                        expressions.optional(retry.condition),
                        span);
            case TimeoutPolicyContext timeout -> new Policy.Timeout(expressions.expression(timeout.expr()), span);
            case UsingPolicyContext using -> new Policy.Using(expressions.expression(using.expr()), span);
            case KeyPolicyContext key -> new Policy.Key(expressions.expression(key.expr()), span);
            case UndoPolicyContext undo -> new Policy.Undo(call(undo.call()), policies(undo.policies()), span);
            case ErrorPolicyContext error ->
                error.block() == null
                        ? new Policy.OnErrorContinue(span)
                        : new Policy.OnError(block(error.block()), span);
            case OncePolicyContext once ->
                new Policy.Once(expressions.expression(once.expr(0)), expressions.expression(once.expr(1)), span);
            case AtMostPolicyContext atMost ->
                new Policy.AtMost(expressions.expression(atMost.expr(0)), expressions.expression(atMost.expr(1)), span);
            case QueuePolicyContext queue -> new Policy.Queue(expressions.expression(queue.expr()), span);
            case WithPolicyContext with -> new Policy.With(reading.name(with.name()), span);
            default -> throw new IllegalStateException("the reader does not know the policy " + context.getClass());
        };
    }
}
