package weir.sandbox;

import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Looks for secrets in values.
final class Secrets {
    private Secrets() {}

    static boolean isIn(Value value) {
        return switch (value) {
            case SecretValue _ -> true;
            case ListValue list -> isIn(list);
            case RecordValue record -> isIn(record);
            case NullValue _, UndefinedValue _, BooleanValue _, NumberValue _, StringValue _ -> false;
        };
    }

    private static boolean isIn(ListValue list) {
        for (var item : list) {
            if (isIn(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(RecordValue record) {
        for (int i = 0; i < record.size(); i++) {
            if (isIn(record.valueAt(i))) {
                return true;
            }
        }
        return false;
    }
}
