package weir.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Diagnostics as the command line (`--json`) and the API give them: an array of
/// `{code, severity, message, file, start: {line, column}, end: {line, column}, related, hint, fixes}`.
///
/// Lines and columns count from 1, columns in UTF-16 code units; `end` is the place after the last character.
/// `related` holds `{message, file, start, end}`, `fixes` holds `{title, edits: [{start, end, text}]}`; `hint` may be
/// null.
public final class DiagnosticJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DiagnosticJson() {}

    public static ArrayNode tree(List<Diagnostic> diagnostics) {
        ArrayNode array = JSON.createArrayNode();
        diagnostics.forEach(diagnostic -> array.add(tree(diagnostic)));
        return array;
    }

    public static ObjectNode tree(Diagnostic diagnostic) {
        ObjectNode object = JSON.createObjectNode();
        object.put("code", diagnostic.code());
        object.put("severity", diagnostic.severity().word());
        object.put("message", diagnostic.message());
        place(object, diagnostic.at());
        ArrayNode related = object.putArray("related");
        diagnostic.related().forEach(other -> {
            ObjectNode entry = related.addObject().put("message", other.message());
            place(entry, other.at());
        });
        object.put("hint", diagnostic.hint());
        ArrayNode fixes = object.putArray("fixes");
        diagnostic
                .fixes()
                .forEach(fix -> fix(fixes.addObject(), fix, diagnostic.at().source()));
        return object;
    }

    /// The array as indented text.
    public static String write(List<Diagnostic> diagnostics) {
        return tree(diagnostics).toPrettyString();
    }

    private static void fix(ObjectNode object, Fix fix, Source source) {
        object.put("title", fix.title());
        ArrayNode edits = object.putArray("edits");
        fix.edits().forEach(edit -> {
            ObjectNode entry = edits.addObject();
            span(entry, new Location(source, edit.span()));
            entry.put("text", edit.text());
        });
    }

    private static void place(ObjectNode object, Location at) {
        object.put("file", at.source().name());
        span(object, at);
    }

    private static void span(ObjectNode object, Location at) {
        position(object.putObject("start"), at.start());
        position(object.putObject("end"), at.end());
    }

    private static void position(ObjectNode object, Position position) {
        object.put("line", position.line()).put("column", position.column());
    }
}
