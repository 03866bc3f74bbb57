package weir.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Plan;
import weir.eval.Probe;
import weir.source.Source;
import weir.source.Span;
import weir.value.NullValue;

/// What one test has reached of its file. Not for several threads.
public final class Trace implements Probe {
    private final Set<String> functions;
    private final Set<Span> expressions = new HashSet<>();
    private final Set<Span> unseen = new HashSet<>();
    private final Happened happened;
    private final Map<String, Trace> files = new HashMap<>();

    /// What runs decided, wherever their workflows stand: names are unique.
    private record Happened(Set<Node> nodes, Set<Node> failed, Set<Way> ways, Set<Row> rows) {}

    /// @param id in the graph of the workflow
    record Node(String workflow, String id) {}

    /// @param way which of the ways that it can go on
    record Way(Node node, String way) {}

    /// @param number from 1
    record Row(String rules, int number) {}

    /// @param functions those of the file itself
    public Trace(Set<String> functions) {
        this(functions, new Happened(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>()));
    }

    private Trace(Set<String> functions, Happened happened) {
        this.functions = Set.copyOf(functions);
        this.happened = happened;
    }

    /// What the test has reached of a file that its own uses.
    public Trace within(Source file) {
        return files.computeIfAbsent(file.name(), name -> new Trace(Set.of(), happened));
    }

    @Override
    public void reached(Span at) {
        expressions.add(at);
    }

    @Override
    public void unseen(Span at) {
        unseen.add(at);
    }

    @Override
    public boolean watches(String function) {
        return functions.contains(function);
    }

    boolean has(Span expression) {
        return expressions.contains(expression);
    }

    boolean isUnseen(Span expression) {
        return unseen.stream().anyMatch(at -> contains(at, expression));
    }

    boolean hasWithin(Span statement) {
        return expressions.stream().anyMatch(at -> contains(statement, at));
    }

    boolean has(Node node) {
        return happened.nodes.contains(node);
    }

    boolean has(Way way) {
        return happened.ways.contains(way);
    }

    boolean has(Row row) {
        return happened.rows.contains(row);
    }

    /// Whether something below that id has failed.
    boolean hasFailed(String workflow, String below) {
        return happened.failed.stream()
                .anyMatch(node -> node.workflow().equals(workflow) && node.id().startsWith(below));
    }

    static boolean contains(Span outer, Span inner) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    /// Takes in what a run decided.
    void heard(LocalRun run, Frame frame) {
        String workflow = run.plan().graph().workflow();
        for (var entry : frame.entries()) {
            if (entry instanceof Entry.Placed placed) {
                var node = new Node(workflow, Plan.nodeId(placed.path()));
                happened.nodes.add(node);
                way(node, placed);
            }
        }
    }

    private void way(Node node, Entry.Placed entry) {
        switch (entry) {
            case Entry.Branched(String _, String way) -> happened.ways.add(new Way(node, way));
            case Entry.Exposed(String _, String _, String _, String way) -> happened.ways.add(new Way(node, way));
            case Entry.Listed(String _, var list, int _, var _) -> happened.ways.add(new Way(node, turns(list.size())));
            case Entry.Passed(String _, int pass, boolean last, var _, var _) -> {
                if (last) {
                    happened.ways.add(new Way(node, turns(pass + 1)));
                }
            }
            case Entry.StepFailed _ -> {
                happened.failed.add(node);
                happened.ways.add(new Way(node, "failed"));
            }
            case Entry.Raised _ -> happened.failed.add(node);
            case Entry.StepDone(String _, int _, var output) ->
                happened.ways.add(new Way(node, output == NullValue.NULL ? "nothing" : "something"));
            case Entry.LetMade(String _, var _, var fired) -> fired.forEach(this::fired);
            case Entry.RulesFired(String _, var fired) -> fired.forEach(this::fired);
            // Default: the other entries choose no way.
            default -> {}
        }
    }

    private void fired(weir.eval.Evaluation.Fired fired) {
        fired.rows().forEach(row -> happened.rows.add(new Row(fired.rules(), row)));
    }

    static String turns(int count) {
        return switch (count) {
            case 0 -> "zero";
            case 1 -> "once";
            default -> "many";
        };
    }
}
