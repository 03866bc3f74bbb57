package weir.ide;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// The texts that fit in a place although its type takes any: methods, time zones, names of events.
final class KnownTexts {
    private static final List<String> METHODS = List.of("POST", "GET", "PUT", "PATCH", "DELETE");

    private KnownTexts() {}

    /// @param mark what stands for the text that is being written
    @SuppressWarnings("ReferenceEquality") // The same text may stand elsewhere too.
    static Collection<String> of(Expression text, Lookup lookup, String mark) {
        for (Object piece : lookup.pieces()) {
            switch (piece) {
                case Head.Trigger trigger -> {
                    for (Tree.Argument argument : trigger.arguments()) {
                        if (argument.value() == text) {
                            return argument(trigger, argument, lookup, mark);
                        }
                    }
                }
                case Statement.WaitFor wait
                when wait.event() == text -> {
                    return events(lookup, mark);
                }
                case Statement.Emit emit
                when emit.event() == text -> {
                    return events(lookup, mark);
                }
                // Default: every other text is any text.
                default -> {}
            }
        }
        return List.of();
    }

    private static Collection<String> argument(
            Head.Trigger trigger, Tree.Argument argument, Lookup lookup, String mark) {
        String name = argument.name() == null ? "" : argument.name().text();
        return switch (trigger.kind().text() + " " + name) {
            case "webhook method" -> METHODS;
            case "schedule zone" -> zones();
            case "event " -> events(lookup, mark);
            default -> List.of();
        };
    }

    private static Collection<String> zones() {
        Set<String> zones = new TreeSet<>();
        for (String zone : ZoneId.getAvailableZoneIds()) {
            boolean city = zone.indexOf('/') > 0 && !zone.matches("(Etc|SystemV|posix|right)/.*");
            if (city || zone.equals("UTC")) {
                zones.add(zone);
            }
        }
        return zones;
    }

    /// Those that the text speaks of elsewhere.
    private static Collection<String> events(Lookup lookup, String mark) {
        Set<String> events = new TreeSet<>();
        for (Object piece : lookup.pieces()) {
            String event = switch (piece) {
                case Statement.Emit emit -> text(emit.event());
                case Statement.WaitFor wait -> text(wait.event());
                case Head.Trigger trigger
                when trigger.kind().text().equals("event")
                        && trigger.arguments().size() == 1 ->
                    text(trigger.arguments().getFirst().value());
                // Default: nothing else names an event.
                default -> null;
            };
            if (event != null && !event.contains(mark) && !event.isBlank()) {
                events.add(event);
            }
        }
        return events;
    }

    private static @Nullable String text(Expression expression) {
        return expression instanceof Expression.Text text ? text.value() : null;
    }
}
