package weir.check;

import org.jspecify.annotations.Nullable;
import weir.source.Location;

/// A form of the language that is read and checked but that the engine cannot run yet.
///
/// @param construct how it is written
/// @param instead what to use until then, or null
public record NotAvailable(
        Location at, String construct, @Nullable String instead) implements CheckProblem {
    @Override
    public String code() {
        return "W2900";
    }

    @Override
    public String message() {
        return "`%s` is not available yet.".formatted(construct);
    }

    @Override
    public @Nullable String hint() {
        return instead;
    }
}
