package weir.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import weir.eval.Evaluation.Fired;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.UndefinedValue;
import weir.value.Value;

class FrameJsonTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123Z");
    private static final RecordValue RECORD = RecordValue.builder()
            .put("text", Value.of("ä \"q\" \n \u0000 😀"))
            .put("whole", Value.of(12))
            .put("part", Value.of(0.1))
            .put("list", ListValue.of(Value.of(true), NullValue.NULL))
            .build();
    private static final RunError ERROR = new RunError(
            "http_429", "the shop said no", "charge", 3, 429, RecordValue.of("wait", Value.of(1)), 1500L, true);
    private static final UUID ID = UUID.fromString("01975b2e-0000-7000-8000-000000000001");
    private static final SecretValue SECRET =
            new SecretValue(List.of(new SecretValue.Piece.Plain("Bearer "), new SecretValue.Piece.Reference("STOCK")));

    private static final Segment SEGMENT = new Segment(
            ID,
            -42,
            "for_line",
            2,
            ListValue.of(RECORD, Value.of(2)),
            4,
            1,
            0,
            true,
            false,
            ListValue.of(RecordValue.EMPTY, RecordValue.of("3", RECORD)));

    /// At least one entry of every kind; the golden file has a line each.
    private static final List<Entry> SAMPLES = List.of(
            new Entry.Started("orders", 3, "0".repeat(64), 1, -42, RECORD, "webhook POST /orders", null),
            new Entry.Started("child", 1, "0".repeat(64), 1, 7, RECORD, "run", new Entry.Parent(ID, "for_x[2]/child")),
            new Entry.Deadline(TIME),
            new Entry.TimedOut(),
            new Entry.LetMade("id", Value.of("x"), List.of()),
            new Entry.LetMade("offer", RECORD, List.of(new Fired("discount", List.of(1, 3)))),
            new Entry.RulesFired("if", List.of(new Fired("discount", List.of(2)))),
            new Entry.Branched("if", "then"),
            new Entry.Exposed("split", "welcome", "c1", "fresh"),
            new Entry.Repeating("pages", 10, null, null),
            new Entry.Repeating("pages", 10, 60_000L, Value.of("first")),
            new Entry.Passed("pages", 0, false, Value.of("second"), TIME),
            new Entry.Passed("pages", 1, true, null, null),
            new Entry.AttemptPostponed("charge", 1, TIME),
            new Entry.StepSkipped("charge", 1),
            new Entry.Asked("approval", 1, ID, "Give it?", RecordValue.of("role", Value.of("sales")), TIME),
            new Entry.Asked("approval", 2, ID, "Give it?", RecordValue.of("person", Value.of("a@b.c")), null),
            new Entry.Awaited("resolved", "incident.resolved", TIME),
            new Entry.Awaited("resolved", "incident.resolved", null),
            new Entry.EventIgnored("resolved", "incident.resolved", RunError.of("does_not_fit", "no")),
            new Entry.Emitted("emit", "order.accepted", RECORD),
            new Entry.Listed("for_line", ListValue.of(Value.of(1), Value.of("b")), 8),
            new Entry.StepPlanned("charge", 1, RECORD.with("auth", SECRET), "run/charge/1", null, null, Terms.NONE),
            new Entry.StepPlanned("for_line[3]/hold", 2, RecordValue.EMPTY, "o1~2", 10_000L, "main", Terms.NONE),
            new Entry.StepPlanned(
                    "for_line[3]/hold",
                    2,
                    RecordValue.EMPTY,
                    "o1~2",
                    10_000L,
                    "main",
                    new Terms(new Terms.Once("k", 5), new Terms.Rate(3, 1000), "gpu")),
            new Entry.AttemptFailed("charge", 1, ERROR, TIME),
            new Entry.AttemptBegun("charge", 2),
            new Entry.StepDone("charge", 2, RECORD),
            new Entry.StepFailed("charge", 6, ERROR),
            new Entry.Raised("total", RunError.of("type_error", "cannot read `qty` of undefined")),
            new Entry.Waiting("wait", TIME),
            new Entry.Woke("wait"),
            new Entry.Logged("log", SECRET),
            new Entry.MessageTaken(1, new Message.Cancel("api: not needed any more")),
            new Entry.MessageTaken(2, new Message.Resume("api")),
            new Entry.MessageTaken(2, new Message.Resume("api", new Message.Onto(12, 3, "5f2e"))),
            new Entry.MessageTaken(2, new Message.Pause("api")),
            new Entry.MessageTaken(
                    3, new Message.ChildEnded("child", ID, Entry.Status.SUCCEEDED, Value.of("ok"), null)),
            new Entry.MessageTaken(4, new Message.ChildEnded("child", ID, Entry.Status.FAILED, null, ERROR)),
            new Entry.MessageTaken(5, new Message.Answered("approval", ID, RECORD)),
            new Entry.MessageTaken(6, new Message.Published("resolved", 12, "incident.resolved", RECORD)),
            new Entry.MessageOpened(6),
            new Entry.Replayed(ID, "charge", List.of(new Entry.StepDone("hold", 2, RECORD), new Entry.Woke("wait"))),
            new Entry.Parked(ERROR),
            new Entry.Ended(Entry.Status.SUCCEEDED, RECORD, null),
            new Entry.Ended(Entry.Status.FAILED, null, RunError.of("failed", "discount refused")),
            new Entry.Ended(Entry.Status.CANCELLED, null, null),
            new Entry.Started(
                    "orders",
                    3,
                    "0".repeat(64),
                    1,
                    -42,
                    RecordValue.EMPTY,
                    "run",
                    new Entry.Parent(ID, "for_line[2..3]"),
                    SEGMENT),
            new Entry.Listed("for_line", ListValue.of(Value.of(1), Value.of("b")), 8, new Entry.Split(1, 2)),
            new Entry.Reported(1, new Report.Finished(ListValue.of(Value.of(1)), 0, true)),
            new Entry.Reported(2, new Report.Left(new Report.Way.Failed(ERROR, true))),
            new Entry.Reported(3, new Report.Left(new Report.Way.Yielded("choice", RECORD))),
            new Entry.Reported(4, new Report.Left(new Report.Way.Returned(RECORD))),
            new Entry.Reported(5, new Report.Left(new Report.Way.Halted(ERROR))),
            new Entry.Reported(6, new Report.Stopped(false, null)),
            new Entry.Reported(7, new Report.Stopped(true, ERROR)),
            new Entry.Reported(8, new Report.Undone(false)),
            new Entry.Reported(9, new Report.UndoFailed(ERROR)),
            new Entry.MessageTaken(7, new Message.Ordered(2, new Order.Walk(SEGMENT))),
            new Entry.MessageTaken(8, new Message.Ordered(3, new Order.Quit(true))),
            new Entry.MessageTaken(9, new Message.Ordered(4, new Order.Undo(true, false, true))),
            new Entry.MessageTaken(10, new Message.Ordered(5, new Order.Release())),
            new Entry.MessageTaken(11, new Message.Reported("for_line[2..3]", ID, 1, new Report.Stopped(false, null))));

    @Test
    void everyKindOfEntryKeepsItsForm() {
        Golden.check(
                "weir/engine/entries.jsonl",
                SAMPLES.stream()
                        .map(entry -> new String(FrameJson.bytes(new Frame(1, TIME, List.of(entry))), UTF_8) + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void whatWasWrittenBeforeIsReadExactly() {
        var read = new ArrayList<Entry>();
        for (String line : Golden.text("weir/engine/entries.jsonl").lines().toList()) {
            Frame frame = FrameJson.read(7, line.getBytes(UTF_8));
            assertEquals(7, frame.seq());
            assertEquals(TIME, frame.at());
            read.addAll(frame.entries());
        }
        assertEquals(SAMPLES, read);
    }

    @Test
    void thereIsAGoldenLineOfEveryKind() {
        Set<Class<?>> missing = kinds(Entry.class);
        SAMPLES.forEach(entry -> missing.remove(entry.getClass()));
        assertEquals(Set.of(), missing);
    }

    private static Set<Class<?>> kinds(Class<?> of) {
        Set<Class<?>> kinds = new HashSet<>();
        for (Class<?> one : of.getPermittedSubclasses()) {
            if (one.isSealed()) {
                kinds.addAll(kinds(one));
            } else {
                kinds.add(one);
            }
        }
        return kinds;
    }

    @Test
    void everyValueComesBackAsItWas() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var frame = new Frame(
                    i + 1,
                    TIME,
                    List.of(new Entry.Logged("log", value(random, 4)), new Entry.StepDone("s", 1, value(random, 3))));
            byte[] bytes = FrameJson.bytes(frame);
            Frame back = FrameJson.read(i + 1, bytes);
            assertEquals(frame, back, () -> "-Dseed=" + seed);
            assertArrayEquals(bytes, FrameJson.bytes(back), () -> "-Dseed=" + seed);
        }
    }

    @Test
    void whatMayComeInMayBeJournaled() {
        String deep = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
        var frame = new Frame(1, TIME, List.of(new Entry.StepDone("s", 1, RecordValue.of("body", Json.read(deep)))));
        assertEquals(frame, FrameJson.read(1, FrameJson.bytes(frame)));
    }

    @Test
    void whatANewerBuildWroteIsNamed() {
        for (String bytes : List.of(
                "{\"at\":1,\"entries\":[{\"kind\":\"planned/9\",\"path\":\"a\"}]}",
                "{\"at\":1,\"entries\":[{\"kind\":\"log/1\",\"path\":\"a\",\"colour\":1}]}",
                "{\"at\":1,\"entries\":[{\"kind\":\"log/1\",\"path\":\"a\"}]}",
                "{\"at\":1,\"entries\":[],\"more\":1}")) {
            var problem =
                    assertThrows(JournalFormatException.class, () -> FrameJson.read(1, bytes.getBytes(UTF_8)), bytes);
            assertTrue(problem.getMessage().contains("newer version"), problem.getMessage());
        }
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> NullValue.NULL;
            case 1 -> UndefinedValue.UNDEFINED;
            case 2 -> Value.of(random.nextBoolean());
            case 3 -> Value.of(number(random));
            case 4, 5 -> Value.of(text(random));
            case 6 -> SECRET;
            case 7 -> {
                var items = new ArrayList<Value>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield ListValue.of(items);
            }
            default -> {
                var fields = RecordValue.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(
                            random.nextInt(3) == 0 ? "$".repeat(random.nextInt(3)) + "$secret" : text(random),
                            value(random, depth - 1));
                }
                yield fields.build();
            }
        };
    }

    private static double number(Random random) {
        double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, 5e-324};
        return switch (random.nextInt(4)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> random.nextInt(1000) - 500;
            case 2 -> random.nextLong();
            default -> Double.longBitsToDouble(random.nextLong() & ~(0x7ffL << 52) | (long) random.nextInt(2047) << 52);
        };
    }

    /// Any UTF-16, halves of surrogate pairs included.
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> (char) random.nextInt(0x10000);
                        case 1 -> (char) (0xd800 + random.nextInt(0x800));
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }
}
