package weir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks at what the promises were worth, by what the world outside heard and what the journal says.
final class Judge {
    /// How long after it goes on a process that was stopped may still send what it had decided to send.
    private static final Duration DROWSY = Duration.ofSeconds(5);

    /// The journal's times have whole milliseconds.
    private static final Duration ROUNDING = Duration.ofMillis(2);

    private final Map<String, List<Effects.Request>> heard = new HashMap<>();
    private final Collection<Instant> awakenings;
    private final List<String> broken = new ArrayList<>();

    Judge(Collection<Effects.Request> requests, Collection<Instant> awakenings) {
        this.awakenings = awakenings;
        for (var request : requests) {
            heard.computeIfAbsent(request.step(), step -> new ArrayList<>()).add(request);
        }
    }

    /// @return every promise that was broken; empty when all is well
    List<String> judge(Load load) {
        load.refused().forEach((n, answer) -> broken.add("the start of run " + n + " was refused: " + answer));
        var ended = load.ended();
        load.accepted().forEach((n, id) -> {
            var run = ended.get(n);
            if (run == null) {
                broken.add("run " + n + " (" + id + ", " + Story.of(n) + ") has not ended");
            } else {
                end(n, id, run);
            }
        });
        turns(ended);
        return broken;
    }

    private void end(int n, String id, JsonNode run) {
        var story = Story.of(n);
        var name = "run " + n + " (" + id + ", " + story + ")";
        var wrong = story.wrong(n, run);
        if (wrong != null) {
            broken.add(name + " " + wrong + ": " + run);
            return;
        }
        for (var step : story.steps()) {
            var requests = heard.getOrDefault(n + "/" + step, List.of());
            if (requests.isEmpty()) {
                broken.add(name + ": " + step + " was never performed");
            }
            if (requests.stream().map(Effects.Request::key).distinct().count() > 1) {
                broken.add(name + ": " + step + " came with different keys: " + requests);
            }
        }
        if (story == Story.SAGA) {
            undoneInOrder(n, name);
        }
        journaledOnce(name, run);
    }

    /// What was done first is undone last.
    private void undoneInOrder(int n, String name) {
        var one = heard.getOrDefault(n + "/one/undo", List.of());
        for (int part = 1; part <= 2; part++) {
            var undone = heard.getOrDefault(n + "/part/" + part + "/undo", List.of());
            if (!one.isEmpty()
                    && !undone.isEmpty()
                    && one.getFirst().at().isBefore(undone.getFirst().at())) {
                broken.add(name + ": its first step was undone before its parts");
            }
        }
    }

    /// What the journal knows is not performed again, but by who was stopped before and does not know it yet.
    private void journaledOnce(String name, JsonNode run) {
        for (var step : run.path("steps")) {
            if (!step.path("key").isTextual() || !step.path("endedAt").isTextual()) {
                continue;
            }
            var journaled = Instant.parse(step.get("endedAt").asText()).plus(ROUNDING);
            var key = step.get("key").asText();
            for (var requests : heard.values()) {
                if (!key.equals(requests.getFirst().key())) {
                    continue;
                }
                for (var request : requests) {
                    if (request.at().isAfter(journaled) && !drowsy(request.at())) {
                        broken.add(name + ": " + step.path("path") + " was journaled at " + journaled
                                + " and performed again at " + request.at());
                    }
                }
            }
        }
    }

    private boolean drowsy(Instant at) {
        return awakenings.stream().anyMatch(awake -> !at.isBefore(awake) && at.isBefore(awake.plus(DROWSY)));
    }

    /// A run of a group, from the first that was heard of it to its end.
    private record Turn(int n, Instant from, Instant to) {}

    /// Of each group, only so many had begun and not yet ended at any time.
    private void turns(Map<Integer, JsonNode> ended) {
        Map<Integer, List<Turn>> groups = new TreeMap<>();
        ended.forEach((n, run) -> {
            var first = heard.getOrDefault(n + "/begin", List.of());
            if (Story.of(n) == Story.LIMITED
                    && !first.isEmpty()
                    && run.path("endedAt").isTextual()) {
                groups.computeIfAbsent(n % Story.GROUPS, group -> new ArrayList<>())
                        .add(new Turn(
                                n,
                                first.getFirst().at(),
                                Instant.parse(run.get("endedAt").asText())));
            }
        });
        groups.forEach((group, turns) -> turns.forEach(turn -> {
            var with = turns.stream()
                    .filter(other -> !other.from().isAfter(turn.from())
                            && other.to().isAfter(turn.from().plus(ROUNDING)))
                    .toList();
            if (with.size() > Story.AT_ONCE) {
                broken.add("group " + group + " had " + with.size() + " runs at once: " + with);
            }
        }));
    }
}
