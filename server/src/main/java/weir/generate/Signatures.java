package weir.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import weir.model.Action;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Catalog;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;

/// Which typed signatures a request is about: a few of the right ones help a model more than all of them.
final class Signatures {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "all", "an", "and", "as", "at", "by", "each", "every", "for", "from", "get", "if", "in", "is", "it",
            "its", "new", "of", "on", "or", "set", "than", "that", "the", "then", "to", "when", "with");

    private static final Set<String> JAVASCRIPT = Set.of(
            "Array",
            "Boolean",
            "JSON",
            "Math",
            "Number",
            "Object",
            "String",
            "booleans",
            "lists",
            "numbers",
            "strings");

    private record Scored(String line, int score, int place) {}

    private Signatures() {}

    /// `http`'s actions always, the others by how much they have to do with the words.
    static List<String> actions(Catalog catalog, String words, int limit) {
        var wanted = stems(words);
        var found = new ArrayList<Scored>();
        for (var integration : catalog.all()) {
            int named = 6 * overlap(wanted, integration.name() + " " + integration.title());
            for (var action : integration.actions()) {
                int score = named + 3 * overlap(wanted, action.name()) + overlap(wanted, action.doc());
                if (integration.name().equals("http")) {
                    score += 1_000;
                }
                if (score > 0) {
                    found.add(new Scored(line(integration, action), score, found.size()));
                }
            }
        }
        found.sort(Comparator.comparingInt(Scored::score).reversed().thenComparingInt(Scored::place));
        return found.stream().limit(limit).map(Scored::line).toList();
    }

    private static String line(Integration integration, Action action) {
        String parameters =
                action.parameters().stream().map(Signatures::parameter).collect(Collectors.joining(", "));
        String result = action.result() == Type.Basic.NULL ? "" : " -> " + Shape.display(action.result());
        return "- `%s.%s(%s)%s` %s".formatted(integration.name(), action.name(), parameters, result, action.doc());
    }

    private static String parameter(Parameter parameter) {
        return parameter.name() + (parameter.optional() ? "?: " : ": ") + Shape.display(parameter.type());
    }

    /// All of them, one line a kind of value: what JavaScript has by name, the others with their types.
    static List<String> builtins() {
        var lines = new LinkedHashMap<String, LinkedHashSet<String>>();
        for (var builtin : Builtins.ALL) {
            String of = switch (builtin.of()) {
                case Builtin.Of.Everywhere() -> "anywhere";
                case Builtin.Of.Space(String name) -> name;
                case Builtin.Of.Value(Type.ListOf list) -> "lists";
                case Builtin.Of.Value(Type type) -> Shape.display(type) + "s";
            };
            boolean known = JAVASCRIPT.contains(of);
            lines.computeIfAbsent(known ? of + " (as in JavaScript)" : of, key -> new LinkedHashSet<>())
                    .add(known ? builtin.name() : builtin.signature());
        }
        return lines.entrySet().stream()
                .map(line -> "- " + line.getKey() + ": " + String.join("; ", line.getValue()))
                .toList();
    }

    private static int overlap(Set<String> wanted, String text) {
        var own = stems(text);
        own.retainAll(wanted);
        return own.size();
    }

    /// Words in small letters, `createIssue` and `create_issue` cut into theirs, without endings.
    private static Set<String> stems(String text) {
        var stems = new TreeSet<String>();
        String apart = text.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
        var words = WORD.matcher(apart);
        while (words.find()) {
            String word = words.group();
            if (!SMALL_WORDS.contains(word)) {
                stems.add(word.length() > 4 ? word.replaceAll("(ing|es|ed|s)$", "") : word);
            }
        }
        return stems;
    }
}
