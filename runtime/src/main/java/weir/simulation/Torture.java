package weir.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.engine.RunView;
import weir.graph.TestCase;
import weir.source.Span;
import weir.value.Value;

/// Runs a test again and again, and kills the process of its runs after each frame of their journals: once before the
/// calls that the frame plans are made, once after them, so that what came of them is lost. Each time everything has to
/// come out as if nothing had been.
public final class Torture {
    private final TestRunner runner;

    public Torture(TestRunner runner) {
        this.runner = runner;
    }

    /// @param straight what came of the test without any death; if it failed, nobody was killed
    /// @param kills how many times the process was killed
    /// @param deaths those after which something came out in another way
    /// @param repeated calls that were made again because nobody had heard what came of them
    public record Report(TestReport straight, int kills, List<Death> deaths, List<Repeated> repeated) {
        public Report {
            deaths = List.copyOf(deaths);
            repeated = List.copyOf(repeated);
        }

        public boolean passed() {
            return straight.passed() && deaths.isEmpty();
        }
    }

    /// @param when in words
    /// @param report of the test with this death
    /// @param difference what the run gave that it should not have given, or null
    public record Death(
            String when, TestReport report, @Nullable String difference) {}

    /// @param what was called (`http.post`), and by which step
    /// @param times in all the deaths
    /// @param keyed whether the workflow gives the call a key of its own
    public record Repeated(String what, int times, boolean keyed, Span at) {}

    /// How a run came out.
    private record Outcome(
            RunView.Status status,
            @Nullable Value output,
            @Nullable RunError error) {}

    public Report of(TestCase test) {
        return new Session(test).report();
    }

    private final class Session {
        private final TestCase test;
        private final List<Death> deaths = new ArrayList<>();
        private final Map<String, Repeated> repeated = new LinkedHashMap<>();
        private @Nullable Outcome last;
        private int kills;

        Session(TestCase test) {
            this.test = test;
        }

        Report report() {
            var counting = Kills.none();
            var straight = run(counting);
            if (straight.passed()) {
                var expected = last;
                for (int frame = 1; frame <= counting.frames(); frame++) {
                    kill(
                            Kills.after(frame, false),
                            expected,
                            "after frame " + frame + ", before what it plans is done");
                    kill(Kills.after(frame, true), expected, "after what frame " + frame + " plans is done");
                }
                kill(Kills.always(false), expected, "after every frame, before what it plans is done");
            }
            return new Report(straight, kills, deaths, List.copyOf(repeated.values()));
        }

        private void kill(Kills when, @Nullable Outcome expected, String words) {
            var report = run(when);
            kills++;
            boolean same = Objects.equals(expected, last);
            if (!report.passed() || !same) {
                deaths.add(new Death(words, report, same ? null : "the run came out as " + last + ", not " + expected));
            }
        }

        private TestReport run(Kills when) {
            last = null;
            return runner.run(test, when, this::over, this::repeated);
        }

        private void over(LocalRun run) {
            var view = run.view();
            last = new Outcome(view.status(), view.output(), view.error());
        }

        private void repeated(MockWorld.Repetition one) {
            repeated.merge(
                    one.call() + " " + one.at(),
                    new Repeated(one.call().toString(), 1, one.keyed(), one.at()),
                    (before, now) -> new Repeated(before.what(), before.times() + 1, before.keyed(), before.at()));
        }
    }
}
