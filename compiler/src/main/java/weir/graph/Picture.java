package weir.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.graph.Drawing.Arrow;
import weir.graph.Drawing.Box;

/// What stands where in a picture of a graph. Blocks are stacks, conditions fork and join, loops and branches are
/// frames; every piece is as wide as what it holds, so nothing overlaps and no line has to go around anything.
sealed interface Picture {
    double CARD_WIDTH = 220;
    double CARD_HEIGHT = 46;
    double GAP = 34;
    double SIDE = 24;
    double HEADER = 34;

    double width();

    double height();

    /// Whether a way leads on below it.
    boolean continues();

    record Card(Box box, boolean continues) implements Picture {
        @Override
        public double width() {
            return CARD_WIDTH;
        }

        @Override
        public double height() {
            return CARD_HEIGHT;
        }
    }

    record Stack(List<Picture> pieces) implements Picture {
        public Stack {
            pieces = List.copyOf(pieces);
        }

        @Override
        public double width() {
            return pieces.stream().mapToDouble(Picture::width).max().orElse(CARD_WIDTH / 2);
        }

        @Override
        public double height() {
            return pieces.stream().mapToDouble(Picture::height).sum() + GAP * Math.max(0, pieces.size() - 1);
        }

        @Override
        public boolean continues() {
            return pieces.stream().allMatch(Picture::continues);
        }
    }

    /// A card whose ways stand below it side by side and join again.
    record Fork(Picture head, List<Way> ways) implements Picture {
        public Fork {
            ways = List.copyOf(ways);
        }

        @Override
        public double width() {
            double all = ways.stream().mapToDouble(way -> way.stack().width()).sum();
            return Math.max(head.width(), all + SIDE * Math.max(0, ways.size() - 1));
        }

        @Override
        public double height() {
            double ways = this.ways.stream()
                    .mapToDouble(way -> way.stack().height())
                    .max()
                    .orElse(0);
            return head.height() + 1.5 * GAP + ways + (continues() ? GAP : 0);
        }

        @Override
        public boolean continues() {
            return ways.stream().anyMatch(way -> way.stack().continues());
        }
    }

    record Way(String label, Stack stack) {}

    /// A box around others that stand side by side.
    record Frame(Box box, List<Picture> inside) implements Picture {
        public Frame {
            inside = List.copyOf(inside);
        }

        @Override
        public double width() {
            double all = inside.stream().mapToDouble(Picture::width).sum() + SIDE * Math.max(0, inside.size() - 1);
            return Math.max(CARD_WIDTH, all) + 2 * SIDE;
        }

        @Override
        public double height() {
            return HEADER + inside.stream().mapToDouble(Picture::height).max().orElse(0) + SIDE;
        }

        @Override
        public boolean continues() {
            return true;
        }
    }

    /// The picture of a whole graph.
    static Picture of(Graph graph, Drawing drawing) {
        return new Composer(drawing).graph(graph);
    }

    /// Puts the pieces together along the structure of the graph.
    final class Composer {
        private final Map<String, Box> boxes;
        private final Map<String, List<String>> labels;

        Composer(Drawing drawing) {
            boxes = drawing.boxes().stream().collect(Collectors.toMap(Box::id, Function.identity()));
            labels = drawing.arrows().stream()
                    .collect(Collectors.groupingBy(Arrow::from, Collectors.mapping(Arrow::label, Collectors.toList())));
        }

        Picture graph(Graph graph) {
            var pieces = new ArrayList<Picture>();
            pieces.add(new Card(box("start"), true));
            for (Node node : graph.body().nodes()) {
                // At the top a return leads to the end, which stands right below it.
                pieces.add(node instanceof Node.Return ? card(node) : node(node));
            }
            pieces.add(new Card(box("end"), false));
            var body = new Stack(pieces);
            if (graph.onFailure() == null) {
                return body;
            }
            return new Frame(
                    new Box("", "", "", "", null, 0, 0, 0),
                    List.of(body, new Frame(box("on_failure"), List.of(block(graph.onFailure())))));
        }

        private Box box(String id) {
            Box box = boxes.get(id);
            if (box == null) {
                throw new IllegalArgumentException("the drawing is of another graph: it has no " + id);
            }
            return box;
        }

        private Stack block(Node.Block block) {
            return new Stack(block.nodes().stream().map(this::node).toList());
        }

        private Picture node(Node node) {
            return switch (node) {
                case Node.If branches -> {
                    var ways = new ArrayList<Way>();
                    for (int i = 0; i < branches.arms().size(); i++) {
                        ways.add(way(branches, i, branches.arms().get(i).block()));
                    }
                    ways.add(way(branches, ways.size(), branches.otherwise()));
                    yield new Fork(card(node), ways);
                }
                case Node.Switch cases -> {
                    var ways = new ArrayList<Way>();
                    for (int i = 0; i < cases.cases().size(); i++) {
                        ways.add(way(cases, i, cases.cases().get(i).block()));
                    }
                    ways.add(way(cases, ways.size(), cases.otherwise()));
                    yield new Fork(card(node), ways);
                }
                case Node.For loop -> new Frame(box(node.id()), List.of(block(loop.body())));
                case Node.Repeat repeat -> new Frame(box(node.id()), List.of(block(repeat.body())));
                case Node.Parallel parallel -> sides(node, parallel.branches());
                case Node.Race race -> sides(node, race.branches());
                case Node.Split split ->
                    new Frame(
                            box(node.id()),
                            split.shares().stream()
                                    .map(share -> side(node, share.name(), share.block()))
                                    .toList());
                case Node.Try attempt ->
                    new Fork(
                            new Frame(box(node.id()), List.of(block(attempt.body()))),
                            List.of(new Way("", new Stack(List.of())), new Way("on error", block(attempt.handler()))));
                case Node.Return _, Node.Fail _ -> new Card(box(node.id()), false);
                case Node.Let _,
                        Node.Step _,
                        Node.Child _,
                        Node.Ask _,
                        Node.WaitFor _,
                        Node.Wait _,
                        Node.WaitUntil _,
                        Node.Emit _,
                        Node.Log _,
                        Node.Yield _ -> card(node);
            };
        }

        private Card card(Node node) {
            return new Card(box(node.id()), true);
        }

        private Way way(Node node, int index, Node.@Nullable Block block) {
            var known = labels.getOrDefault(node.id(), List.of());
            String label = index < known.size() ? known.get(index) : "else";
            return new Way(label, block == null ? new Stack(List.of()) : block(block));
        }

        private Picture sides(Node node, List<Node.Branch> branches) {
            return new Frame(
                    box(node.id()),
                    branches.stream()
                            .map(branch -> side(node, branch.name(), branch.block()))
                            .toList());
        }

        private Picture side(Node node, String name, Node.Block block) {
            return new Frame(box(node.id() + "/" + name), List.of(block(block)));
        }
    }
}
