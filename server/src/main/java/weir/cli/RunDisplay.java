package weir.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.cli.LiveLines.Line;
import weir.cli.Terminal.Style;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.RunError;
import weir.graph.Node;
import weir.simulation.LocalRun;
import weir.value.Json;
import weir.value.StringValue;
import weir.value.Value;

/// A run as people follow it: what is going on at the bottom, what is over above it. On a terminal with turning marks
/// and clocks, in a pipe a line for everything that is over.
final class RunDisplay implements AutoCloseable {
    /// More than these are counted, not shown.
    private static final int SHOWN = 12;

    private static final int LONGEST_VALUE = 200;

    /// Pauses longer than this are told, also where nothing shows the time that is left.
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final InstantSource clock;
    private final Set<String> given;
    private final Map<String, Work> under = new LinkedHashMap<>();
    private final LiveLines lines;
    /// Whose frame is taken in.
    private Whose whose;

    /// @param prefix what stands in front of the titles of a child's statements
    /// @param nodes by the path of an entry
    private record Whose(String prefix, Function<String, Optional<Node>> nodes) {}

    /// @param until when it goes on, or null while it is being done
    private record Work(
            String title,
            Instant since,
            int attempt,
            @Nullable Instant until,
            String note) {}

    /// @param nodes by the path of an entry
    /// @param given the events that are sent anyway
    RunDisplay(Terminal terminal, Function<String, Optional<Node>> nodes, InstantSource clock, Set<String> given) {
        this.terminal = terminal;
        this.given = Set.copyOf(given);
        this.whose = new Whose("", nodes);
        this.clock = clock;
        this.lines = LiveLines.on(terminal, this::view);
    }

    /// Takes in what happened in the run or in one of its children. May be called from any thread.
    void show(LocalRun run, Frame frame) {
        var parent = run.parent();
        show(new Whose(parent == null ? "" : parent.path() + " › ", run.plan()::node), frame);
    }

    /// Takes in what happened in the run itself.
    void show(Frame frame) {
        show(whose, frame);
    }

    /// Draws nothing below while somebody types.
    void hold(boolean hold) {
        lines.hold(hold);
    }

    private void show(Whose of, Frame frame) {
        boolean ends = frame.entries().stream()
                .anyMatch(entry -> entry instanceof Entry.Parked || entry instanceof Entry.Ended);
        for (var entry : frame.entries()) {
            String over;
            synchronized (under) {
                whose = of;
                // What ends the run is told as its failure.
                over = ends && entry instanceof Entry.Raised ? null : take(entry, frame.at());
            }
            if (over != null) {
                lines.keep(over);
            }
        }
    }

    /// @return the line that stays of it, or null
    private @Nullable String take(Entry entry, Instant at) {
        return switch (entry) {
            case Entry.StepPlanned step -> {
                under.put(key(step.path()), new Work(title(step.path()), at, 1, null, ""));
                yield null;
            }
            case Entry.AttemptFailed(String path, int attempt, RunError error, Instant next) -> {
                var work = work(path, at);
                under.put(key(path), new Work(work.title(), work.since(), attempt + 1, next, error.code()));
                yield line("!", Style.BUSY, work.title(), "attempt " + attempt + ": " + reason(error));
            }
            case Entry.AttemptBegun(String path, int attempt) -> {
                var work = work(path, at);
                under.put(key(path), new Work(work.title(), work.since(), attempt, null, ""));
                yield null;
            }
            case Entry.AttemptPostponed(String path, int attempt, Instant next) -> {
                var work = work(path, at);
                under.put(key(path), new Work(work.title(), work.since(), attempt, next, "at most"));
                yield null;
            }
            case Entry.StepSkipped(String path, int _) -> over("·", Style.QUIET, path, at, ", done already");
            case Entry.StepDone(String path, int attempt, Value _) -> {
                String tries = attempt > 1 ? ", attempt " + attempt : "";
                yield over("✓", Style.GOOD, path, at, tries);
            }
            case Entry.StepFailed(String path, int attempt, RunError error) -> {
                String tries = attempt > 1 ? ", after " + attempt + " attempts" : "";
                yield over("✗", Style.BAD, path, at, tries + ": " + reason(error));
            }
            case Entry.Waiting(String path, Instant until) -> {
                under.put(key(path), new Work(whose.prefix() + "wait", at, 1, until, ""));
                yield Duration.between(at, until).compareTo(LONG) > 0
                        ? line("·", Style.QUIET, whose.prefix() + "waits until " + until, "")
                        : null;
            }
            case Entry.Woke(String path) -> over("✓", Style.GOOD, path, at, "");
            case Entry.Asked asked -> {
                under.put(key(asked.path()), new Work(title(asked.path()), at, 1, asked.until(), ""));
                yield null;
            }
            case Entry.Awaited(String path, String event, @Nullable Instant until) -> {
                under.put(key(path), new Work(whose.prefix() + "wait for " + event, at, 1, until, ""));
                yield given.contains(event) ? null : awaits(event, until);
            }
            case Entry.EventIgnored(String _, String _, RunError why) ->
                line("·", Style.QUIET, "ignored", why.message());
            case Entry.Emitted(String _, String event, Value _) -> line("✓", Style.GOOD, "emit " + event, "");
            case Entry.Logged(String _, Value value) -> line("·", Style.QUIET, said(value), "");
            case Entry.Raised(String path, RunError error) ->
                line("!", Style.BUSY, whose.prefix() + path, reason(error));
            case Entry.Reported _, Entry.Parked _, Entry.Ended _ -> null;
            case Entry.Started _,
                    Entry.Deadline _,
                    Entry.TimedOut _,
                    Entry.LetMade _,
                    Entry.RulesFired _,
                    Entry.Branched _,
                    Entry.Exposed _,
                    Entry.Repeating _,
                    Entry.Passed _,
                    Entry.Listed _,
                    Entry.Replayed _,
                    Entry.MessageTaken _,
                    Entry.MessageOpened _ -> null;
        };
    }

    private String awaits(String event, @Nullable Instant until) {
        String title =
                whose.prefix() + "waits for the event \"" + event + "\"" + (until == null ? "" : " until " + until);
        return line("·", Style.QUIET, title, "start with --emit " + event + "='{…}' to send it");
    }

    private Work work(String path, Instant at) {
        var work = under.get(key(path));
        return work == null ? new Work(title(path), at, 1, null, "") : work;
    }

    private String over(String mark, Style style, String path, Instant at, String note) {
        var work = work(path, at);
        under.remove(key(path));
        return line(mark, style, work.title(), duration(Duration.between(work.since(), at)) + note);
    }

    private String line(String mark, Style style, String title, String note) {
        return terminal.paintErr(style, mark) + " " + title
                + (note.isEmpty() ? "" : "  " + terminal.paintErr(Style.QUIET, note));
    }

    /// `charge  stripe.create_charge`, with the items of loops.
    private String title(String path) {
        String title = whose.prefix() + path;
        return whose.nodes()
                .apply(path)
                .map(node -> switch (node) {
                    case Node.Step step -> title + "  " + step.integration() + "." + step.action();
                    case Node.Child child -> title + "  " + child.workflow();
                    // Default: the path says what it is.
                    default -> title;
                })
                .orElse(title);
    }

    private String key(String path) {
        return whose.prefix() + path;
    }

    private List<Line> view() {
        synchronized (under) {
            List<Line> shown = new ArrayList<>();
            var now = clock.instant();
            for (var work : under.values()) {
                if (shown.size() == SHOWN) {
                    shown.add(Line.busy("and " + (under.size() - SHOWN) + " more"));
                    break;
                }
                shown.add(Line.busy(work.title() + "  " + clockOf(work, now)));
            }
            return shown;
        }
    }

    private static String clockOf(Work work, Instant now) {
        var until = work.until();
        if (until == null) {
            String attempt = work.attempt() > 1 ? "attempt " + work.attempt() + ", " : "";
            return attempt + duration(Duration.between(work.since(), now));
        }
        String left = duration(Duration.between(now, until));
        return work.note().isEmpty()
                ? left + " left"
                : "%s; attempt %d in %s".formatted(work.note(), work.attempt(), left);
    }

    private static String reason(RunError error) {
        return error.message().isEmpty() ? error.code() : error.message() + " (" + error.code() + ")";
    }

    private static String said(Value value) {
        String text = value instanceof StringValue(String words) ? words : Json.text(value);
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    /// `340 ms`, `4.2 s`, `3 min 10 s`, `2 h 5 min`.
    static String duration(Duration time) {
        long ms = Math.max(0, time.toMillis());
        if (ms < 1_000) {
            return ms + " ms";
        }
        if (ms < 60_000) {
            return String.format(java.util.Locale.ROOT, "%.1f s", ms / 1_000.0);
        }
        if (ms < 3_600_000) {
            return "%d min %d s".formatted(ms / 60_000, ms / 1_000 % 60);
        }
        return "%d h %d min".formatted(ms / 3_600_000, ms / 60_000 % 60);
    }

    @Override
    public void close() {
        lines.close();
    }
}
