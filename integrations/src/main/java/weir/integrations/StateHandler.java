package weir.integrations;

import weir.store.KeptValues;
import weir.store.StoreProblem;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.PlainText;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `state` integration: what workflows of an organisation remember between runs.
public final class StateHandler implements Handler {
    /// The longest value, as JSON in characters.
    private static final int LONGEST_VALUE = 1 << 20;

    private static final int LONGEST_KEY = 500;

    private final KeptValues values;

    public StateHandler(KeptValues values) {
        this.values = values;
    }

    @Override
    public Value perform(Call call) throws StepFailure {
        var arguments = Arguments.of(call);
        String key = arguments.text("key");
        if (key.length() > LONGEST_KEY || !PlainText.is(key)) {
            throw Arguments.bad(
                    "key",
                    "a text of at most " + LONGEST_KEY + " characters, without NUL and halves of surrogate pairs");
        }
        try {
            return switch (call.action()) {
                case "get" -> values.get(call.org(), key).orElse(NullValue.NULL);
                case "set" -> set(call, arguments, key);
                case "delete" -> {
                    values.delete(call.org(), key);
                    yield NullValue.NULL;
                }
                case "increment" -> increment(call, arguments, key);
                default -> throw Arguments.unknownAction(call);
            };
        } catch (StoreProblem away) {
            throw away.kind() == StoreProblem.Kind.REJECTED
                    ? StepFailure.permanent("not_storable", "the value of \"" + key + "\" cannot be kept")
                    : new StepFailure("state_away", "what is kept between runs cannot be reached now");
        }
    }

    private Value set(Call call, Arguments arguments, String key) throws StepFailure {
        var value = call.arguments().get("value");
        var kept = value == null ? NullValue.NULL : value;
        if (Json.exactText(kept).length() > LONGEST_VALUE) {
            throw StepFailure.permanent(
                    "value_too_large",
                    "the value of \"" + key + "\" is longer than " + LONGEST_VALUE + " characters; keep it in a file");
        }
        values.set(call.org(), key, kept, arguments.optionalDuration("ttl"));
        return NullValue.NULL;
    }

    private Value increment(Call call, Arguments arguments, String key) throws StepFailure {
        var by = arguments.optionalNumber("by");
        var sum = values.add(call.org(), key, by == null ? 1 : by, arguments.optionalDuration("ttl"), call.key());
        return Value.of(sum.orElseThrow(
                () -> StepFailure.permanent("not_a_number", "what is kept under \"" + key + "\" is no number")));
    }
}
