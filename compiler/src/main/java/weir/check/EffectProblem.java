package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// Effects, draws and secrets where they may not be, and policies that do not hold.
public sealed interface EffectProblem extends CheckProblem {
    record RetryUnsafe(Location at, String action, @Nullable Fix fix) implements EffectProblem {
        @Override
        public String code() {
            return "W2501";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "A retry may do `%s` twice.".formatted(action);
        }

        @Override
        public String hint() {
            return "Say with `key` what makes this call the same one, for example the id of what it is about.";
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// @param where what it would reach, empty where something looks into it
    record SecretLeak(Location at, String where) implements EffectProblem {
        @Override
        public String code() {
            return "W2502";
        }

        @Override
        public String message() {
            return where.isEmpty()
                    ? "A secret can only be passed on, not looked into."
                    : "A secret may not reach %s.".formatted(where);
        }

        @Override
        public String hint() {
            return "Secrets go only where they are declared to be taken: headers, `auth` and signatures.";
        }
    }

    /// @param what the drawn value (`now()`)
    /// @param where the pure place
    record DrawnInPure(Location at, String what, String where) implements EffectProblem {
        @Override
        public String code() {
            return "W2503";
        }

        @Override
        public String message() {
            return "`%s` gives another value each time, so it cannot stand in %s.".formatted(what, where);
        }

        @Override
        public String hint() {
            return "Draw it in the workflow (`let at = %s`) and pass it in.".formatted(what);
        }
    }

    record DuplicatePolicy(Location at, String word) implements EffectProblem {
        @Override
        public String code() {
            return "W2504";
        }

        @Override
        public String message() {
            return "`%s` stands here twice.".formatted(word);
        }
    }

    record SecretName(Location at) implements EffectProblem {
        @Override
        public String code() {
            return "W2505";
        }

        @Override
        public String message() {
            return "`secret` takes the name of a secret as a quoted text.";
        }
    }

    record UndoOfNothing(Location at, String action) implements EffectProblem {
        @Override
        public String code() {
            return "W2506";
        }

        @Override
        public String message() {
            return "`%s` changes nothing, so there is nothing to undo.".formatted(action);
        }
    }

    /// @param what what is out of range, as a sentence
    record OutOfRange(Location at, String what, @Nullable Fix fix) implements EffectProblem {
        @Override
        public String code() {
            return "W2507";
        }

        @Override
        public String message() {
            return what;
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// An undo that needs a result which there may not be.
    record UndoWithoutResult(Location at, String step, String action) implements EffectProblem {
        @Override
        public String code() {
            return "W2508";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "This undo needs `%s`, which is not there when `%s` gives no answer but was done all the same."
                    .formatted(step, action);
        }

        @Override
        public String hint() {
            return "Give the step a `key`, so that it can be asked again, or undo by an id that is known before.";
        }
    }

    /// A policy that an undo cannot have.
    record PolicyOfUndo(Location at, String word) implements EffectProblem {
        @Override
        public String code() {
            return "W2513";
        }

        @Override
        public String message() {
            return "An undo takes no `%s`.".formatted(word);
        }

        @Override
        public String hint() {
            return "An undo that fails is tried again with `retry`; when it fails for good, its run rests until somebody"
                    + " resumes it.";
        }
    }

    record UndoByWorkflow(Location at, String workflow) implements EffectProblem {
        @Override
        public String code() {
            return "W2514";
        }

        @Override
        public String message() {
            return "An undo calls an action, not a workflow like `%s`.".formatted(workflow);
        }

        @Override
        public String hint() {
            return "Call the action that takes it back, or put both steps into a `try` and run the workflow in its"
                    + " `catch`.";
        }
    }

    /// @param fix bounds the whole run
    record WaitsForEver(Location at, String what, @Nullable Fix fix) implements EffectProblem {
        @Override
        public String code() {
            return "W2509";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "A run may wait here for ever: nothing says when %s is given up.".formatted(what);
        }

        @Override
        public String hint() {
            return "End it with `up to 3d` (then it may give null), or the whole run with `timeout 30d`.";
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// @param source the step that decides how often
    /// @param hint how to bound it
    record Unbounded(
            Location at,
            String source,
            String hint,
            @Nullable Fix fix) implements EffectProblem {
        @Override
        public String code() {
            return "W2510";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "Nothing bounds this loop of calls: what `%s` brings decides how many there are.".formatted(source);
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// A policy that only the call of an action can have.
    ///
    /// @param instead where to write it
    record PolicyOfChild(Location at, String word, String instead) implements EffectProblem {
        @Override
        public String code() {
            return "W2512";
        }

        @Override
        public String message() {
            return "A step that runs a workflow takes no `%s`.".formatted(word);
        }

        @Override
        public String hint() {
            return instead;
        }
    }

    /// A parameter that would bring a secret into the sandbox.
    record SecretInScript(Location at, String name) implements EffectProblem {
        @Override
        public String code() {
            return "W2511";
        }

        @Override
        public String message() {
            return "Secrets never enter a script, but `%s` is one.".formatted(name);
        }

        @Override
        public String hint() {
            return "Join it to the script's result in an expression: a template with a secret stays a secret.";
        }
    }

    /// A part of a reusable policy that means something only at a step.
    record NotReusable(Location at, String word, String why) implements EffectProblem {
        @Override
        public String code() {
            return "W2515";
        }

        @Override
        public String message() {
            return "`%s` cannot be shared by steps: %s.".formatted(word, why);
        }

        @Override
        public String hint() {
            return "Write it at the step itself.";
        }
    }

    /// A key that all passes of a loop have in common.
    record SameKey(Location at) implements EffectProblem {
        @Override
        public String code() {
            return "W2516";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "This key is the same in every pass of the loop, so only the first call counts.";
        }

        @Override
        public String hint() {
            return "Put what differs into it: `${order.id}/${line.sku}`.";
        }
    }

    /// An undo that would take nothing back.
    record UndoByNothing(Location at, String action) implements EffectProblem {
        @Override
        public String code() {
            return "W2517";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "`%s` changes nothing, so it takes nothing back.".formatted(action);
        }

        @Override
        public String hint() {
            return "Call what undoes the step: a `delete`, a refund, a cancellation.";
        }
    }

    /// @param what what has no name: `An event`
    record EmptyName(Location at, String what) implements EffectProblem {
        @Override
        public String code() {
            return "W2518";
        }

        @Override
        public String message() {
            return "%s needs a name, but this text is empty.".formatted(what);
        }
    }

    /// A type for something from outside that would make a secret of a plain text.
    ///
    /// @param what what comes from outside: `A setting`
    record SecretFromOutside(Location at, String what) implements EffectProblem {
        @Override
        public String code() {
            return "W2519";
        }

        @Override
        public String message() {
            return "%s is no secret: it is kept as it comes, in plain text.".formatted(what);
        }

        @Override
        public String hint() {
            return "Secrets come only from `secret(\"NAME\")`, whose value the server keeps apart.";
        }
    }
}
