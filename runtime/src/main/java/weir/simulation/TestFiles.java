package weir.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.graph.Expr;
import weir.graph.Library;
import weir.model.Type;
import weir.source.Span;
import weir.value.Crossing;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// The files of a test. A text stands for a file with that content; what only makes a file or looks into one is
/// done, and needs no mock.
final class TestFiles {
    private static final Map<String, String> TYPES =
            Map.of("csv", "text/csv", "json", "application/json", "html", "text/html");

    private final Map<String, String> texts = new HashMap<>();
    private final Expressions expressions;
    private final Library library;

    TestFiles(Expressions expressions, Library library) {
        this.expressions = expressions;
        this.library = library;
    }

    /// The value with files in place of the texts that stand for them.
    ///
    /// @param name what the files are called
    Value withFiles(Value value, Type type, String name) {
        return switch (type) {
            case Type.Basic basic
            when basic == Type.Basic.FILE && value instanceof StringValue(String text) -> keep(name, "", text);
            case Type.Named(String declared)
            when library.types().get(declared) instanceof Type named -> withFiles(value, named, name);
            case Type.RecordOf(var fields)
            when value instanceof RecordValue record -> {
                var whole = RecordValue.builder().putAll(record);
                for (var field : fields) {
                    var given = record.get(field.name());
                    if (given != null) {
                        whole.put(field.name(), withFiles(given, field.type(), name));
                    }
                }
                yield whole.build();
            }
            case Type.ListOf(Type item)
            when value instanceof ListValue list ->
                ListValue.of(list.asList().stream()
                        .map(one -> withFiles(one, item, name))
                        .toList());
            case Type.Union(var members)
            when value instanceof StringValue && !members.contains(Type.Basic.STRING) ->
                members.contains(Type.Basic.FILE) ? withFiles(value, Type.Basic.FILE, name) : value;
            case Type.RecordOf _, Type.ListOf _, Type.MapOf _, Type.Named _, Type.Union _ -> value;
            case Type.Literal _, Type.Basic _ -> value;
        };
    }

    /// What a mocked file is called: as its path or address ends.
    static String name(Value arguments) {
        if (arguments instanceof RecordValue record) {
            for (String argument : List.of("name", "path", "url")) {
                if (record.get(argument) instanceof StringValue(String text)) {
                    return text.substring(text.lastIndexOf('/') + 1);
                }
            }
        }
        return "file.txt";
    }

    private RecordValue keep(String name, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String hash = hash(bytes);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        texts.put(hash, text);
        return RecordValue.builder()
                .put("id", Value.of("file_" + hash.substring(0, 24)))
                .put("name", Value.of(name))
                .put("type", Value.of(type.isEmpty() ? TYPES.getOrDefault(ending, "text/plain") : type))
                .put("size", Value.of(bytes.length))
                .put("hash", Value.of(hash))
                .build();
    }

    /// What an action gives that needs no mock; null: it needs one.
    Mocked.@Nullable Given answer(Call call) {
        if (!(call.callee() instanceof Call.Callee.Action(String integration, String action))
                || !integration.equals("file")
                || !(call.arguments() instanceof RecordValue arguments)) {
            return null;
        }
        try {
            var value = action.equals("create")
                    ? keep(text(arguments, "name"), text(arguments, "type"), text(arguments, "text"))
                    : read(action, arguments);
            return value == null ? null : new Mocked.Given.Of(Crossing.of(value));
        } catch (EvaluationError wrong) {
            return new Mocked.Given.Refused(new RunError("unreadable_file", wrong.sentence(), null, 0, null, null));
        }
    }

    private @Nullable Value read(String action, RecordValue arguments) {
        String text = arguments.get("file") instanceof RecordValue file ? texts.get(text(file, "hash")) : null;
        if (text == null) {
            return null;
        }
        return switch (action) {
            case "text" -> new StringValue(text);
            case "json" -> parse("JSON", List.of(text));
            case "csv" -> parse("csv", separated(text, arguments));
            default -> null;
        };
    }

    private static List<String> separated(String text, RecordValue arguments) {
        var all = new ArrayList<>(List.of(text));
        if (arguments.get("separator") instanceof StringValue(String separator)) {
            all.add(separator);
        }
        return all;
    }

    /// The `parse` of a name space, so that files are read as expressions read texts.
    private Value parse(String space, List<String> arguments) {
        var parse = new Expr.Member(new Expr.Global(space, Span.NONE), "parse", false, Span.NONE);
        var elements = arguments.stream()
                .map(text -> new Expr.Element(false, new Expr.Text(text, Span.NONE)))
                .toList();
        return expressions.value(new Expr.Call(parse, elements, false, Span.NONE));
    }

    private static String text(RecordValue record, String name) {
        return record.get(name) instanceof StringValue(String text) ? text : "";
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
