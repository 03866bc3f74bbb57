package weir.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model's answer taken apart: the text in its fence, and the words around it.
///
/// @param text null when there is none
record Answer(@Nullable String text, String explanation) {
    /// A text may hold fences itself (JavaScript), so fences nest: one with a word opens, a bare one closes. The
    /// longest fenced text is the one meant; a fence that never closes goes to the end.
    static Answer of(String answer) {
        var words = new StringBuilder();
        var texts = new ArrayList<String>();
        var text = new StringBuilder();
        int depth = 0;
        for (String line : answer.lines().toList()) {
            String fence = line.strip();
            boolean ticks = fence.startsWith("```");
            boolean bare = ticks && fence.chars().allMatch(c -> c == '`');
            if (depth == 0 && ticks) {
                depth = 1;
            } else if (depth == 1 && bare) {
                texts.add(text.toString());
                text.setLength(0);
                depth = 0;
            } else if (depth > 0) {
                if (ticks) {
                    depth += bare ? -1 : 1;
                }
                text.append(line).append('\n');
            } else {
                words.append(line).append('\n');
            }
        }
        if (depth > 0) {
            texts.add(text.toString());
        }
        return new Answer(longest(texts), words.toString().strip());
    }

    private static @Nullable String longest(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .max(java.util.Comparator.comparingInt(String::length))
                .orElse(null);
    }
}
