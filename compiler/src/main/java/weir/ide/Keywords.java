package weir.ide;

import java.util.ArrayList;
import java.util.List;

/// Which words of the language fit where, by the text around.
final class Keywords {
    static final List<String> TYPES =
            List.of("string", "number", "int", "boolean", "datetime", "duration", "json", "file", "secret");
    static final List<String> VALUES = List.of("true", "false", "null", "typeof");
    /// What may stand behind `step name =`.
    static final List<String> STEPS =
            List.of("if", "switch", "for", "try", "repeat", "race", "split", "ask", "wait for");
    /// What may stand behind `mock` and `expect`.
    static final List<String> TARGETS = List.of("step", "ask", "wait for", "emit", "run fails");

    private static final List<String> DECLARATIONS =
            List.of("workflow", "rules", "type", "function", "let", "policy", "settings", "use", "test", "integration");
    private static final List<String> STATEMENTS = List.of(
            "step",
            "let",
            "if",
            "switch",
            "for",
            "parallel",
            "try",
            "wait",
            "log",
            "return",
            "fail",
            "yield",
            "repeat",
            "race",
            "emit",
            "split");
    private static final List<String> HEADS = List.of(
            "on webhook", "on schedule", "on event", "on failure", "priority", "timeout", "once per", "at most");
    private static final List<String> POLICIES = List.of(
            "retry",
            "timeout",
            "key",
            "on error continue",
            "on error",
            "with",
            "undo",
            "using",
            "once per",
            "at most",
            "queue");
    private static final List<String> PARTS = List.of("mock", "settings", "run", "expect", "after");
    private static final List<String> INTEGRATION =
            List.of("title", "base", "auth", "limits", "action", "idempotent action", "trigger");
    private static final List<String> SENTENCES = List.of("when", "else");

    private Keywords() {}

    /// The words that may begin a line there.
    static List<String> at(Position position) {
        String opener = position.opener();
        if (position.bracket() == ' ') {
            return DECLARATIONS;
        } else if (opener.startsWith("workflow ")) {
            return both(HEADS, STATEMENTS);
        } else if (opener.startsWith("test ")) {
            return PARTS;
        } else if (opener.startsWith("rules ")) {
            return SENTENCES;
        } else if (opener.startsWith("integration ")) {
            return INTEGRATION;
        } else if (opener.startsWith("settings") || opener.startsWith("type ")) {
            return List.of();
        } else if (opener.startsWith("policy ") || isCall(opener)) {
            return POLICIES;
        } else if (opener.matches("(step \\w+.*= )?switch\\b.*")) {
            return List.of("case", "else");
        } else if (opener.matches("(step \\w+.*= )?(parallel|race|split)\\b.*")) {
            return List.of();
        }
        return STATEMENTS;
    }

    /// A step's call, whose braces hold policies.
    private static boolean isCall(String opener) {
        return opener.endsWith(")") && opener.matches("(step (\\w+.*= )?|undo )\\w+(\\.\\w+)*\\(.*");
    }

    /// The words that follow a word, empty where others may.
    static List<String> after(String before) {
        return switch (before) {
            case "on" -> List.of("webhook", "schedule", "event", "failure", "error");
            case "priority" -> List.of("low", "normal", "high", "critical");
            case "on error" -> List.of("continue");
            default -> List.of();
        };
    }

    private static List<String> both(List<String> a, List<String> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
