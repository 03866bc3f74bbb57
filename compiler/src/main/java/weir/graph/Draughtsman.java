package weir.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.graph.Drawing.Arrow;
import weir.graph.Drawing.Box;
import weir.model.Shape;
import weir.source.Source;
import weir.source.Span;

/// Draws a graph from the top to the bottom. Loops, branches that run side by side and what is tried are frames around
/// what they hold; the ways of a condition lead on and come together again.
final class Draughtsman {
    private static final String END = "end";

    private final Graph graph;
    private final Source source;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();

    Draughtsman(Graph graph, Source source) {
        this.graph = graph;
        this.source = source;
    }

    /// Where something comes from that has not arrived anywhere yet.
    private record Loose(String from, String label) {}

    /// What a block is drawn in.
    ///
    /// @param frame the box around, null at the top
    /// @param yields collects the ways by which the value of the nearest named block leaves it
    private record Place(@Nullable String frame, List<Loose> yields) {}

    Drawing draw() {
        var parameters = graph.parameters().stream()
                .map(parameter -> parameter.name() + ": " + Shape.display(parameter.type()))
                .collect(Collectors.joining(", "));
        var heading = new Span(graph.at().start(), graph.at().start());
        add("start", "start", graph.workflow(), parameters, null, heading);
        List<Loose> ends = block(graph.body(), List.of(new Loose("start", "")), new Place(null, new ArrayList<>()));
        String result = graph.result() == weir.model.Type.Basic.NULL ? "" : Shape.display(graph.result());
        add(END, END, "end", result, null, new Span(graph.at().end(), graph.at().end()));
        connect(ends, END);
        if (graph.onFailure() != null) {
            add("on_failure", "try", "on failure", "", null, heading);
            block(graph.onFailure(), List.of(), new Place("on_failure", new ArrayList<>()));
        }
        return new Drawing(boxes, arrows);
    }

    private void add(String id, String kind, String label, String detail, @Nullable String parent, Span at) {
        var start = source.position(at.start());
        boxes.add(new Box(
                id,
                kind,
                label,
                detail,
                parent,
                start.line(),
                start.column(),
                source.position(Math.max(at.start(), at.end())).line()));
    }

    private void connect(List<Loose> ends, String to) {
        ends.forEach(end -> arrows.add(new Arrow(end.from(), to, end.label())));
    }

    /// The text of an expression on one line.
    private String text(Expr expr) {
        String text = source.text(new Span(
                Math.min(expr.at().start(), source.text().length()),
                Math.min(expr.at().end(), source.text().length())));
        return text.strip().replaceAll("\\s+", " ");
    }

    private List<Loose> block(Node.Block block, List<Loose> entries, Place place) {
        List<Loose> ends = entries;
        for (Node node : block.nodes()) {
            connect(ends, node.id());
            ends = node(node, place);
        }
        return ends;
    }

    private List<Loose> box(Node node, String kind, String label, String detail, Place place) {
        add(node.id(), kind, label, detail, place.frame(), node.at());
        return List.of(new Loose(node.id(), ""));
    }

    /// Draws a node; gives the ways that lead on from it.
    private List<Loose> node(Node node, Place place) {
        return switch (node) {
            case Node.Let let -> {
                boolean decides = let.value() instanceof Expr.Decide;
                yield box(let, decides ? "rules" : "let", let.name(), text(let.value()), place);
            }
            case Node.Step step -> {
                String action = step.integration() + "." + step.action();
                yield box(step, "step", step.name() == null ? action : step.name(), action, place);
            }
            case Node.Child child ->
                box(child, "step", child.name() == null ? child.workflow() : child.name(), child.workflow(), place);
            case Node.Ask ask -> box(ask, "ask", named("ask", ask.name()), text(ask.question()), place);
            case Node.WaitFor wait -> box(wait, "wait", "wait for " + text(wait.event()), "", place);
            case Node.Wait wait -> box(wait, "wait", "wait " + text(wait.duration()), "", place);
            case Node.WaitUntil wait -> box(wait, "wait", "wait until " + text(wait.time()), "", place);
            case Node.Emit emit -> box(emit, "emit", "emit " + text(emit.event()), "", place);
            case Node.Log log -> box(log, "log", "log", text(log.value()), place);
            case Node.If branches -> branches(branches, place);
            case Node.Switch cases -> cases(cases, place);
            case Node.For loop -> loop(loop, place);
            case Node.Repeat repeat -> {
                String until = repeat.until() == null ? "" : "until " + text(repeat.until());
                var ends = box(repeat, "repeat", "repeat at most " + text(repeat.times()) + " times", until, place);
                block(repeat.body(), List.of(), new Place(repeat.id(), new ArrayList<>()));
                yield ends;
            }
            case Node.Parallel parallel -> sides(parallel, "parallel", "at the same time", parallel.branches(), place);
            case Node.Race race ->
                sides(race, "race", named("the first one wins", race.name()), race.branches(), place);
            case Node.Split split -> split(split, place);
            case Node.Try attempt -> attempt(attempt, place);
            case Node.Return returns -> {
                box(returns, "return", "return", returns.value() == null ? "" : text(returns.value()), place);
                if (place.frame() == null) {
                    arrows.add(new Arrow(returns.id(), END, ""));
                }
                yield List.of();
            }
            case Node.Yield yields -> {
                place.yields().addAll(box(yields, "yield", "yield", text(yields.value()), place));
                yield List.of();
            }
            case Node.Fail fail -> {
                box(fail, "fail", "fail", text(fail.message()), place);
                yield List.of();
            }
        };
    }

    private static String named(String words, @Nullable String name) {
        return name == null ? words : name;
    }

    /// The place of the blocks of a node: a named one takes their yields.
    private static Place inside(Place place, @Nullable String name) {
        return name == null ? place : new Place(place.frame(), new ArrayList<>());
    }

    private static List<Loose> ends(List<Loose> ends, Place inner, @Nullable String name) {
        if (name != null) {
            ends.addAll(inner.yields());
        }
        return ends;
    }

    private List<Loose> branches(Node.If branches, Place place) {
        String condition = text(branches.arms().getFirst().condition());
        box(branches, "if", named("if", branches.name()), condition, place);
        Place inner = inside(place, branches.name());
        var ends = new ArrayList<Loose>();
        for (int i = 0; i < branches.arms().size(); i++) {
            var arm = branches.arms().get(i);
            String label = i == 0 ? "yes" : text(arm.condition());
            ends.addAll(block(arm.block(), List.of(new Loose(branches.id(), label)), inner));
        }
        var otherwise = new Loose(branches.id(), branches.otherwise() == null ? "no" : "else");
        ends.addAll(
                branches.otherwise() == null
                        ? branches.name() == null ? List.of(otherwise) : List.of()
                        : block(branches.otherwise(), List.of(otherwise), inner));
        return ends(ends, inner, branches.name());
    }

    private List<Loose> cases(Node.Switch cases, Place place) {
        box(cases, "switch", named("switch", cases.name()), text(cases.subject()), place);
        Place inner = inside(place, cases.name());
        var ends = new ArrayList<Loose>();
        for (var one : cases.cases()) {
            String label = one.values().stream().map(this::text).collect(Collectors.joining(", "));
            ends.addAll(block(one.block(), List.of(new Loose(cases.id(), label)), inner));
        }
        var otherwise = new Loose(cases.id(), "else");
        if (cases.otherwise() != null) {
            ends.addAll(block(cases.otherwise(), List.of(otherwise), inner));
        } else if (cases.name() == null) {
            ends.add(otherwise);
        }
        return ends(ends, inner, cases.name());
    }

    private List<Loose> loop(Node.For loop, Place place) {
        String label = "for " + loop.item() + " of " + text(loop.list());
        String detail = loop.atOnce() == null ? "in order" : "at most " + text(loop.atOnce()) + " at once";
        var ends = box(loop, "for", label, detail, place);
        block(loop.body(), List.of(), new Place(loop.id(), new ArrayList<>()));
        return ends;
    }

    private List<Loose> sides(Node node, String kind, String label, List<Node.Branch> branches, Place place) {
        var ends = box(node, kind, label, "", place);
        for (var branch : branches) {
            side(node, kind, branch.name(), branch.name(), branch.block());
        }
        return ends;
    }

    private void side(Node node, String kind, String name, String label, Node.Block block) {
        String id = node.id() + "/" + name;
        Span at = block.nodes().isEmpty()
                ? node.at()
                : block.nodes().getFirst().at().to(block.nodes().getLast().at());
        add(id, kind, label, "", node.id(), at);
        block(block, List.of(), new Place(id, new ArrayList<>()));
    }

    private List<Loose> split(Node.Split split, Place place) {
        var ends = box(
                split,
                "split",
                named("split " + text(split.experiment()), split.name()),
                "by " + text(split.by()),
                place);
        for (var share : split.shares()) {
            side(
                    split,
                    "split",
                    share.name(),
                    share.name() + " " + Shape.number(share.percent()) + " %",
                    share.block());
        }
        return ends;
    }

    private List<Loose> attempt(Node.Try attempt, Place place) {
        var ends = new ArrayList<>(box(attempt, "try", named("try", attempt.name()), "", place));
        block(attempt.body(), List.of(), new Place(attempt.id(), new ArrayList<>()));
        Place inner = inside(place, attempt.name());
        ends.addAll(block(attempt.handler(), List.of(new Loose(attempt.id(), "on error")), inner));
        return ends(ends, inner, attempt.name());
    }
}
