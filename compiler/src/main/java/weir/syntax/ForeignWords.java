package weir.syntax;

import java.util.List;
import java.util.Map;
import weir.syntax.antlr.WeirLexer;

/// Words of other languages and what Weir has for them.
final class ForeignWords {
    /// At the beginning of a statement or between two of its parts.
    private static final Map<String, List<Integer>> STATEMENTS = Map.ofEntries(
            Map.entry("const", List.of(WeirLexer.LET)),
            Map.entry("var", List.of(WeirLexer.LET)),
            Map.entry("val", List.of(WeirLexer.LET)),
            Map.entry("set", List.of(WeirLexer.LET)),
            Map.entry("throw", List.of(WeirLexer.FAIL)),
            Map.entry("raise", List.of(WeirLexer.FAIL)),
            Map.entry("abort", List.of(WeirLexer.FAIL)),
            Map.entry("print", List.of(WeirLexer.LOG)),
            Map.entry("echo", List.of(WeirLexer.LOG)),
            Map.entry("call", List.of(WeirLexer.STEP)),
            Map.entry("run", List.of(WeirLexer.STEP)),
            Map.entry("do", List.of(WeirLexer.STEP)),
            Map.entry("await", List.of(WeirLexer.STEP)),
            Map.entry("execute", List.of(WeirLexer.STEP)),
            Map.entry("sleep", List.of(WeirLexer.WAIT)),
            Map.entry("delay", List.of(WeirLexer.WAIT)),
            Map.entry("pause", List.of(WeirLexer.WAIT)),
            Map.entry("foreach", List.of(WeirLexer.FOR)),
            Map.entry("loop", List.of(WeirLexer.FOR)),
            Map.entry("match", List.of(WeirLexer.SWITCH)),
            Map.entry("select", List.of(WeirLexer.SWITCH)),
            Map.entry("elif", List.of(WeirLexer.ELSE, WeirLexer.IF)),
            Map.entry("elsif", List.of(WeirLexer.ELSE, WeirLexer.IF)),
            Map.entry("elseif", List.of(WeirLexer.ELSE, WeirLexer.IF)),
            Map.entry("default", List.of(WeirLexer.ELSE)),
            Map.entry("otherwise", List.of(WeirLexer.ELSE)),
            Map.entry("except", List.of(WeirLexer.CATCH)),
            Map.entry("rescue", List.of(WeirLexer.CATCH)));

    /// At the beginning of a declaration.
    private static final Map<String, Integer> DECLARATIONS = Map.ofEntries(
            Map.entry("import", WeirLexer.USE),
            Map.entry("include", WeirLexer.USE),
            Map.entry("require", WeirLexer.USE),
            Map.entry("interface", WeirLexer.TYPE),
            Map.entry("struct", WeirLexer.TYPE),
            Map.entry("class", WeirLexer.TYPE),
            Map.entry("enum", WeirLexer.TYPE),
            Map.entry("record", WeirLexer.TYPE),
            Map.entry("const", WeirLexer.LET),
            Map.entry("var", WeirLexer.LET),
            Map.entry("val", WeirLexer.LET),
            Map.entry("def", WeirLexer.FUNCTION),
            Map.entry("func", WeirLexer.FUNCTION),
            Map.entry("fun", WeirLexer.FUNCTION),
            Map.entry("fn", WeirLexer.FUNCTION),
            Map.entry("flow", WeirLexer.WORKFLOW),
            Map.entry("task", WeirLexer.WORKFLOW),
            Map.entry("job", WeirLexer.WORKFLOW),
            Map.entry("process", WeirLexer.WORKFLOW),
            Map.entry("pipeline", WeirLexer.WORKFLOW),
            Map.entry("rule", WeirLexer.RULES),
            Map.entry("decision", WeirLexer.RULES),
            Map.entry("config", WeirLexer.SETTINGS),
            Map.entry("describe", WeirLexer.TEST),
            Map.entry("it", WeirLexer.TEST));

    /// Between operands.
    private static final Map<String, Integer> OPERATORS = Map.of(
            "and", WeirLexer.ANDAND,
            "AND", WeirLexer.ANDAND,
            "or", WeirLexer.OROR,
            "OR", WeirLexer.OROR,
            "not", WeirLexer.BANG,
            "NOT", WeirLexer.BANG,
            "is", WeirLexer.EQ3,
            "equals", WeirLexer.EQ3,
            "mod", WeirLexer.PERCENT);

    /// As a value.
    private static final Map<String, Integer> VALUES = Map.of(
            "None", WeirLexer.NULL,
            "nil", WeirLexer.NULL,
            "True", WeirLexer.TRUE,
            "False", WeirLexer.FALSE);

    private ForeignWords() {}

    static List<Integer> statement(String word) {
        return STATEMENTS.getOrDefault(word, List.of());
    }

    /// What a word means at the beginning of a rule.
    static List<Integer> rule(String word) {
        return switch (word) {
            case "if", "case" -> List.of(WeirLexer.WHEN);
            case "otherwise", "default" -> List.of(WeirLexer.ELSE);
            default -> List.of();
        };
    }

    /// What a word means in a test.
    static List<Integer> test(String word) {
        return switch (word) {
            case "assert", "should", "check" -> List.of(WeirLexer.EXPECT);
            case "given", "stub" -> List.of(WeirLexer.MOCK);
            case "call", "start" -> List.of(WeirLexer.RUN);
            case "return", "returning" -> List.of(WeirLexer.RETURNS);
            case "throw", "throws", "fail", "raises" -> List.of(WeirLexer.FAILS);
            case "not" -> List.of(WeirLexer.NEVER);
            default -> List.of();
        };
    }

    /// The kind of the word that begins such a declaration, or -1.
    static int declaration(String word) {
        return DECLARATIONS.getOrDefault(word, -1);
    }

    /// The kind of the operator, or -1.
    static int operator(String word) {
        return OPERATORS.getOrDefault(word, -1);
    }

    /// The kind of the value, or -1.
    static int value(String word) {
        return VALUES.getOrDefault(word, -1);
    }

    /// What to do where JavaScript uses a word that Weir leaves out.
    static String instead(String word) {
        return instead(word, "");
    }

    /// The same for a word with something behind it.
    ///
    /// @param next the word behind it
    static String instead(String word, String next) {
        return switch (word) {
            case "new" -> insteadOfNew(next);
            case "this" -> "Use the names in scope: parameters, names of `let` and `step`, constants and settings.";
            case "class", "extends", "super" -> "Describe data with `type Name = { field: T }`.";
            case "delete" ->
                "Records never change. One without the field:"
                        + " Object.fromEntries(Object.entries(record).filter(([name]) => name !== \"field\")).";
            case "void" -> "Leave the value out.";
            case "instanceof" -> "Tell values apart by a field, or with typeof.";
            case "while", "do" -> "Loops are bounded: write `repeat at most N times until condition { … }`.";
            case "break", "debugger" ->
                "Leave a loop early with `repeat … until condition`, or filter the list before it.";
            case "finally" -> "Put what must happen in both cases behind the `try`.";
            case "import", "export" -> "Write `use \"file.weir\"`; every declaration of a file can be used by others.";
            case "await", "async" -> "A step waits for its result by itself.";
            case "enum" -> "Write a union of texts: \"a\" | \"b\".";
            default -> "See `weir explain W1211`.";
        };
    }

    /// What to write for an object that JavaScript makes with `new`.
    private static String insteadOfNew(String made) {
        return switch (made) {
            case "Date" ->
                "Write now() for the time of the run and time.parse(text) for another one; time.part(t, \"year\", \"UTC\")"
                        + " reads its parts, time.add(t, 2d) moves it, and a datetime is the text that toISOString gives.";
            case "Set" ->
                "Each item once: list.filter((item, index, all) => all.indexOf(item) === index). Whether it is in there:"
                        + " list.includes(item).";
            case "Map" -> "Use a record: Object.fromEntries(pairs), record[key], Object.hasOwn(record, key).";
            case "Array" -> "Write Array.from({ length: n }, (_, index) => index), or the items in brackets.";
            case "RegExp" ->
                "matches(text, \"pattern\") looks for a pattern; for more of it, call a function with a js fence.";
            case "Intl" -> "format.number, format.money and time.format write for people.";
            case "URL", "URLSearchParams" -> "url.encode, url.decode and url.query write and read the parts of URLs.";
            case "Error" -> "`fail \"what is wrong\"` as a statement ends a run or a block.";
            case "Promise" -> "A step waits for its result by itself; `parallel { … }` runs steps side by side.";
            case "Number", "String", "Boolean", "Object" -> "Leave out `new`.";
            default -> "What needs `new` goes into a function with a js fence.";
        };
    }
}
