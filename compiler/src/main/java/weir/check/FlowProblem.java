package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// Paths through statements that lead nowhere, or to the wrong place.
public sealed interface FlowProblem extends CheckProblem {
    record Unreachable(Location at, String after) implements FlowProblem {
        @Override
        public String code() {
            return "W2401";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "This is never reached: %s leaves before it.".formatted(after);
        }
    }

    /// @param when the path that gives no value, as a clause (`no condition holds`)
    record NoYield(Location at, String name, String when) implements FlowProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2402";
        }

        @Override
        public String message() {
            return "`%s` gets no value when %s.".formatted(name, when);
        }

        @Override
        public String hint() {
            return "Every path has to `yield` a value, `fail` or `return`.";
        }
    }

    record YieldNowhere(Location at) implements FlowProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2403";
        }

        @Override
        public String message() {
            return "No block here takes this value.";
        }

        @Override
        public String hint() {
            return "Name the block that it is the value of: `step name = if …`, `step names = for …`.";
        }
    }

    record MissingCases(Location at, List<String> cases, Fix fix) implements FlowProblem {
        public MissingCases {
            cases = List.copyOf(cases);
        }

        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2404";
        }

        @Override
        public String message() {
            return "Nothing happens here for %s.".formatted(Words.list(cases, "and"));
        }

        @Override
        public String hint() {
            return "Add the missing cases, or an `else { }`.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(fix);
        }
    }

    record DuplicateCase(Location at, String value) implements FlowProblem {
        @Override
        public String code() {
            return "W2405";
        }

        @Override
        public String message() {
            return "The case %s stands here twice.".formatted(value);
        }
    }

    record NoReturn(Location at, String workflow, String type) implements FlowProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2406";
        }

        @Override
        public String message() {
            return "`%s` promises %s, but can end without a `return`.".formatted(workflow, type);
        }
    }

    record BareReturn(Location at, String type) implements FlowProblem {
        @Override
        public String code() {
            return "W2407";
        }

        @Override
        public String message() {
            return "This `return` needs a value: the workflow promises %s.".formatted(type);
        }
    }

    record SameNameInBranches(Location at, String name, Location earlier) implements FlowProblem {
        @Override
        public String code() {
            return "W2408";
        }

        @Override
        public String message() {
            return "Two branches make the name `%s`, and both are visible afterwards.".formatted(name);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(earlier, "the other `%s`".formatted(name)));
        }
    }

    /// @param word `return` or `yield`
    /// @param what what is left
    record LeavesConcurrent(Location at, String word, String what) implements FlowProblem {
        @Override
        public String code() {
            return "W2409";
        }

        @Override
        public String message() {
            return "`%s` cannot leave %s while the rest of it runs.".formatted(word, what);
        }

        @Override
        public String hint() {
            return "Keep the value under a name and `%s` it afterwards.".formatted(word);
        }
    }

    record NoValue(Location at, String what, @Nullable String advice) implements FlowProblem {
        @Override
        public String code() {
            return "W2410";
        }

        @Override
        public String message() {
            return "%s gives no value, so it cannot have a name.".formatted(what);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    /// @param names what calls the next of them, the last the first
    /// @param calls where
    /// @param condition an example of what would end it
    record Endless(Location at, List<String> names, List<Location> calls, String condition) implements FlowProblem {
        public Endless {
            names = List.copyOf(names);
            calls = List.copyOf(calls);
        }

        @Override
        public String code() {
            return "W2411";
        }

        @Override
        public String message() {
            return names.size() == 1
                    ? "`%s` calls itself every time, so it never ends.".formatted(names.getFirst())
                    : "%s call each other every time, so they never end.".formatted(Words.quoted(names, "and"));
        }

        @Override
        public String hint() {
            return "Let a condition end it: " + condition + ".";
        }

        @Override
        public List<Related> related() {
            var related = new ArrayList<Related>();
            for (int i = 1; i < calls.size() && i < 5; i++) {
                related.add(new Related(calls.get(i), "and here"));
            }
            return related;
        }
    }

    /// A circle of workflows that start each other, by events at least once.
    ///
    /// @param names what starts the next of them, the last the first
    /// @param calls where
    record EndlessEvents(Location at, List<String> names, List<Location> calls) implements FlowProblem {
        public EndlessEvents {
            names = List.copyOf(names);
            calls = List.copyOf(calls);
        }

        @Override
        public String code() {
            return "W2412";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return names.size() == 1
                    ? "This event starts `%s` again every time, so one run follows the other without end."
                            .formatted(names.getFirst())
                    : "%s start each other every time, so one run follows the other without end."
                            .formatted(Words.quoted(names, "and"));
        }

        @Override
        public String hint() {
            return "Let a condition end it: `on event(…) when …`, or `if (…) { emit … }`.";
        }

        @Override
        public List<Related> related() {
            return calls.stream()
                    .skip(1)
                    .limit(4)
                    .map(call -> new Related(call, "and here"))
                    .toList();
        }
    }
}
