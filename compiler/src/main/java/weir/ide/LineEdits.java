package weir.ide;

import java.util.ArrayList;
import java.util.List;
import weir.source.Fix.Edit;
import weir.source.Span;

/// The fewest whole lines that have to be replaced to make one text of another, so that cursors and folds stay where
/// they are.
final class LineEdits {
    /// More comparisons than this are not worth it: then one edit covers all that differs.
    private static final long MOST = 4_000_000;

    private LineEdits() {}

    /// @param offset where the first text begins in its document
    static List<Edit> between(String before, String after, int offset) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int head = 0;
        while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < old.size() - head
                && tail < now.size() - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        var from = old.subList(head, old.size() - tail);
        var to = now.subList(head, now.size() - tail);
        int start = offset + length(old.subList(0, head));
        if (from.isEmpty() && to.isEmpty()) {
            return List.of();
        }
        return (long) from.size() * to.size() > MOST
                ? List.of(new Edit(new Span(start, start + length(from)), String.join("", to)))
                : aligned(from, to, start);
    }

    /// Along the longest common sequence of lines.
    private static List<Edit> aligned(List<String> from, List<String> to, int start) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = from.get(i).equals(to.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var edits = new ArrayList<Edit>();
        int at = start;
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                at += from.get(i).length();
                i++;
                j++;
                continue;
            }
            int begin = at;
            int removed = i;
            int added = j;
            while ((i < from.size() || j < to.size())
                    && !(i < from.size() && j < to.size() && from.get(i).equals(to.get(j)))) {
                if (j < to.size() && (i == from.size() || common[i][j + 1] >= common[i + 1][j])) {
                    j++;
                } else {
                    at += from.get(i++).length();
                }
            }
            add(from.subList(removed, i), to.subList(added, j), begin, edits);
        }
        return edits;
    }

    /// As many lines for as many are one edit each, so that a part of them can be taken.
    private static void add(List<String> from, List<String> to, int start, List<Edit> into) {
        if (from.size() != to.size()) {
            into.add(new Edit(new Span(start, start + length(from)), String.join("", to)));
            return;
        }
        int at = start;
        for (int i = 0; i < from.size(); i++) {
            into.add(new Edit(new Span(at, at + from.get(i).length()), to.get(i)));
            at += from.get(i).length();
        }
    }

    /// With their ends.
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }
}
