package weir.syntax;

import java.util.Map;
import weir.syntax.antlr.WeirLexer;

/// What to say about a mistake that no guess explains: what stands there, where the reader was, and what may stand
/// there.
final class Complaints {
    private static final Place FILE = new Place(
            "a file",
            "A file is made of use, type, let, settings, function, policy, rules, workflow, integration and test.");
    private static final Place STATEMENTS = new Place(
            "a workflow's statements",
            "A statement begins with let, step, if, switch, for, repeat, parallel, race, wait, emit, log, split, try, return,"
                    + " yield or fail.");
    /// Where the reader was among the statements of a workflow.
    static final String IN_STATEMENTS = "in " + STATEMENTS.name();

    private static final Place EXPRESSION =
            new Place("an expression", "Expressions are those of JavaScript, without assignment.");
    private static final Place TYPE =
            new Place("a type", "Types look like string, [T], { a: T, b?: T }, \"a\" | \"b\" or T | null.");
    private static final Place RULES = new Place(
            "a rule set",
            "Rules are a table (head, line of dashes, rows) or sentences: when … then …, and at last else ….");

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("one", FILE),
            Map.entry("declaration", FILE),
            Map.entry("type", TYPE),
            Map.entry("typeAtom", TYPE),
            Map.entry("typeBase", TYPE),
            Map.entry("objectType", new Place("a record type", "Fields look like name: T or name?: T.")),
            Map.entry("field", new Place("a record type", "Fields look like name: T or name?: T.")),
            Map.entry(
                    "settingsDeclaration",
                    new Place("the settings", "A setting looks like name: T or name: T = value.")),
            Map.entry("setting", new Place("the settings", "A setting looks like name: T or name: T = value.")),
            Map.entry("parameters", new Place("a list of parameters", "A parameter looks like name: T.")),
            Map.entry("parameter", new Place("a list of parameters", "A parameter looks like name: T.")),
            Map.entry(
                    "functionDeclaration",
                    new Place("a function", "A function looks like function name(a: T) -> R = expression.")),
            Map.entry("rulesDeclaration", RULES),
            Map.entry("table", RULES),
            Map.entry("tableHead", new Place("the head of a table", "A head looks like | input | input || output |.")),
            Map.entry(
                    "tableLine",
                    new Place("the line under a table's head", "It has at least three dashes in each column.")),
            Map.entry(
                    "tableRow",
                    new Place("a row of a table", "A row has as many cells as the head, with || before the outputs.")),
            Map.entry(
                    "inputCell",
                    new Place(
                            "a cell",
                            "A cell is -, a value, a list of values, >= value, a range 1..5 or 1 ..< 5, or (a condition).")),
            Map.entry(
                    "cellTest",
                    new Place(
                            "a cell",
                            "A cell is -, a value, a list of values, >= value, a range 1..5 or 1 ..< 5, or (a condition).")),
            Map.entry(
                    "workflow",
                    new Place("a workflow", "A workflow has first triggers (on …), then settings, then statements.")),
            Map.entry(
                    "head",
                    new Place(
                            "a workflow's triggers and settings",
                            "They are on …, priority, once per, at most, timeout and on failure.")),
            Map.entry("block", STATEMENTS),
            Map.entry("statement", STATEMENTS),
            Map.entry("valueBlock", STATEMENTS),
            Map.entry("branch", new Place("the branches of a block", "A branch looks like name { … }.")),
            Map.entry("splitBranch", new Place("the branches of a split", "A branch looks like name 50% { … }.")),
            Map.entry("switchCase", new Place("a switch", "A switch has case value { … } and at last else { … }.")),
            Map.entry(
                    "effect",
                    new Place(
                            "a step",
                            "A step is integration.action(name: value), workflow(name: value), ask … or wait for ….")),
            Map.entry("call", new Place("a call", "A call looks like integration.action(name: value).")),
            Map.entry("arguments", new Place("the arguments of a call", "An argument looks like name: value.")),
            Map.entry("argument", new Place("the arguments of a call", "An argument looks like name: value.")),
            Map.entry("callArguments", new Place("the arguments of a call", "Arguments are separated by commas.")),
            Map.entry("objectLiteral", new Place("an object", "An object looks like { name: value, other }.")),
            Map.entry("property", new Place("an object", "An object looks like { name: value, other }.")),
            Map.entry(
                    "policies",
                    new Place(
                            "the policies of a step",
                            "They are retry, timeout, using, key, undo, on error, once per, at most, queue and with.")),
            Map.entry(
                    "policy",
                    new Place(
                            "a policy",
                            "Policies are retry, timeout, using, key, undo, on error, once per, at most, queue and with.")),
            Map.entry(
                    "integration",
                    new Place("an integration", "It has title, base, auth, limits, action and trigger.")),
            Map.entry(
                    "integrationPart",
                    new Place("an integration", "It has title, base, auth, limits, action and trigger.")),
            Map.entry(
                    "request",
                    new Place(
                            "a request",
                            "A request looks like GET `/path`, then query, headers, body, pages by, fails when, gives.")),
            Map.entry(
                    "requestPart",
                    new Place(
                            "a request",
                            "A request looks like GET `/path`, then query, headers, body, pages by, fails when, gives.")),
            Map.entry(
                    "triggerBody",
                    new Place("a trigger", "A trigger has webhook verify … or poll … every …, and at last emit ….")),
            Map.entry("test", new Place("a test", "A test has mock …, after …, run … and expect ….")),
            Map.entry("testPart", new Place("a test", "A test has mock …, after …, run … and expect ….")),
            Map.entry("mockAnswer", new Place("a mock", "A mock returns a value or fails \"code\".")),
            Map.entry("template", new Place("a template", "A value in a template looks like ${value}.")));

    private Complaints() {}

    /// @param name where the reader was, as it stands after "in"
    /// @param possible what can stand there
    private record Place(String name, String possible) {}

    static SyntaxProblem about(Mistake mistake) {
        int at = mistake.at();
        String rule = mistake.rules().isEmpty() ? "one" : mistake.rules().getFirst();
        if (rule.equals("arguments") && mistake.type(mistake.bracket(at)) != WeirLexer.LPAREN) {
            return new StructureProblem.Unexpected(
                    mistake.span(at),
                    mistake.text(at),
                    "behind `%s`".formatted(mistake.text(at - 1)),
                    "Arguments stand in parentheses: name(argument: value).");
        }
        Place place = rule.equals("workflow") && isAmongStatements(mistake)
                ? STATEMENTS
                : PLACES.getOrDefault(rule, EXPRESSION);
        if (at >= mistake.size()) {
            String after = mistake.text(at - 1);
            String what = after.equals("use") ? "The name of a file or an integration" : "Something";
            return new StructureProblem.MissingPart(mistake.after(at), what, after);
        }
        if (mistake.type(at) == WeirLexer.JS_WORD) {
            String word = mistake.text(at);
            return new HabitProblem.ForeignForm(
                    mistake.span(at), word, ForeignWords.instead(word, mistake.text(at + 1)));
        }
        return rule.equals("one")
                ? new StructureProblem.Unexpected(
                        mistake.span(at),
                        mistake.text(at),
                        "behind a complete `%s`".formatted(mistake.text(0)),
                        "The next declaration begins with its word and its name.")
                : new StructureProblem.Unexpected(
                        mistake.span(at), mistake.text(at), "in " + place.name(), place.possible());
    }

    private static boolean isAmongStatements(Mistake mistake) {
        return java.util.stream.IntStream.rangeClosed(mistake.block(mistake.at()) + 1, mistake.at())
                .anyMatch(mistake::startsStatement);
    }

    static boolean wantsType(Mistake mistake) {
        String rule = mistake.rules().isEmpty() ? "" : mistake.rules().getFirst();
        return rule.startsWith("type") || rule.equals("objectType");
    }
}
