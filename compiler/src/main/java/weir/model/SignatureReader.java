package weir.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.model.Builtin.Of;
import weir.model.Builtin.Slot;
import weir.model.Builtin.Takes;

/// Reads the notation of signatures that `builtins.txt` and [StandardCatalog] are written in. It is for texts of this
/// program only: a mistake is a bug and throws.
final class SignatureReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(->|=>|\\.\\.\\.|\"[^\"]*\"|-?[0-9]+(?:\\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|[\\[\\](){}:,.?|])");

    /// Between an example and what it gives.
    private static final String GIVES = " gives ";

    private final String line;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private SignatureReader(String line) {
        this.line = line;
        Matcher matcher = TOKEN.matcher(line);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, line.length());
        }
        if (end != line.stripTrailing().length()) {
            throw new IllegalArgumentException("cannot read the signature " + line);
        }
    }

    /// The signatures of a table: one a line, `///` above it is its text, `//>` its example, `#` a comment.
    static List<Builtin> readAll(String table) {
        var all = new ArrayList<Builtin>();
        var doc = new StringBuilder();
        Builtin.Example example = null;
        for (String line : table.lines().toList()) {
            if (line.startsWith("///")) {
                doc.append(doc.isEmpty() ? "" : "\n").append(line.substring(3).strip());
            } else if (line.startsWith("//>")) {
                int gives = line.lastIndexOf(GIVES);
                example = new Builtin.Example(
                        line.substring(3, gives).strip(),
                        line.substring(gives + GIVES.length()).strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                all.add(new SignatureReader(line).builtin(doc.toString(), example));
                doc.setLength(0);
                example = null;
            }
        }
        return List.copyOf(all);
    }

    /// A type alone.
    static Type type(String text) {
        var reader = new SignatureReader(text);
        Type type = reader.type();
        reader.end();
        return type;
    }

    /// `name: T, other?: U` as the parameters of an action.
    static List<Parameter> parameters(String text) {
        var reader = new SignatureReader("(" + text + ")");
        var parameters = new ArrayList<Parameter>();
        for (var slot : reader.slots()) {
            if (slot.takes() instanceof Takes.Value(Type type)) {
                parameters.add(new Parameter(slot.name(), type, slot.optional(), ""));
            }
        }
        reader.end();
        return parameters;
    }

    private Builtin builtin(String summary, Builtin.@Nullable Example example) {
        boolean form = take("form");
        boolean script = take("script");
        Of of = of();
        String name = take();
        boolean property = !at("(");
        List<Slot> slots = property ? List.of() : slots();
        expect(property ? ":" : "->");
        Type result = type();
        end();
        int shown = line.indexOf(name + (property ? ":" : "("));
        return new Builtin(of, name, form, script, property, slots, result, line.substring(shown), summary, example);
    }

    /// What stands before the last dot.
    private Of of() {
        if (at("[")) {
            Type type = atom();
            expect(".");
            return new Of.Value(type);
        }
        if (!tokens.get(next + 1).equals(".")) {
            return new Of.Everywhere();
        }
        String word = take();
        expect(".");
        return switch (word) {
            case "string", "number", "boolean" -> new Of.Value(named(word));
            default -> new Of.Space(word);
        };
    }

    private List<Slot> slots() {
        var slots = new ArrayList<Slot>();
        expect("(");
        while (!take(")")) {
            boolean rest = take("...");
            String name = take();
            boolean optional = take("?") || rest;
            expect(":");
            slots.add(new Slot(name, takes(), optional, rest));
            take(",");
        }
        return slots;
    }

    private Takes takes() {
        int start = next;
        if (take("(")) {
            var parameters = new ArrayList<Type>();
            while (!take(")")) {
                parameters.add(type());
                take(",");
            }
            if (take("=>")) {
                return new Takes.Arrow(parameters, type());
            }
            next = start;
        }
        return new Takes.Value(type());
    }

    private Type type() {
        var members = new ArrayList<Type>();
        do {
            members.add(atom());
        } while (take("|"));
        return members.size() == 1 ? members.getFirst() : new Type.Union(members);
    }

    private Type atom() {
        if (take("(")) {
            Type type = type();
            expect(")");
            return type;
        }
        if (take("[")) {
            Type item = type();
            expect("]");
            return new Type.ListOf(item);
        }
        return take("{") ? braces() : named(take());
    }

    private Type braces() {
        if (take("[")) {
            take();
            expect("]");
            expect(":");
            Type value = type();
            expect("}");
            return new Type.MapOf(value);
        }
        var fields = new ArrayList<Type.Field>();
        while (!take("}")) {
            String name = take();
            boolean optional = take("?");
            expect(":");
            fields.add(new Type.Field(name, type(), optional, ""));
            take(",");
        }
        return new Type.RecordOf(fields);
    }

    private static Type named(String word) {
        char first = word.charAt(0);
        if (first == '"') {
            return new Type.Literal.Text(word.substring(1, word.length() - 1));
        }
        if (first == '-' || Character.isDigit(first)) {
            return new Type.Literal.Numeric(Double.parseDouble(word));
        }
        return word.length() == 1 && Character.isUpperCase(first)
                ? Builtin.variable(first)
                : Type.Basic.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private boolean at(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private boolean take(String token) {
        if (at(token)) {
            next++;
            return true;
        }
        return false;
    }

    private String take() {
        if (next == tokens.size()) {
            throw unreadable(null);
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!take(token)) {
            throw unreadable(token);
        }
    }

    private void end() {
        if (next != tokens.size()) {
            throw unreadable("the end");
        }
    }

    private IllegalArgumentException unreadable(@Nullable String wanted) {
        return new IllegalArgumentException("cannot read the signature " + line + " at token " + next
                + (wanted == null ? "" : ": " + wanted + " is missing"));
    }
}
