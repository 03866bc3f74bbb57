package weir.integrations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import weir.eval.Datetimes;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `file` integration: the files of one folder that the operator shares, and what is in files that travel between
/// steps.
public final class FileHandler implements Handler {
    private static final int DEEPEST = 16;
    private static final int MOST_FILES = 10_000;

    private final @Nullable Path root;
    private final Blobs blobs;

    /// @param root the folder, or null: nothing is shared
    public FileHandler(@Nullable Path root, Blobs blobs) {
        this.root = root;
        this.blobs = blobs;
    }

    @Override
    public Value perform(Call call) throws StepFailure {
        var arguments = Arguments.of(call);
        try {
            return switch (call.action()) {
                case "read" -> read(call, arguments);
                case "write" -> write(call, arguments);
                case "list" -> list(arguments);
                case "move" -> move(arguments);
                case "delete" -> {
                    Files.deleteIfExists(place(arguments.text("path")));
                    yield NullValue.NULL;
                }
                case "create" -> create(call, arguments);
                case "text" -> Value.of(content(call));
                case "csv" -> csv(call, arguments);
                case "json" -> json(call);
                default -> throw Arguments.unknownAction(call);
            };
        } catch (NoSuchFileException gone) {
            throw new StepFailure("unknown_file", "there is no file " + shown(gone.getFile()));
        } catch (IOException wrong) {
            // Messages of such exceptions name places of this machine.
            throw new StepFailure(
                    "file_failed",
                    call.action() + " failed (" + wrong.getClass().getSimpleName() + "); the operator should look at"
                            + " the shared folder");
        }
    }

    // ---- the folder

    /// The place of a path below the folder, also when links on the way lead elsewhere.
    private Path place(String path) throws StepFailure, IOException {
        Path folder = folder();
        Path place;
        try {
            place = folder.resolve(path).normalize();
        } catch (java.nio.file.InvalidPathException wrong) {
            throw Arguments.bad("path", "a path such as `in/orders.csv`");
        }
        if (Path.of(path).isAbsolute() || !place.startsWith(folder) || place.equals(folder)) {
            throw outside(path);
        }
        for (@Nullable Path there = place; there != null && !there.equals(folder); there = there.getParent()) {
            if (Files.exists(there) || Files.isSymbolicLink(there)) {
                if (!there.toRealPath().startsWith(folder)) {
                    throw outside(path);
                }
                break;
            }
        }
        return place;
    }

    private static StepFailure outside(String path) {
        return StepFailure.permanent(
                "outside_folder", "\"" + path + "\" leads out of the folder that workflows may use");
    }

    private Path folder() throws StepFailure, IOException {
        if (root == null) {
            throw StepFailure.permanent(
                    "no_folder", "no folder is shared with workflows; the operator can name one with WEIR_FILES");
        }
        return root.toRealPath();
    }

    private String shown(@Nullable String file) {
        return file == null || root == null ? "of that path" : "\"" + file.replace(root.toString() + "/", "") + "\"";
    }

    private Value read(Call call, Arguments arguments) throws StepFailure, IOException {
        Path place = place(arguments.text("path"));
        if (Files.size(place) > Blobs.LIMIT) {
            throw StepFailure.permanent(
                    "file_too_large", "the file has more than " + Blobs.LIMIT + " bytes, the most a file may have");
        }
        return blobs.keep(call.org(), place.getFileName().toString(), "", Files.readAllBytes(place))
                .value();
    }

    private Value write(Call call, Arguments arguments) throws StepFailure, IOException {
        String path = arguments.text("path");
        Path place = place(path);
        byte[] content = arguments.optional("content") instanceof StringValue(String text)
                ? text.getBytes(StandardCharsets.UTF_8)
                : blobs.bytes(call.org(), blobs.file(call.org(), arguments.optional("content"), "content"));
        Files.createDirectories(place.getParent());
        // Nobody sees half a file.
        Path part = Files.createTempFile(place.getParent(), ".weir", null);
        try {
            Files.write(part, content);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return RecordValue.builder()
                .put("path", Value.of(path))
                .put("size", Value.of(content.length))
                .build();
    }

    private Value move(Arguments arguments) throws StepFailure, IOException {
        Path from = place(arguments.text("path"));
        Path to = place(arguments.text("to"));
        // A second attempt finds it done.
        if (Files.exists(from) || !Files.exists(to)) {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return NullValue.NULL;
    }

    private Value list(Arguments arguments) throws StepFailure, IOException {
        Path folder = folder();
        String below = arguments.optionalText("folder");
        Path from = below == null || below.isEmpty() || below.equals(".") ? folder : place(below);
        String pattern = arguments.optionalText("pattern");
        List<Path> found;
        try (var walk = Files.walk(from, DEEPEST)) {
            var names = folder.getFileSystem().getPathMatcher("glob:" + (pattern == null ? "*" : pattern));
            found = walk.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.getFileName().toString().startsWith(".") && names.matches(path.getFileName()))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
        } catch (PatternSyntaxException wrong) {
            throw Arguments.bad("pattern", "a pattern of names such as `*.csv`");
        }
        if (found.size() > MOST_FILES) {
            throw StepFailure.permanent("too_many_files", "the folder has more than " + MOST_FILES + " files");
        }
        var files = new ArrayList<Value>();
        for (Path one : found) {
            files.add(RecordValue.builder()
                    .put("path", Value.of(folder.relativize(one).toString().replace('\\', '/')))
                    .put("name", Value.of(one.getFileName().toString()))
                    .put("size", Value.of((double) Files.size(one)))
                    .put(
                            "modified",
                            Value.of(Datetimes.text(
                                    Files.getLastModifiedTime(one).toInstant())))
                    .build());
        }
        return ListValue.of(files);
    }

    // ---- what is in files

    private Value create(Call call, Arguments arguments) throws StepFailure {
        String type = arguments.optionalText("type");
        return blobs.keep(
                        call.org(),
                        arguments.text("name"),
                        type == null ? "" : type,
                        arguments.text("text").getBytes(StandardCharsets.UTF_8))
                .value();
    }

    private String content(Call call) throws StepFailure {
        var file = blobs.file(call.org(), call.arguments().get("file"), "file");
        byte[] bytes = blobs.bytes(call.org(), file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.length() > Evaluation.MAX_TEXT) {
                throw StepFailure.permanent(
                        "file_too_large",
                        "\"" + file.name() + "\" is longer than a text of a workflow may be (" + Evaluation.MAX_TEXT
                                + " characters)");
            }
            return text;
        } catch (CharacterCodingException binary) {
            throw StepFailure.permanent("not_text", "\"" + file.name() + "\" is no text in UTF-8");
        }
    }

    /// As `csv.parse` does.
    private Value csv(Call call, Arguments arguments) throws StepFailure {
        var given = new ArrayList<Expr.Element>();
        given.add(new Expr.Element(false, new Expr.Text(content(call), Span.NONE)));
        String separator = arguments.optionalText("separator");
        if (separator != null) {
            given.add(new Expr.Element(false, new Expr.Text(separator, Span.NONE)));
        }
        var parse = new Expr.Member(new Expr.Global("csv", Span.NONE), "parse", false, Span.NONE);
        try {
            return call.plan()
                    .programs()
                    .compile(new Expr.Call(parse, given, false, Span.NONE), new Scope(null))
                    .run(
                            new Frame(null, 0),
                            new Evaluation(drawn -> NullValue.NULL, Evaluation.STANDARD_OPERATIONS * 10));
        } catch (EvaluationError wrong) {
            throw StepFailure.permanent(wrong.code(), wrong.sentence());
        }
    }

    private Value json(Call call) throws StepFailure {
        try {
            return Json.read(content(call));
        } catch (JsonProblem wrong) {
            throw StepFailure.permanent("not_json", "the file holds no JSON: " + wrong.sentence());
        }
    }
}
