package weir.eval;

import java.util.List;
import java.util.stream.Collectors;
import weir.value.Value;

/// A value that was held against a type.
///
/// @param value the value as the type has it: unknown fields left out, datetimes in their one form; of use only when it
///     fits
/// @param misfits where it does not fit, at most [Fitting#MAX_MISFITS]
public record Fitted(Value value, List<Misfit> misfits) {
    public Fitted {
        misfits = List.copyOf(misfits);
    }

    /// @param path where (`order.lines[3].price`), empty when it is the whole value
    /// @param message what was expected and what is there
    public record Misfit(String path, String message) {
        @Override
        public String toString() {
            return path.isEmpty() ? message : "`" + path + "`: " + message;
        }
    }

    public boolean fits() {
        return misfits.isEmpty();
    }

    /// All misfits in one line.
    public String sentence() {
        return misfits.stream().map(Misfit::toString).collect(Collectors.joining("; "));
    }
}
