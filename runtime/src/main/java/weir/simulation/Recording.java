package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.graph.Expr;
import weir.graph.GraphJson;
import weir.graph.Node;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Turns a run that was into a `test` block: mocks that answer as the world did, the run's input, and what came of it.
public final class Recording {
    private static final String DONE_BEFORE =
            "was left out, because another run had done it for its `once per` key, and the runs of a test are the first";
    private static final String UNDER_WAY =
            "was under way when nothing waited for it any more, and mocks take no time: it would have come in here";

    /// Headers of answers that say something about what came.
    private static final Set<String> TELLING = Set.of("content-type", "location", "link", "retry-after");

    private final Plan plan;
    private final RecordValue run;
    private final Style style;
    private final Map<String, List<Answered>> answered = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private boolean resumed;

    /// What one call got in the end, with the failures before.
    ///
    /// @param arguments what the mock can tell it by
    /// @param answers as they are written
    private record Answered(Value arguments, List<String> answers) {}

    private Recording(Plan plan, RecordValue run, Style style) {
        this.plan = plan;
        this.run = run;
        this.style = style;
    }

    /// How it is written.
    ///
    /// @param timed whether events come when they came, and not at once
    /// @param fields whether each field of the result is expected by itself, where the whole one is not the same
    /// every time
    public record Style(boolean timed, boolean fields) {}

    /// @param plan of the version that ran
    /// @param run as [weir.engine.RunViewJson] shows it
    /// @return the block, not yet formatted
    public static String of(Plan plan, RecordValue run, Style style) {
        return new Recording(plan, run, style).block();
    }

    /// Why a run makes no test; empty when it does.
    public static List<String> obstacles(Plan plan, RecordValue run) {
        String status = text(run.get("status"));
        if (!status.equals("succeeded") && !status.equals("failed")) {
            return List.of("the run is " + status + "; only one that succeeded or failed makes a test");
        }
        return items(run.get("steps")).stream()
                .filter(step -> text(step.get("status")).equals("skipped") && begun(step))
                .map(step -> text(step.get("path")))
                .map(path -> "`" + path + "` " + (isOnce(plan, path) ? DONE_BEFORE : UNDER_WAY))
                .toList();
    }

    private static boolean isOnce(Plan plan, String path) {
        return plan.node(path).orElse(null) instanceof Node.Step step
                && step.policies().once() != null;
    }

    private String block() {
        items(run.get("steps")).forEach(this::step);
        var lines = new ArrayList<String>();
        lines.add("test " + Literal.text(title()) + " {");
        if (resumed) {
            lines.add("// The run failed and was resumed; what failed before is left out.");
        }
        answered.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("step "))
                .forEach(entry -> mocks(entry.getKey(), entry.getValue(), lines));
        answered.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("step "))
                .forEach(entry -> mocks(entry.getKey(), entry.getValue(), lines));
        lines.addAll(events);
        lines.add("run " + plan.graph().workflow() + "(" + input() + ")");
        expect(lines);
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private String title() {
        return plan.graph().workflow() + " as recorded at " + text(run.get("startedAt"));
    }

    private String input() {
        var arguments = new ArrayList<String>();
        if (run.get("input") instanceof RecordValue input) {
            input.forEach((name, value) -> arguments.add(name + ": " + Literal.of(textsForFiles(value))));
        }
        return String.join(", ", arguments);
    }

    private void expect(List<String> lines) {
        if (run.get("error") instanceof RecordValue error) {
            lines.add("expect run fails " + Literal.text(text(error.get("message"))));
        } else if (run.get("output") instanceof RecordValue output && style.fields()) {
            output.forEach((name, value) -> lines.add("expect result." + name + " === " + Literal.of(value)));
        } else if (run.has("output") && run.get("output") != NullValue.NULL) {
            lines.add("expect result === " + Literal.of(run.get("output")));
        }
    }

    // ---- what was called

    private void step(RecordValue step) {
        String path = text(step.get("path"));
        if (path.endsWith("/undo")) {
            called(text(step.get("action")), step);
            return;
        }
        switch (plan.node(path).orElse(null)) {
            case Node.Step node -> {
                String action = node.integration() + "." + node.action();
                called(node.name() == null ? action : "step " + node.name(), step);
            }
            case Node.Child node -> called(node.name() == null ? node.workflow() : "step " + node.name(), step);
            case Node.Ask node -> came(node.name() == null ? "ask" : "step " + node.name(), asked(step), step);
            case Node.WaitFor _ when style.timed() -> heard(step);
            case Node.WaitFor node -> {
                String event = node.event() instanceof Expr.Text(String name, var _) ? Literal.text(name) : "";
                if (node.name() != null || !event.isEmpty()) {
                    came(node.name() == null ? "wait for " + event : "step " + node.name(), RecordValue.EMPTY, step);
                }
            }
            // Default: what else a run does asks nothing of the world.
            case null, default -> {}
        }
    }

    private static Value asked(RecordValue step) {
        var question = step.get("input") instanceof RecordValue input ? input.get("question") : null;
        return question == null ? RecordValue.EMPTY : RecordValue.of("question", question);
    }

    private void called(String target, RecordValue step) {
        var answers = new ArrayList<String>();
        for (var attempt : lastGeneration(step)) {
            if (attempt.get("error") instanceof RecordValue error) {
                answers.add(fails(error));
            }
        }
        String status = text(step.get("status"));
        if (status.equals("succeeded")) {
            answers.add("returns " + Literal.of(textsForFiles(plain(step.get("output")))));
        } else if (step.get("error") instanceof RecordValue error && answers.isEmpty()) {
            answers.add(fails(error));
        }
        if (begun(step) && !answers.isEmpty()) {
            var arguments = step.get("input");
            add(target, new Answered(arguments == null ? RecordValue.EMPTY : arguments, answers));
        }
    }

    /// An answer without the headers that say nothing to the workflow and differ every time, or that may tell a
    /// secret. Those that the workflow names stay.
    private @Nullable Value plain(@Nullable Value output) {
        if (!(output instanceof RecordValue record) || !(record.get("headers") instanceof RecordValue headers)) {
            return output;
        }
        String graph = GraphJson.write(plan.graph());
        var kept = RecordValue.builder();
        headers.forEach((name, value) -> {
            if (TELLING.contains(name) || graph.contains('"' + name + '"')) {
                kept.put(name, value);
            }
        });
        return record.with("headers", kept.build());
    }

    private static boolean begun(RecordValue step) {
        return step.get("attempt") instanceof NumberValue(double attempt) && attempt > 0;
    }

    /// The attempts since the run was last resumed: a test does not resume, and what failed before is of no matter
    /// then.
    private List<RecordValue> lastGeneration(RecordValue step) {
        var attempts = items(step.get("attempts"));
        int from = 0;
        for (int i = 1; i < attempts.size(); i++) {
            if (attempts.get(i).get("attempt") instanceof NumberValue(double attempt) && attempt == 1) {
                from = i;
                resumed = true;
            }
        }
        return attempts.subList(from, attempts.size());
    }

    private void came(String target, Value arguments, RecordValue step) {
        if (text(step.get("status")).equals("succeeded")) {
            add(target, new Answered(arguments, List.of("returns " + Literal.of(textsForFiles(step.get("output"))))));
        }
    }

    /// An event comes when it came.
    private void heard(RecordValue step) {
        if (step.get("input") instanceof RecordValue input
                && input.get("event") instanceof StringValue(String event)
                && step.get("output") instanceof RecordValue payload) {
            var after = Duration.between(time(run.get("startedAt")), time(step.get("endedAt")));
            events.add("after " + Literal.duration(after) + " emit " + Literal.text(event) + " " + Literal.of(payload));
        }
    }

    private static Instant time(@Nullable Value value) {
        return value instanceof StringValue(String text) ? Instant.parse(text) : Instant.EPOCH;
    }

    private void add(String target, Answered call) {
        answered.computeIfAbsent(target, first -> new ArrayList<>()).add(call);
    }

    private static String fails(RecordValue error) {
        String code = text(error.get("code"));
        var with = RecordValue.builder();
        for (String name : List.of("message", "status", "body")) {
            var value = error.get(name);
            if (value != null && value != NullValue.NULL) {
                with.put(name, value);
            }
        }
        return "fails " + Literal.text(code) + " with " + Literal.of(with.build());
    }

    // ---- how mocks are written

    private static void mocks(String target, List<Answered> calls, List<String> lines) {
        Map<Value, List<String>> byArguments = new LinkedHashMap<>();
        for (var call : calls) {
            byArguments
                    .computeIfAbsent(call.arguments(), first -> new ArrayList<>())
                    .addAll(call.answers());
        }
        var path = byArguments.size() == 1 ? null : telling(byArguments.keySet());
        if (path == null) {
            var all = calls.stream().flatMap(call -> call.answers().stream()).toList();
            lines.add("mock " + target + " " + inTurn(all));
            return;
        }
        byArguments.forEach((arguments, answers) -> lines.add("mock " + target + " when args." + String.join("?.", path)
                + " === " + Literal.of(at(arguments, path)) + " " + inTurn(answers)));
    }

    /// `fails "x" 2 times then returns …`: the same answers in a row are written once.
    private static String inTurn(List<String> answers) {
        if (Set.copyOf(answers).size() == 1 && answers.getFirst().startsWith("returns")) {
            return answers.getFirst();
        }
        var turns = new ArrayList<String>();
        for (int i = 0; i < answers.size(); ) {
            int end = i;
            while (end < answers.size() && answers.get(end).equals(answers.get(i))) {
                end++;
            }
            turns.add(answers.get(i) + (end - i > 1 ? " " + (end - i) + " times" : ""));
            i = end;
        }
        return String.join(" then ", turns);
    }

    /// The shortest way to a value that tells all arguments apart, or null.
    private static @Nullable List<String> telling(Set<Value> all) {
        var open = new ArrayList<List<String>>();
        names(all.iterator().next()).forEach(name -> open.add(List.of(name)));
        for (int i = 0; i < open.size() && i < 1_000; i++) {
            var path = open.get(i);
            var values = new LinkedHashSet<Value>();
            boolean simple = true;
            for (var arguments : all) {
                var value = at(arguments, path);
                simple &= value instanceof StringValue || value instanceof NumberValue;
                values.add(value);
            }
            if (simple && values.size() == all.size()) {
                return path;
            }
            for (String name : names(at(all.iterator().next(), path))) {
                var longer = new ArrayList<>(path);
                longer.add(name);
                open.add(longer);
            }
        }
        return null;
    }

    private static List<String> names(Value value) {
        var names = new ArrayList<String>();
        if (value instanceof RecordValue record) {
            record.forEach((name, field) -> {
                if (Literal.isName(name)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private static Value at(Value value, List<String> path) {
        var at = value;
        for (String name : path) {
            var field = at instanceof RecordValue record ? record.get(name) : null;
            at = field == null ? NullValue.NULL : field;
        }
        return at;
    }

    /// A run holds references to files and not what is in them; what looked into one is mocked, too. So a text that
    /// says which file it was stands for it.
    private static Value textsForFiles(@Nullable Value value) {
        return switch (value) {
            case RecordValue record
            when isFile(record) -> Value.of(text(record.get("name")) + ", " + text(record.get("size")) + " bytes");
            case RecordValue record -> {
                var whole = RecordValue.builder();
                record.forEach((name, field) -> whole.put(name, textsForFiles(field)));
                yield whole.build();
            }
            case ListValue list ->
                ListValue.of(
                        list.asList().stream().map(Recording::textsForFiles).toList());
            case null -> NullValue.NULL;
            // Default: no other value holds a file.
            default -> value;
        };
    }

    private static boolean isFile(RecordValue record) {
        return record.size() == 5
                && text(record.get("id")).startsWith("file_")
                && List.of("name", "type", "size", "hash").stream().allMatch(record::has);
    }

    private static List<RecordValue> items(@Nullable Value list) {
        return list instanceof ListValue items
                ? items.asList().stream()
                        .filter(RecordValue.class::isInstance)
                        .map(RecordValue.class::cast)
                        .toList()
                : List.of();
    }

    private static String text(@Nullable Value value) {
        return value instanceof StringValue(String text) ? text : value == null ? "" : Json.text(value);
    }
}
