package weir.sandbox;

import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import weir.eval.Script;

/// The text of a script as a function, once it is certain that it is the body of one and nothing more.
///
/// A body like `} + leak() + function () {` would close the function around it and do something outside. So before
/// anything runs, the body is parsed inside three different wrappings. What follows a `}` too many would have to go on
/// an expression (first wrapping), be a member of a class (second), and follow a method of an object literal (third).
/// The third asks for a comma, which the second refuses; so nothing can follow, and the body is one in all three or
/// none.
record ScriptSource(String parameters, String functions, String body) {
    /// How the lines of the user's text are told in stack traces.
    static final String NAME = "script";

    static ScriptSource of(Script script) {
        for (var name : script.parameters()) {
            requireName(name);
        }
        for (var name : script.functions()) {
            requireName(name);
        }
        return new ScriptSource(
                String.join(", ", script.parameters()), String.join(", ", script.functions()), script.body());
    }

    private static void requireName(String name) {
        if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            throw new IllegalArgumentException("no name of JavaScript: " + name);
        }
    }

    /// The function that the script is; where it calls functions of ours, a function that takes those and gives it.
    Value define(Context context) {
        for (var wrapping : List.of(
                "(function (" + parameters + ") {\n" + body + "\n})",
                "(class { body(" + parameters + ") {\n" + body + "\n} })",
                "({ body(" + parameters + ") {\n" + body + "\n} })")) {
            parse(context, wrapping);
        }
        // The line that the body begins on is the second one: `Complaint` counts on it.
        var function = "(function (" + parameters + ") { 'use strict';\n" + body + "\n})";
        var text = functions.isEmpty() ? function : "(function (" + functions + ") { return " + function + " })";
        return context.eval(source(text));
    }

    /// Whether it has private names (`#x`). A class can put such a field on an object that all scripts share,
    /// frozen or not; nobody else can read it, but it stays as long as the object. The engine says where a `#` is
    /// such a name: in texts, patterns and comments another sign does as well.
    boolean hasPrivateNames(Context context) {
        if (body.indexOf('#') < 0) {
            return false;
        }
        try {
            context.parse(source("(function (" + parameters + ") {\n" + body.replace('#', '@') + "\n})"));
            return false;
        } catch (PolyglotException problem) {
            return true;
        }
    }

    private static void parse(Context context, String text) {
        try {
            context.parse(source(text));
        } catch (PolyglotException problem) {
            if (!problem.isSyntaxError()) {
                throw problem;
            }
            throw Complaint.syntax(problem);
        }
    }

    private static Source source(String text) {
        return Source.newBuilder("js", text, NAME).buildLiteral();
    }
}
