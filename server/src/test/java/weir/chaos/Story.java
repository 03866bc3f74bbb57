package weir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The kinds of runs that are told, and how each has to end.
enum Story {
    /// Calls, a loop with limited concurrency, and waits.
    TRACKED(List.of("first", "each/1", "each/2", "each/3", "last")) {
        @Override
        @Nullable
        String wrong(int n, JsonNode run) {
            return succeeded(run, run.path("output").path("done").asInt() == 3);
        }
    },
    /// Fails in the end, and takes back what it did.
    SAGA(List.of("one", "part/1", "part/2", "refused", "part/1/undo", "part/2/undo", "one/undo")) {
        @Override
        @Nullable
        String wrong(int n, JsonNode run) {
            return run.path("status").asText().equals("failed") ? null : "should have failed";
        }
    },
    /// A child, an event and a person at once.
    FAMILY(List.of()) {
        @Override
        @Nullable
        String wrong(int n, JsonNode run) {
            return succeeded(run, run.path("output").path("twice").asInt() == 2 * n);
        }
    },
    /// Takes turns with the others of its group.
    LIMITED(List.of("begin", "end")) {
        @Override
        @Nullable
        String wrong(int n, JsonNode run) {
            return succeeded(run, run.path("output").path("done").asBoolean());
        }
    };

    static final int GROUPS = 5;
    static final int AT_ONCE = 3;

    /// What all of them are, for a world outside at an address.
    private static final String TEXT = """
            policy stubborn {
              retry 400 times from 50ms to 1s
            }

            workflow tracked(n: int) -> { done: int } {
              step first = http.post(url: "%1$s/do", body: { step: `${n}/first` }) {
                with stubborn
              }
              wait 700ms
              step all = for item of [1, 2, 3] at most 2 at once {
                step each = http.post(url: "%1$s/do", body: { step: `${n}/each/${item}` }) {
                  with stubborn
                }
                yield each.status
              }
              wait 1500ms
              step last = http.post(url: "%1$s/do", body: { step: `${n}/last` }) {
                with stubborn
              }
              return { done: all.length }
            }

            workflow saga(n: int) {
              step one = http.post(url: "%1$s/do", body: { step: `${n}/one` }) {
                with stubborn
                undo http.post(url: "%1$s/do", body: { step: `${n}/one/undo` }) {
                  with stubborn
                }
              }
              step parts = for item of [1, 2] {
                step part = http.post(url: "%1$s/do", body: { step: `${n}/part/${item}` }) {
                  with stubborn
                  undo http.post(url: "%1$s/do", body: { step: `${n}/part/${item}/undo` }) {
                    with stubborn
                  }
                }
                yield part.status
              }
              wait 500ms
              step refused = http.post(url: "%1$s/refuse", body: { step: `${n}/refused` }) {
                retry 400 times from 50ms to 1s when (error.status ?? 503) >= 500
              }
            }

            workflow limited(n: int) -> { done: boolean } {
              at most %2$d at once per n %% %3$d

              step begin = http.post(url: "%1$s/do", body: { step: `${n}/begin` }) {
                with stubborn
              }
              wait 300ms
              step end = http.post(url: "%1$s/do", body: { step: `${n}/end` }) {
                with stubborn
              }
              return { done: true }
            }
            """;

    private final List<String> steps;

    Story(List<String> steps) {
        this.steps = steps;
    }

    static String text(String url) {
        return TEXT.formatted(url, AT_ONCE, GROUPS) + Talk.TEXT;
    }

    /// Which story the run with a number tells.
    static Story of(int n) {
        IntPredicate every = of -> n % of == 0;
        return every.test(5) ? SAGA : every.test(4) ? FAMILY : every.test(2) ? LIMITED : TRACKED;
    }

    String workflow() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// What the world outside has to hear of it, after the number of the run.
    List<String> steps() {
        return steps;
    }

    /// What is wrong with how its run ended, null for nothing.
    abstract @Nullable String wrong(int n, JsonNode run);

    private static @Nullable String succeeded(JsonNode run, boolean right) {
        return !run.path("status").asText().equals("succeeded")
                ? "should have succeeded"
                : right ? null : "gave another result";
    }
}
