package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import weir.check.Lookup;
import weir.source.Span;

/// The stretches that a selection grows by: word, expression, statement, block, declaration, text.
final class Selection {
    private Selection() {}

    static List<Span> around(Document document, int offset) {
        String text = document.source().text();
        var spans = new ArrayList<Span>();
        Span word = Position.of(document.source(), offset).word();
        if (word.length() > 0) {
            spans.add(word);
        }
        for (Object piece : document.lookup().pieces()) {
            Span span = Lookup.place(piece);
            if (span != null && span.contains(offset)) {
                spans.add(trimmed(span, text));
            }
        }
        // Brackets hold also where nothing can be read.
        for (Span inside : Position.brackets(text, offset)) {
            spans.add(trimmed(inside, text));
            spans.add(new Span(inside.start() - 1, Math.min(text.length(), inside.end() + 1)));
        }
        spans.add(new Span(0, text.length()));
        var nested = new ArrayList<Span>();
        spans.stream()
                .filter(span -> span.length() > 0 && span.contains(offset))
                .sorted(Comparator.comparingInt(Span::length))
                .forEach(span -> {
                    boolean grows = nested.isEmpty()
                            || (span.length() > nested.getLast().length()
                                    && span.start() <= nested.getLast().start()
                                    && span.end() >= nested.getLast().end());
                    if (grows) {
                        nested.add(span);
                    }
                });
        return nested.isEmpty() ? List.of(new Span(0, text.length())) : List.copyOf(nested);
    }

    private static Span trimmed(Span span, String text) {
        int start = span.start();
        int end = span.end();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, end);
    }
}
