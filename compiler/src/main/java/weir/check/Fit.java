package weir.check;

import java.util.List;
import weir.model.Type;

/// Whether values of one type may stand where another is wanted.
sealed interface Fit {
    /// Always.
    record Proven() implements Fit {}

    /// It goes through `json`: the run looks when it gets there.
    record AtRunTime() implements Fit {}

    /// Not always.
    ///
    /// @param path where inside the value it does not fit (`lines`, `[]`, `price`), empty for the value itself
    /// @param from what is there
    /// @param to what is wanted there
    /// @param field the field that is lacking, if that is the cause
    record Not(List<String> path, Type from, Type to, Cause cause, String field) implements Fit {
        public Not {
            path = List.copyOf(path);
        }

        /// The same, seen from one level further out.
        Not inside(String step) {
            var longer = new java.util.ArrayList<String>();
            longer.add(step);
            longer.addAll(path);
            return new Not(longer, from, to, cause, field);
        }

        /// `lines[].price`, empty for the value itself.
        String pathText() {
            var text = new StringBuilder();
            for (String step : path) {
                text.append(text.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
            }
            return text.toString();
        }
    }

    /// What kind of difference it is.
    enum Cause {
        /// The kinds differ.
        OTHER,
        /// It fits but for null or undefined.
        MISSING,
        /// A record lacks a field.
        LACKS_FIELD,
        /// A secret would get where it may not.
        SECRET
    }

    default boolean fits() {
        return !(this instanceof Not);
    }
}
