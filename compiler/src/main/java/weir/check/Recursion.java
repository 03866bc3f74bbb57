package weir.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.source.Location;
import weir.source.Source;
import weir.syntax.Declaration.FunctionBody;
import weir.syntax.Declaration.Head;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.Expression;
import weir.syntax.Expression.Property;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Block;

/// Finds what calls itself whatever happens: workflows through their child runs, functions and rules through their
/// expressions. A call that depends on a condition may end, and nothing is said about it. An event that starts a
/// workflow counts as a call of it.
final class Recursion {
    private final Declarations declarations;
    private final Findings findings;
    /// The workflows that an event starts whatever it holds, by its name.
    private final Map<String, List<String>> started = new HashMap<>();

    Recursion(Declarations declarations, Findings findings) {
        this.declarations = declarations;
        this.findings = findings;
    }

    /// A call that is made for certain.
    ///
    /// @param event whether it is an event that starts a run
    private record Edge(String to, Location at, boolean event) {
        Edge(String to, Location at) {
            this(to, at, false);
        }
    }

    void check() {
        Map<String, List<Edge>> pure = new LinkedHashMap<>();
        declarations.functions.forEach((name, function) -> {
            if (function.tree().body() instanceof FunctionBody.Of(var expression)) {
                pure.put(name, certain(expression, function.source()));
            }
        });
        declarations.rules.forEach((name, rules) -> pure.put(name, certain(rules)));
        declarations.constants.forEach(
                (name, constant) -> pure.put(name, certain(constant.tree().value(), constant.source())));
        endless(pure, "`n > 0 ? … : 0`");

        declarations.workflows.forEach(
                (name, workflow) -> workflow.tree().heads().forEach(head -> listen(name, head)));
        Map<String, List<Edge>> runs = new LinkedHashMap<>();
        declarations.workflows.forEach((name, workflow) -> {
            var edges = new ArrayList<Edge>();
            certain(workflow.tree().body(), workflow.source(), edges);
            runs.put(name, edges);
        });
        endless(runs, "`if (…) { … }`");
    }

    private void listen(String workflow, Head head) {
        boolean always = head instanceof Head.Trigger trigger
                && trigger.kind().text().equals("event")
                && trigger.when() == null
                && trigger.arguments().size() == 1;
        if (always && head instanceof Head.Trigger trigger) {
            String event = new Folding(declarations)
                    .text(trigger.arguments().getFirst().value());
            if (event != null && !event.isBlank()) {
                started.computeIfAbsent(event, name -> new ArrayList<>()).add(workflow);
            }
        }
    }

    // ---- cycles

    /// Where the search stands in one name's calls.
    private static final class Open {
        final String name;
        final List<Edge> edges;
        int next;

        Open(String name, List<Edge> edges) {
            this.name = name;
            this.edges = edges;
        }
    }

    private void endless(Map<String, List<Edge>> graph, String condition) {
        Set<String> done = new HashSet<>();
        for (String start : graph.keySet()) {
            if (!done.contains(start)) {
                search(graph, start, done, condition);
            }
        }
    }

    /// Goes down the calls; one that leads back to what is open closes a circle.
    private void search(Map<String, List<Edge>> graph, String start, Set<String> done, String condition) {
        Deque<Open> path = new ArrayDeque<>();
        Map<String, Integer> open = new HashMap<>();
        path.addLast(new Open(start, graph.getOrDefault(start, List.of())));
        open.put(start, 0);
        while (!path.isEmpty()) {
            Open at = path.getLast();
            if (at.next == at.edges.size()) {
                path.removeLast();
                open.remove(at.name);
                done.add(at.name);
                continue;
            }
            Edge edge = at.edges.get(at.next++);
            Integer from = open.get(edge.to());
            if (from != null) {
                report(List.copyOf(path).subList(from, path.size()), condition);
            } else if (!done.contains(edge.to())) {
                open.put(edge.to(), path.size());
                path.addLast(new Open(edge.to(), graph.getOrDefault(edge.to(), List.of())));
            }
        }
    }

    private void report(List<Open> circle, String condition) {
        var calls =
                circle.stream().map(open -> open.edges.get(open.next - 1).at()).toList();
        var names = circle.stream().map(open -> open.name).toList();
        if (names.stream().allMatch(declarations.constants::containsKey)) {
            // Found when the constant's type was looked for.
            return;
        }
        boolean byEvents =
                circle.stream().anyMatch(open -> open.edges.get(open.next - 1).event());
        findings.report(
                byEvents
                        ? new FlowProblem.EndlessEvents(calls.getFirst(), names, calls)
                        : new FlowProblem.Endless(calls.getFirst(), names, calls, condition));
    }

    // ---- what a block calls for certain

    /// @return whether the end of the block is always reached
    private boolean certain(Block block, Source source, List<Edge> into) {
        for (Statement statement : block.statements()) {
            certain(statement, source, into);
            if (mayLeave(statement)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayLeave(Statement statement) {
        return statement instanceof Statement.Return
                || statement instanceof Statement.Yield
                || statement instanceof Statement.Fail
                || Nested.blocks(statement).stream()
                        .anyMatch(block -> block.statements().stream().anyMatch(Recursion::mayLeave));
    }

    private void certain(Statement statement, Source source, List<Edge> into) {
        switch (statement) {
            case Statement.Step step -> {
                boolean maySkip = step.policies().stream().anyMatch(Tree.Policy.Once.class::isInstance);
                if (!maySkip && findings.callees.get(step.call()) instanceof Callee.Workflow(String name)) {
                    into.add(new Edge(
                            name, new Location(source, step.call().target().span())));
                }
            }
            case Statement.If branches when branches.otherwise() == null -> {}
            case Statement.Switch cases when cases.otherwise() == null -> {}
            case Statement.If _, Statement.Switch _, Statement.Split _ ->
                into.addAll(common(Nested.blocks(statement).stream()
                        .map(block -> {
                            List<Edge> edges = new ArrayList<>();
                            certain(block, source, edges);
                            return edges;
                        })
                        .toList()));
            case Statement.Repeat repeat -> {
                if (new Folding(declarations).number(repeat.times()) != null) {
                    certain(repeat.body(), source, into);
                }
            }
            case Statement.Try attempt -> certain(attempt.body(), source, into);
            case Statement.Emit emit -> {
                String event = new Folding(declarations).text(emit.event());
                var at = new Location(source, emit.event().span());
                started.getOrDefault(event == null ? "" : event, List.of())
                        .forEach(workflow -> into.add(new Edge(workflow, at, true)));
            }
            case Statement.Parallel _, Statement.Race _ ->
                Nested.blocks(statement).forEach(block -> certain(block, source, into));
            case Statement.For _,
                    Statement.Let _,
                    Statement.Ask _,
                    Statement.WaitFor _,
                    Statement.Wait _,
                    Statement.WaitUntil _,
                    Statement.Log _,
                    Statement.Return _,
                    Statement.Yield _,
                    Statement.Fail _,
                    Statement.Broken _ -> {}
        }
    }

    /// The calls of the first alternative that all others make, too.
    private static List<Edge> common(List<List<Edge>> alternatives) {
        if (alternatives.isEmpty()) {
            return List.of();
        }
        return alternatives.getFirst().stream()
                .filter(edge -> alternatives.stream()
                        .allMatch(other ->
                                other.stream().anyMatch(same -> same.to().equals(edge.to()))))
                .toList();
    }

    // ---- what an expression calls for certain

    private List<Edge> certain(Declarations.Rules rules) {
        var edges = new ArrayList<Edge>();
        if (rules.tree().body() instanceof RulesBody.Sentences sentences
                && !sentences.whens().isEmpty()) {
            certain(sentences.whens().getFirst().condition(), rules.source(), edges);
        }
        return edges;
    }

    private List<Edge> certain(Expression expression, Source source) {
        var edges = new ArrayList<Edge>();
        certain(expression, source, edges);
        return edges;
    }

    private void certain(Expression expression, Source source, List<Edge> into) {
        switch (expression) {
            case Expression.Call call -> {
                if (call.callee() instanceof Expression.NameUse name) {
                    named(name, source, into);
                } else {
                    certain(call.callee(), source, into);
                }
                if (!call.optional()) {
                    call.arguments().forEach(argument -> certain(argument.value(), source, into));
                }
            }
            case Expression.NameUse name -> {
                Symbol symbol = findings.symbols.get(name);
                if (symbol != null && symbol.kind() == Symbol.Kind.CONSTANT) {
                    named(name, source, into);
                }
            }
            case Expression.Member member -> certain(member.object(), source, into);
            case Expression.Index index -> {
                certain(index.object(), source, into);
                if (!index.optional()) {
                    certain(index.index(), source, into);
                }
            }
            case Expression.Unary unary -> certain(unary.operand(), source, into);
            case Expression.Binary binary -> {
                certain(binary.left(), source, into);
                if (!Set.of("&&", "||", "??").contains(binary.operator())) {
                    certain(binary.right(), source, into);
                }
            }
            case Expression.Conditional choice -> {
                certain(choice.condition(), source, into);
                into.addAll(common(List.of(certain(choice.yes(), source), certain(choice.no(), source))));
            }
            case Expression.Template template -> template.values().forEach(value -> certain(value, source, into));
            case Expression.ListLiteral list ->
                list.elements().forEach(element -> certain(element.value(), source, into));
            case Expression.ObjectLiteral object ->
                object.properties().forEach(property -> certain(property, source, into));
            case Expression.Parenthesized inner -> certain(inner.inner(), source, into);
            // An arrow is called for items, of which there may be none.
            case Expression.Arrow _,
                    Expression.Numeric _,
                    Expression.Duration _,
                    Expression.Text _,
                    Expression.Truth _,
                    Expression.Null _,
                    Expression.Broken _ -> {}
        }
    }

    private void certain(Property property, Source source, List<Edge> into) {
        switch (property) {
            case Property.Entry entry -> certain(entry.value(), source, into);
            case Property.Computed computed -> {
                certain(computed.key(), source, into);
                certain(computed.value(), source, into);
            }
            case Property.Spread spread -> certain(spread.value(), source, into);
            case Property.Short _ -> {}
        }
    }

    private void named(Expression.NameUse name, Source source, List<Edge> into) {
        Symbol symbol = findings.symbols.get(name);
        if (symbol != null
                && (symbol.kind() == Symbol.Kind.FUNCTION
                        || symbol.kind() == Symbol.Kind.RULES
                        || symbol.kind() == Symbol.Kind.CONSTANT)) {
            into.add(new Edge(name.name(), new Location(source, name.span())));
        }
    }
}
