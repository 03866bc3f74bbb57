package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Scope.Elsewhere;
import weir.source.Location;

/// Remembers the names of blocks that are over, and how to get their values out, for when they are missed.
final class Leaving {
    private Leaving() {}

    /// @param where the words for the block (`the `else``)
    /// @param out how a block of its kind gives a value, with `NAME` for the name
    record Way(String where, String out) {
        static final Way IF = new Way("an `if`", "step NAME = if (…) { … yield NAME } else { … yield … }");
        static final Way ELSE = new Way("an `else`", IF.out);
        static final Way TRY = new Way("a `try`", "step NAME = try { … yield NAME } catch error { … yield … }");
        static final Way CATCH = new Way("a `catch`", TRY.out);
        static final Way FOR = new Way("a `for`", "step NAMEs = for … { … yield NAME }");
        static final Way REPEAT = new Way("a `repeat`", "step NAMEs = repeat … { … yield NAME }");

        static Way aCase(String value) {
            return new Way("the case `" + value + "`", "step NAME = switch (…) { case … { … yield NAME } … }");
        }

        static Way branch(String name, String of) {
            return new Way(
                    "the branch `" + name + "` of a `" + of + "`",
                    "step NAME = " + of + " … { " + name + " … { … yield NAME } … }");
        }

        private String advice(Symbol symbol) {
            return switch (symbol.kind()) {
                case ITEM ->
                    "It is another one in each pass: use it inside, or let the block give a list: `%s`."
                            .formatted(out.replace("NAME", symbol.name()));
                case ERROR -> "It is known only where the failure is handled.";
                // Default: everything else is a value that the block can give.
                default ->
                    out.contains("NAMEs")
                            ? "Let the block give a list with one of each pass: `%s`."
                                    .formatted(out.replace("NAME", symbol.name()))
                            : "Let the block give its value: `%s`.".formatted(out.replace("NAME", symbol.name()));
            };
        }
    }

    /// Remembers the names of a block that is over, and those of the blocks inside it.
    static void leave(Scope inside, Scope outside, Way way) {
        for (Symbol symbol : inside.declared().values()) {
            @Nullable Location at = symbol.at();
            if (at != null) {
                outside.setElsewhere(
                        symbol.name(), new Elsewhere.Inside(at, way.where(), way.advice(symbol), List.of()));
            }
        }
        inside.gone().forEach(outside::setElsewhere);
    }
}
