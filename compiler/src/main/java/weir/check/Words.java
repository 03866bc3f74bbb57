package weir.check;

import java.util.List;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;

/// Types and lists as words in a sentence.
final class Words {
    /// Types longer than this are named by their kind.
    private static final int SHOWN = 60;

    private Words() {}

    /// `a`, `a and b`, `a, b and c`.
    static String list(List<String> words, String last) {
        int size = words.size();
        return size < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, size - 1)) + " " + last + " " + words.get(size - 1);
    }

    static String quoted(List<String> words, String last) {
        return list(words.stream().map(word -> "`" + word + "`").toList(), last);
    }

    /// `There is `a`.`, `There are `a` and `b`.`
    static String there(List<String> words) {
        return words.isEmpty()
                ? "There are none."
                : (words.size() == 1 ? "There is " : "There are ") + quoted(words, "and") + ".";
    }

    /// What a value of the type is, with its article: `a string`, `an int`, `"gold"`, `a list of numbers`.
    static String a(Type type) {
        return switch (type) {
            case Basic.NULL, Basic.UNDEFINED -> ((Basic) type).word();
            case Basic.JSON -> "any JSON value";
            case Basic.AUTH -> "an authentication such as `bearer(…)`";
            case Basic.INT -> "an int";
            case Basic.NEVER, Basic.UNKNOWN -> "unknown";
            case Basic basic -> "a " + basic.word();
            case Type.Literal.Numeric number -> "the number `" + Shape.display(number) + "`";
            case Type.Literal literal -> "`" + Shape.display(literal) + "`";
            case Type.Named(String name) -> article(name) + " `" + name + "`";
            case Type.ListOf(Type item) -> item == Basic.NEVER ? "a list" : shown(type, "a list");
            case Type.RecordOf record -> shown(type, "a record");
            case Type.MapOf(Type value) -> value == Basic.NEVER ? "a record" : shown(type, "a record");
            case Type.Union(List<Type> members)
            when isOptional(members) -> a(members.getFirst()) + " or " + a(members.getLast());
            case Type.Union union -> shown(type, "one of several types");
        };
    }

    private static boolean isOptional(List<Type> members) {
        return members.size() == 2
                && Types.isMissing(members.getLast())
                && !(members.getFirst() instanceof Type.Literal);
    }

    private static String shown(Type type, String otherwise) {
        String text = Shape.display(type);
        return text.length() <= SHOWN ? "`" + text + "`" : otherwise;
    }

    private static String article(String name) {
        return "AEIOU".indexOf(name.charAt(0)) >= 0 ? "an" : "a";
    }

    /// With a capital letter, to begin a sentence.
    static String sentence(String words) {
        return words.isEmpty() || words.startsWith("`")
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /// `1 argument`, `2 arguments`.
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
