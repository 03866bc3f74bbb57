package weir.engine;

import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// What a journal gives back of a value: an equal one that is nothing else's. `===` tells lists and records apart by
/// what they are, not by what is in them, so a run that goes on with what it wrote must not find more of them the same
/// than one that was killed and read it again.
final class Journaled {
    private Journaled() {}

    static Value of(Value value) {
        return switch (value) {
            case ListValue list -> of(list);
            case RecordValue record -> {
                var copy = RecordValue.builder();
                record.forEach((name, field) -> copy.put(name, of(field)));
                yield copy.build();
            }
            case NullValue _, UndefinedValue _, BooleanValue _, NumberValue _, StringValue _, SecretValue _ -> value;
        };
    }

    static ListValue of(ListValue list) {
        var items = new Value[list.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = of(list.get(i));
        }
        return ListValue.owning(items);
    }
}
