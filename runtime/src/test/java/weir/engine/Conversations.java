package weir.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import weir.value.RecordValue;
import weir.value.Value;

/// What people, events and child runs may say to a run where it stands, under a name for each.
interface Conversations {
    /// Nobody says anything.
    Conversations SILENT = (state, entries) -> Map.of();

    /// @param entries the journal so far
    Map<String, Message> open(RunState state, List<Entry> entries);

    /// A path of no question.
    String NOISE = "nowhere";

    /// People answer most questions, events follow each other, children end in every way; always the same.
    Conversations LIVELY = (state, entries) -> {
        var open = new TreeMap<String, Message>();
        for (var waiting : state.waits.values()) {
            switch (waiting) {
                case Question question -> {
                    var task = question.task;
                    if (task != null && (question.until == null || chance(task, 3) > 0)) {
                        open.put(
                                "answer " + question.path,
                                new Message.Answered(
                                        question.path,
                                        task,
                                        RecordValue.of("approved", Value.of(chance(task, 2) == 0))));
                    }
                }
                case EventWait wait -> {
                    long told = told(entries, wait.path);
                    if (told < 8) {
                        open.put("event " + told + " " + wait.path, event(wait.path, told));
                    }
                }
                case Activation.Pause _, Repetition _ -> {}
            }
        }
        for (var step : state.steps.values()) {
            var child = step.child;
            if (child != null && step.phase == Activation.Phase.RUNNING) {
                open.put("child " + step.path + "#" + step.attempt, end(step, chance(child, 4)));
            }
        }
        if (entries.stream().filter(Conversations::isNoise).count() < 2) {
            open.put("noise", new Message.Answered(NOISE, state.run(), Value.of("what?")));
        }
        return open;
    };

    private static boolean isNoise(Entry entry) {
        return entry instanceof Entry.MessageTaken(int _, Message.Answered answered)
                && answered.path().equals(NOISE);
    }

    /// Events come in pairs the other way round: what comes late counts too.
    private static Message event(String path, long told) {
        long position = (told ^ 1) + 1;
        return new Message.Published(
                path, position, position % 3 == 0 ? "other" : "happened", Value.of((double) (position % 2)));
    }

    private static Message end(Activation.Step step, int how) {
        return switch (how) {
            case 0 ->
                new Message.ChildEnded(
                        step.path, step.child, Entry.Status.FAILED, null, RunError.of("http_503", "busy"));
            case 1 -> new Message.ChildEnded(step.path, step.child, Entry.Status.CANCELLED, null, null);
            default -> new Message.ChildEnded(step.path, step.child, Entry.Status.SUCCEEDED, step.arguments, null);
        };
    }

    private static int chance(Object what, int of) {
        return Math.floorMod(what.hashCode() * 0x9e3779b9 >> 7, of);
    }

    private static long told(List<Entry> entries, String path) {
        return entries.stream()
                .filter(entry -> entry instanceof Entry.MessageTaken(int _, Message.Published published)
                        && published.path().equals(path))
                .count();
    }
}
