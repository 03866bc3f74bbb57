package weir.graph;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.graph.Drawing.Box;
import weir.source.Source;

/// A graph as a picture that stands alone: one SVG text without scripts and links, light or dark as the viewer prefers.
public final class Svg {
    private static final double MARGIN = 24;
    /// About the width of a letter.
    private static final double LETTER = 7;
    private static final int CARD_TEXT = 28;
    private static final int LABEL_TEXT = 24;
    private static final String STYLE = """
            text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1c2430 }
            .detail { font-size: 11px; fill: #5b6776 }
            .way { font-size: 11px; fill: #5b6776; text-anchor: middle; paint-order: stroke; stroke: #f7f9fb; stroke-width: 4 }
            .card { fill: #ffffff; stroke: #c5cdd8 }
            .frame { fill: #8896a80d; stroke: #c5cdd8; stroke-dasharray: 4 3 }
            .line { fill: none; stroke: #8896a8; stroke-width: 1.4 }
            .act { stroke: #2f6fed } .decide { stroke: #9a6700 } .wait { stroke: #7a4fd0 } .end { stroke: #1a7f4b }
            .stop { stroke: #c6352b }
            .back { fill: #f7f9fb }
            @media (prefers-color-scheme: dark) {
              text { fill: #e4e9f0 } .detail, .way { fill: #98a5b5 }
              .card { fill: #1b222c; stroke: #3d4856 } .frame { fill: #98a5b512; stroke: #3d4856 }
              .way { stroke: #12171e }
              .line { stroke: #6d7a8b } .back { fill: #12171e }
              .act { stroke: #6ea0ff } .decide { stroke: #d9a441 } .wait { stroke: #b294f5 } .end { stroke: #4cc38a }
              .stop { stroke: #ff7a70 }
            }
            """;

    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /// @param source the text that the graph was compiled from
    public static String write(Graph graph, Source source) {
        Picture picture = Picture.of(graph, Drawing.of(graph, source));
        var svg = new Svg();
        double width = picture.width() + 2 * MARGIN;
        double height = picture.height() + 2 * MARGIN;
        svg.out.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <title>%3$s</title>
                <style>
                %4$s</style>
                <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
                <path d="M0 0 8 4 0 8z" fill="#8896a8"/></marker></defs>
                <rect class="back" width="%1$s" height="%2$s"/>
                """.formatted(number(width), number(height), escape(graph.workflow()), STYLE));
        svg.draw(picture, MARGIN + picture.width() / 2, MARGIN);
        return svg.out.append("</svg>\n").toString();
    }

    /// Draws a piece whose middle is at x and whose upper edge is at y.
    private void draw(Picture picture, double x, double y) {
        switch (picture) {
            case Picture.Card card -> card(card.box(), x, y);
            case Picture.Stack stack -> stack(stack, x, y);
            case Picture.Fork fork -> fork(fork, x, y);
            case Picture.Frame frame -> frame(frame, x, y);
        }
    }

    private void stack(Picture.Stack stack, double x, double y) {
        double at = y;
        Picture before = null;
        for (Picture piece : stack.pieces()) {
            if (before != null && before.continues()) {
                arrow(x, at - Picture.GAP, x, at);
            }
            draw(piece, x, at);
            at += piece.height() + Picture.GAP;
            before = piece;
        }
    }

    private void fork(Picture.Fork fork, double x, double y) {
        draw(fork.head(), x, y);
        double from = y + fork.head().height();
        double top = from + 1.5 * Picture.GAP;
        double bottom = y + fork.height();
        double all =
                fork.ways().stream().mapToDouble(way -> way.stack().width()).sum()
                        + Picture.SIDE * Math.max(0, fork.ways().size() - 1);
        double left = x - all / 2;
        for (var way : fork.ways()) {
            double middle = left + way.stack().width() / 2;
            boolean empty = way.stack().pieces().isEmpty();
            if (empty) {
                line(x, from, middle, top);
            } else {
                arrow(x, from, middle, top);
            }
            draw(way.stack(), middle, top);
            if (way.stack().continues()) {
                double end = top + way.stack().height();
                line(middle, end, middle, Math.max(end, bottom - Picture.GAP));
                line(middle, Math.max(end, bottom - Picture.GAP), x, bottom);
            }
            if (!way.label().isEmpty()) {
                text("way", way.label(), middle, top - 10, LABEL_TEXT);
            }
            left += way.stack().width() + Picture.SIDE;
        }
    }

    private void frame(Picture.Frame frame, double x, double y) {
        if (!frame.box().id().isEmpty()) {
            rectangle("frame " + tone(frame.box().kind()), x - frame.width() / 2, y, frame.width(), frame.height(), 10);
            String label = frame.box().label();
            String detail = frame.box().detail();
            int longest = (int) ((frame.width() - 24) / LETTER);
            text("", detail.isEmpty() ? label : label + " · " + detail, x - frame.width() / 2 + 12, y + 20, longest);
        }
        double all = frame.inside().stream().mapToDouble(Picture::width).sum()
                + Picture.SIDE * Math.max(0, frame.inside().size() - 1);
        double left = x - all / 2;
        for (Picture piece : frame.inside()) {
            draw(piece, left + piece.width() / 2, y + Picture.HEADER);
            left += piece.width() + Picture.SIDE;
        }
    }

    private void card(Box box, double x, double y) {
        double left = x - Picture.CARD_WIDTH / 2;
        boolean round = box.kind().equals("start") || box.kind().equals("end");
        rectangle(
                "card " + tone(box.kind()),
                left,
                y,
                Picture.CARD_WIDTH,
                Picture.CARD_HEIGHT,
                round ? Picture.CARD_HEIGHT / 2 : 7);
        boolean second = !box.detail().isEmpty() && !box.detail().equals(box.label());
        text("", box.label(), left + 14, y + (second ? 19 : 28), CARD_TEXT);
        if (second) {
            text("detail", box.detail(), left + 14, y + 35, CARD_TEXT + 5);
        }
    }

    private static String tone(String kind) {
        return switch (kind) {
            case "step", "emit" -> "act";
            case "if", "switch", "for", "repeat", "parallel", "race", "split", "rules" -> "decide";
            case "wait", "ask" -> "wait";
            case "start", "end", "return", "yield" -> "end";
            case "fail", "try" -> "stop";
            default -> "plain";
        };
    }

    private void rectangle(String style, double x, double y, double width, double height, double radius) {
        out.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>\n"
                .formatted(style, number(x), number(y), number(width), number(height), number(radius)));
    }

    private void arrow(double x1, double y1, double x2, double y2) {
        path(x1, y1, x2, y2, "tip");
    }

    private void line(double x1, double y1, double x2, double y2) {
        path(x1, y1, x2, y2, null);
    }

    /// Straight down, or leaving and arriving straight with a bend between.
    private void path(double x1, double y1, double x2, double y2, @Nullable String marker) {
        String between = x1 == x2
                ? "L" + number(x2) + " " + number(y2)
                : "C%1$s %2$s %3$s %2$s %3$s %4$s".formatted(number(x1), number((y1 + y2) / 2), number(x2), number(y2));
        out.append("<path class=\"line\" d=\"M%s %s%s\"%s/>\n"
                .formatted(
                        number(x1), number(y1), between, marker == null ? "" : " marker-end=\"url(#" + marker + ")\""));
    }

    private void text(String style, String text, double x, double y, int longest) {
        String shown = text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
        String title = shown.equals(text) ? "" : "<title>" + escape(text) + "</title>";
        out.append("<text%s x=\"%s\" y=\"%s\">%s%s</text>\n"
                .formatted(
                        style.isEmpty() ? "" : " class=\"" + style + "\"", number(x), number(y), title, escape(shown)));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
