package weir.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.Node;
import weir.graph.Policies;
import weir.graph.RuleSet;
import weir.simulation.Coverage.Kind;
import weir.simulation.Coverage.Point;
import weir.source.Source;
import weir.source.Span;

/// Finds what there is to reach in a file, and counts the tests that do.
public final class Points {
    private final List<Trace> traces;
    private final List<Point> points = new ArrayList<>();
    private final Set<Span> seen = new HashSet<>();
    private String workflow = "";

    private Points(List<Trace> traces) {
        this.traces = traces;
    }

    /// @param rules the names of the rule sets that are declared in the file itself; others do not matter
    /// @param functions those of the functions whose ways are looked at
    /// @param traces what each test has reached of the file
    public static Coverage of(
            Source source,
            List<Graph> graphs,
            Library library,
            Set<String> rules,
            Set<String> functions,
            List<Trace> traces) {
        var points = new Points(traces);
        graphs.forEach(points::graph);
        library.functions().stream()
                .filter(function -> functions.contains(function.name()))
                .forEach(points::function);
        library.rules().stream().filter(set -> rules.contains(set.name())).forEach(points::rules);
        return new Coverage(source, points.points);
    }

    private void graph(Graph graph) {
        workflow = graph.workflow();
        block(graph.body());
        block(graph.onFailure());
    }

    private void function(Library.Function function) {
        if (function.body() instanceof Library.Function.Body.Of(Expr expression)) {
            expression(expression);
        }
    }

    private void add(Kind kind, Span at, Span owner, String what, Predicate<Trace> reached) {
        int tests = (int) traces.stream().filter(reached).count();
        points.add(new Point(kind, at, owner, what, tests));
    }

    // ---- statements

    private void block(Node.@Nullable Block block) {
        if (block != null) {
            block.nodes().forEach(this::node);
        }
    }

    private void node(Node node) {
        var place = new Trace.Node(workflow, node.id());
        if (seen.add(node.at())) {
            add(Kind.STATEMENT, node.at(), node.at(), "", trace -> trace.has(place) || trace.hasWithin(node.at()));
        }
        inside(node);
    }

    private void inside(Node node) {
        switch (node) {
            case Node.Let let -> expression(let.value());
            case Node.Step step -> {
                step.arguments().forEach(argument -> expression(argument.value()));
                onError(step, step.policies());
            }
            case Node.Child child -> {
                child.arguments().forEach(argument -> expression(argument.value()));
                onError(child, child.policies());
            }
            case Node.Ask ask -> {
                expression(ask.question());
                timed(ask, ask.upTo());
            }
            case Node.WaitFor wait -> timed(wait, wait.upTo());
            case Node.If choice -> choice(choice);
            case Node.Switch choice -> choice(choice);
            case Node.For loop -> {
                expression(loop.list());
                List.of("zero", "once", "many").forEach(turns -> way(loop, turns, turns(turns)));
                block(loop.body());
            }
            case Node.Repeat loop -> {
                List.of("once", "many").forEach(turns -> way(loop, turns, turns(turns)));
                expressions(loop.until());
                block(loop.body());
            }
            case Node.Parallel parallel -> parallel.branches().forEach(branch -> block(branch.block()));
            case Node.Race race -> race.branches().forEach(branch -> branch(race, branch));
            case Node.Split split ->
                split.shares().forEach(share -> {
                    way(split, share.name(), "share `" + share.name() + "`");
                    block(share.block());
                });
            case Node.Try tried -> tried(tried);
            case Node.Emit emit -> expressions(emit.payload());
            case Node.Log log -> expression(log.value());
            case Node.Return end -> expressions(end.value());
            case Node.Yield end -> expression(end.value());
            case Node.Fail fail -> expression(fail.message());
            case Node.Wait _, Node.WaitUntil _ -> {}
        }
    }

    // ---- branches

    private void way(Node node, String way, String what) {
        var taken = new Trace.Way(new Trace.Node(workflow, node.id()), way);
        add(Kind.BRANCH, node.at(), node.at(), what, trace -> trace.has(taken));
    }

    private static String turns(String turns) {
        return switch (turns) {
            case "zero" -> "no item";
            case "once" -> "one turn";
            default -> "many turns";
        };
    }

    private void timed(Node node, @Nullable Expr upTo) {
        if (upTo != null) {
            way(node, "something", node instanceof Node.Ask ? "an answer" : "an event");
            way(node, "nothing", "time over");
        }
    }

    private void choice(Node.If choice) {
        for (int i = 0; i < choice.arms().size(); i++) {
            var arm = choice.arms().get(i);
            expression(arm.condition());
            way(choice, i == 0 ? "then" : "then#" + (i + 1), i == 0 ? "then" : "`else if` " + i);
            block(arm.block());
        }
        way(choice, "else", "else");
        block(choice.otherwise());
    }

    private void choice(Node.Switch choice) {
        for (int i = 0; i < choice.cases().size(); i++) {
            way(choice, i == 0 ? "case" : "case#" + (i + 1), "case " + (i + 1));
            block(choice.cases().get(i).block());
        }
        if (choice.otherwise() != null) {
            way(choice, "else", "else");
        }
        block(choice.otherwise());
    }

    /// A branch has won when its yield was reached.
    private void branch(Node.Race race, Node.Branch branch) {
        var yields = new ArrayList<Span>();
        yields(branch.block(), yields);
        add(
                Kind.BRANCH,
                race.at(),
                race.at(),
                "`" + branch.name() + "` wins",
                trace -> yields.isEmpty()
                        ? branch.block().nodes().stream().allMatch(node -> trace.hasWithin(node.at()))
                        : yields.stream().anyMatch(trace::hasWithin));
        block(branch.block());
    }

    private static void yields(Node.Block block, List<Span> into) {
        for (var node : block.nodes()) {
            switch (node) {
                case Node.Yield end -> into.add(end.at());
                case Node.If choice
                when choice.name() == null -> {
                    choice.arms().forEach(arm -> yields(arm.block(), into));
                    if (choice.otherwise() != null) {
                        yields(choice.otherwise(), into);
                    }
                }
                // Default: what else stands there yields to a block of its own.
                default -> {}
            }
        }
    }

    private void tried(Node.Try tried) {
        block(tried.body());
        String inside = tried.id() + "/body/";
        var handler = tried.handler().nodes();
        add(
                Kind.BRANCH,
                tried.at(),
                tried.at(),
                "catch",
                trace -> handler.isEmpty()
                        ? trace.hasFailed(workflow, inside)
                        : handler.stream()
                                .anyMatch(node ->
                                        trace.has(new Trace.Node(workflow, node.id())) || trace.hasWithin(node.at())));
        block(tried.handler());
    }

    private void onError(Node step, Policies policies) {
        switch (policies.onError()) {
            case Policies.OnError.Continue() -> way(step, "failed", "on error");
            case Policies.OnError.Handle(Node.Block handler) -> {
                way(step, "failed", "on error");
                block(handler);
            }
            case null -> {}
        }
    }

    // ---- expressions and rules

    private void expressions(@Nullable Expr expr) {
        if (expr != null) {
            expression(expr);
        }
    }

    /// The sides of every `? :` in it.
    private void expression(Expr expr) {
        switch (expr) {
            case Expr.Conditional(Expr condition, Expr yes, Expr no, Span at) -> {
                if (traces.stream().noneMatch(trace -> trace.isUnseen(at))) {
                    add(Kind.BRANCH, yes.at(), at, "`?` side", trace -> trace.has(yes.at()));
                    add(Kind.BRANCH, no.at(), at, "`:` side", trace -> trace.has(no.at()));
                }
                expression(condition);
                expression(yes);
                expression(no);
            }
            case Expr.Template template -> template.values().forEach(this::expression);
            case Expr.Member member -> expression(member.object());
            case Expr.Index index -> {
                expression(index.object());
                expression(index.index());
            }
            case Expr.Call call -> {
                expression(call.callee());
                call.arguments().forEach(argument -> expression(argument.value()));
            }
            case Expr.Chain chain -> expression(chain.inner());
            case Expr.Fits fits -> expression(fits.value());
            case Expr.Unary unary -> expression(unary.operand());
            case Expr.Binary binary -> {
                expression(binary.left());
                expression(binary.right());
            }
            case Expr.Arrow arrow -> expression(arrow.body());
            case Expr.ListLiteral list -> list.elements().forEach(element -> expression(element.value()));
            case Expr.ObjectLiteral object -> object.properties().forEach(this::property);
            case Expr.Apply apply -> apply.arguments().forEach(this::expression);
            case Expr.Decide decide -> decide.arguments().forEach(this::expression);
            case Expr.Text _,
                    Expr.Numeric _,
                    Expr.Truth _,
                    Expr.Null _,
                    Expr.Name _,
                    Expr.Global _,
                    Expr.Draw _,
                    Expr.Secret _ -> {}
        }
    }

    private void property(Expr.Property property) {
        switch (property) {
            case Expr.Property.Entry(String _, Expr value) -> expression(value);
            case Expr.Property.Computed(Expr key, Expr value) -> {
                expression(key);
                expression(value);
            }
            case Expr.Property.Spread(Expr value) -> expression(value);
        }
    }

    private void rules(RuleSet set) {
        switch (set.body()) {
            case RuleSet.Body.Table table -> {
                for (int i = 0; i < table.rows().size(); i++) {
                    row(set, i + 1, table.rows().get(i).at());
                }
            }
            case RuleSet.Body.Sentences sentences -> {
                for (int i = 0; i < sentences.whens().size(); i++) {
                    row(set, i + 1, sentences.whens().get(i).at());
                }
                if (sentences.otherwise() != null) {
                    row(set, sentences.whens().size() + 1, sentences.otherwise().at());
                }
            }
        }
    }

    private void row(RuleSet set, int number, Span at) {
        var row = new Trace.Row(set.name(), number);
        add(Kind.ROW, at, set.at(), "row " + number + " of `" + set.name() + "`", trace -> trace.has(row));
    }
}
