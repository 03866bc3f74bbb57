package weir.check;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree.Block;

/// Runs that may not come to an end: waits that nothing ends, and loops whose length something outside decides.
final class Endless {
    /// A chain of names that is longer is not followed.
    private static final int CHAIN = 50;

    private static final Set<String> BOUNDING = Set.of("slice", "at", "find", "findLast", "join", "length");
    private static final Set<String> OF_OBJECTS = Set.of("keys", "values", "entries");

    private final Checking checking;
    private final Declarations.Workflow workflow;

    Endless(Checking checking, Declarations.Workflow workflow) {
        this.checking = checking;
        this.workflow = workflow;
    }

    void check() {
        boolean bounded = false;
        for (Head head : workflow.tree().heads()) {
            bounded |= head instanceof Head.Timeout;
            if (head instanceof Head.OnFailure failure) {
                // The run's timeout does not count what is done after it.
                waits(failure.block(), false);
                loops(failure.block());
            }
        }
        if (!bounded) {
            waits(workflow.tree().body(), true);
        }
        loops(workflow.tree().body());
    }

    // ---- waits

    private void waits(Block block, boolean counted) {
        for (Statement statement : block.statements()) {
            String what = endless(statement);
            if (what != null) {
                checking.report(new EffectProblem.WaitsForEver(
                        checking.at(statement.span()), what, counted ? timeout() : null));
            }
            boolean ends = statement instanceof Statement.Race race
                    && race.branches().stream().anyMatch(branch -> ends(branch.block()));
            if (!ends) {
                Nested.blocks(statement).forEach(inner -> waits(inner, counted));
            }
        }
    }

    /// Whether a branch comes to its end by itself, and with it the race.
    private static boolean ends(Block block) {
        return Nested.all(block).stream().allMatch(statement -> endless(statement) == null);
    }

    private static @Nullable String endless(Statement statement) {
        return switch (statement) {
            case Statement.Ask ask when ask.upTo() == null -> "the question";
            case Statement.WaitFor wait when wait.upTo() == null -> "the event";
            // Default: nothing else waits for something that may not happen.
            default -> null;
        };
    }

    private @Nullable Fix timeout() {
        var heads = workflow.tree().heads();
        int brace = checking.source
                .text()
                .indexOf('{', workflow.tree().name().span().end());
        int at = heads.isEmpty()
                ? workflow.tree().body().span().start()
                : heads.getLast().span().end();
        if (heads.isEmpty()) {
            at = checking.source.text().startsWith("{", at) ? at + 1 : brace < 0 ? -1 : at;
        }
        return at < 0 ? null : Fix.insert("Give the whole run 30 days", at, "\n  timeout 30d");
    }

    // ---- loops

    private void loops(Block block) {
        for (Statement statement : Nested.all(block)) {
            if (statement instanceof Statement.For loop && loop.atOnce() == null && calls(loop.body())) {
                Symbol from = source(loop.list(), CHAIN);
                if (from != null) {
                    checking.report(new EffectProblem.Unbounded(
                            checking.at(loop.list().span()),
                            from.name(),
                            "Take only so many: `….slice(0, 1000)`. Or say with `at most 8 at once` that any number is meant.",
                            slice(loop.list())));
                }
            } else if (statement instanceof Statement.Repeat repeat && calls(repeat.body())) {
                Symbol from = source(repeat.times(), CHAIN);
                if (from != null) {
                    checking.report(new EffectProblem.Unbounded(
                            checking.at(repeat.times().span()),
                            from.name(),
                            "Write a number that is enough for every day, and end the loop before it with `until`.",
                            null));
                }
            }
        }
    }

    private static boolean calls(Block block) {
        return Nested.all(block).stream()
                .anyMatch(statement -> statement instanceof Statement.Step || statement instanceof Statement.Ask);
    }

    private Fix slice(Expression list) {
        String text = checking.text(list.span());
        boolean alone = list instanceof Expression.Member
                || list instanceof Expression.NameUse
                || list instanceof Expression.Index
                || list instanceof Expression.Call;
        Span span = list.span();
        String title = "Take at most 1000";
        return alone
                ? Fix.insert(title, span.end(), ".slice(0, 1000)")
                : Fix.replace(title, span, "(" + text + ").slice(0, 1000)");
    }

    /// The step whose result decides how much the expression gives; null where something bounds it, or where the
    /// workflow was given it.
    private @Nullable Symbol source(Expression expression, int left) {
        if (left == 0) {
            return null;
        }
        return switch (expression) {
            case Expression.NameUse name -> origin(checking.findings.symbols.get(name), left);
            case Expression.Member member ->
                member.name().text().equals("length") ? null : source(member.object(), left - 1);
            case Expression.Index index -> source(index.object(), left - 1);
            case Expression.Parenthesized inner -> source(inner.inner(), left - 1);
            case Expression.Binary binary
            when List.of("??", "||").contains(binary.operator()) -> source(binary.left(), left - 1);
            case Expression.Call call -> called(call, left);
            // Default: what is computed otherwise is as long as the text says.
            default -> null;
        };
    }

    private @Nullable Symbol called(Expression.Call call, int left) {
        if (!(call.callee() instanceof Expression.Member method)
                || BOUNDING.contains(method.name().text())) {
            return null;
        }
        boolean ofObject = method.object() instanceof Expression.NameUse name
                && name.name().equals("Object")
                && OF_OBJECTS.contains(method.name().text())
                && !call.arguments().isEmpty();
        return ofObject ? source(call.arguments().getFirst().value(), left - 1) : source(method.object(), left - 1);
    }

    private @Nullable Symbol origin(@Nullable Symbol symbol, int left) {
        return switch (symbol == null ? null : checking.findings.origins.get(symbol)) {
            case Statement.Let let -> source(let.value(), left - 1);
            case Statement.For loop -> source(loop.list(), left - 1);
            case Statement.Step step -> checking.findings.callees.get(step.call()) instanceof Callee.Of ? symbol : null;
            // Default: other values were given by people and by this file.
            case null, default -> null;
        };
    }
}
