package weir.syntax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;

/// Trees as texts in which places do not count, to compare them.
public final class Trees {
    private Trees() {}

    /// The declarations, one a line.
    public static String withoutPlaces(Tree.File file) {
        var text = new StringBuilder();
        for (Declaration declaration : file.declarations()) {
            write(declaration, text);
            text.append('\n');
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case Span _, Source _ -> {}
            // White space at a script's end and the kind of its line ends say nothing.
            case Tree.Fence fence ->
                text.append(fence.language())
                        .append(fence.text().strip().replaceAll("\\R", "\n"))
                        .append(',');
            case List<?> list -> {
                text.append('[');
                list.forEach(item -> write(item, text));
                text.append(']');
            }
            case Record record -> {
                text.append(record.getClass().getSimpleName()).append('(');
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    write(read(record, component), text);
                }
                text.append(')');
            }
            case null -> text.append("-,");
            // Default: words, numbers and what else has no parts.
            default -> text.append(value).append(',');
        }
    }

    static @Nullable Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
