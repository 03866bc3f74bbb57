package weir.format;

import java.util.ArrayList;
import java.util.List;

/// A text with places where its lines may break, after Philip Wadler, "A prettier printer" (2003).
sealed interface Doc {
    /// As it stands, also if it has several lines.
    record Text(String text) implements Doc {}

    /// @param flat what stands there if the line does not break
    record Line(String flat, boolean hard) implements Doc {}

    record Concat(List<Doc> parts, boolean breaks) implements Doc {}

    /// On one line if that fits; otherwise all its own lines break.
    record Group(Doc content, boolean breaks) implements Doc {}

    record Indent(Doc content) implements Doc {}

    /// A word and what follows it: both on this line; or the second on a line of its own, if all of it fits there;
    /// or on this line, broken inside.
    record Hang(Doc word, Doc content) implements Doc {}

    /// One or the other, as the group around it is broken or not.
    record IfBroken(String broken, String flat) implements Doc {}

    /// Goes to the end of the line, behind whatever still comes on it: a comment.
    record Suffix(String text) implements Doc {}

    /// A comment before a closing bracket: at the end of the line if the group around it is broken.
    record Last(String text) implements Doc {}

    static Doc text(String text) {
        return new Text(text);
    }

    /// @param parts documents and strings
    static Doc concat(Object... parts) {
        List<Doc> docs = new ArrayList<>(parts.length);
        for (Object part : parts) {
            docs.add(part instanceof Doc doc ? doc : new Text((String) part));
        }
        return concat(docs);
    }

    static Doc concat(List<Doc> parts) {
        return new Concat(List.copyOf(parts), parts.stream().anyMatch(Doc::breaks));
    }

    static Doc group(Object... parts) {
        Doc content = concat(parts);
        return new Group(content, content.breaks());
    }

    /// A group that is broken in any case.
    static Doc broken(Object... parts) {
        return new Group(concat(parts), true);
    }

    static Doc indent(Object... parts) {
        return new Indent(concat(parts));
    }

    static Doc join(Doc separator, List<Doc> items) {
        List<Doc> parts = new ArrayList<>(items.size() * 2);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                parts.add(separator);
            }
            parts.add(items.get(i));
        }
        return concat(parts);
    }

    /// Whether it cannot stand on one line.
    default boolean breaks() {
        return switch (this) {
            case Text text -> text.text.indexOf('\n') >= 0;
            case Line line -> line.hard;
            case Concat concat -> concat.breaks;
            case Group group -> group.breaks;
            case Indent indent -> indent.content.breaks();
            case Hang hang -> hang.content.breaks();
            case IfBroken _ -> false;
            case Suffix _ -> true;
            case Last last -> last.text.indexOf('\n') >= 0;
        };
    }
}
