package weir.integrations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The arguments of one call, read as what they have to be. The checker has seen to most of it; journals of other
/// builds may hold anything.
record Arguments(RecordValue values) {
    static Arguments of(Handler.Call call) {
        return new Arguments(call.arguments());
    }

    /// A value that is there, or null.
    @Nullable
    Value optional(String name) {
        var value = values.get(name);
        return value == null || value.isMissing() ? null : value;
    }

    String text(String name) throws StepFailure {
        if (optional(name) instanceof StringValue(String text)) {
            return text;
        }
        throw bad(name, "a text");
    }

    @Nullable
    String optionalText(String name) throws StepFailure {
        return optional(name) == null ? null : text(name);
    }

    @Nullable
    Double optionalNumber(String name) throws StepFailure {
        var value = optional(name);
        if (value == null) {
            return null;
        }
        if (value instanceof NumberValue(double number)) {
            return number;
        }
        throw bad(name, "a number");
    }

    @Nullable
    Duration optionalDuration(String name) throws StepFailure {
        var number = optionalNumber(name);
        return number == null ? null : Duration.ofMillis(number.longValue());
    }

    /// One text or several; none when it is left out.
    List<String> texts(String name) throws StepFailure {
        var value = optional(name);
        var texts = new ArrayList<String>();
        for (var one :
                value == null ? List.<Value>of() : value instanceof ListValue list ? list.asList() : List.of(value)) {
            if (!(one instanceof StringValue(String text))) {
                throw bad(name, "a text or a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    ListValue list(String name) throws StepFailure {
        if (optional(name) instanceof ListValue list) {
            return list;
        }
        throw bad(name, "a list");
    }

    static StepFailure bad(String name, String wanted) {
        return StepFailure.permanent("bad_argument", "`" + name + "` must be " + wanted);
    }

    static StepFailure unknownAction(Handler.Call call) {
        return StepFailure.permanent("unknown_action", call.integration() + " has no action \"" + call.action() + "\"");
    }
}
