package weir.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import weir.check.Availability;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.format.Formatted;
import weir.format.Formatter;
import weir.graph.GraphJson;
import weir.ide.Document;
import weir.ide.Project;
import weir.ide.Suggestion;
import weir.ide.Texts;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Renderer;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Parsed;
import weir.syntax.Parser;
import weir.syntax.Tree;
import weir.syntax.Trees;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser;

/// Hands a text to everything that reads texts, and says what went wrong.
final class Trial {
    /// Longer than this, in CPU time of the thread, nobody waits for a text of this size.
    private static final long LONGEST = 1_000_000_000;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);

    /// What only somebody who built the compiler would understand.
    private static final Pattern INTERNAL = Pattern.compile(
            "expecting|mismatched|extraneous|no viable|<EOF>|Exception|\\bweir\\.|java\\.|antlr|@[0-9a-f]{6,}");

    private static final Pattern TOKEN_NAME = Pattern.compile(tokenNames());

    /// What went wrong: the same sort of failure has the same words, whatever the text.
    record Failed(String what, String details) {}

    /// @param nanoseconds CPU time that the text took
    /// @param reads whether it could be read without errors
    /// @param compiles whether it has no errors at all
    record Outcome(Optional<Failed> failed, long nanoseconds, boolean reads, boolean compiles) {}

    private final String text;
    private final Random random;
    private boolean reads;
    private boolean compiles;

    private Trial(String text, long seed) {
        this.text = text;
        this.random = new Random(seed);
    }

    static Outcome of(String text, long seed) {
        var trial = new Trial(text, seed);
        long start = CLOCK.getCurrentThreadCpuTime();
        Optional<Failed> failed = trial.run();
        long took = CLOCK.getCurrentThreadCpuTime() - start;
        if (failed.isEmpty() && took > LONGEST) {
            failed = Optional.of(new Failed("takes long", took / 1_000_000 + " ms"));
        }
        return new Outcome(failed, took, trial.reads, trial.compiles);
    }

    private Optional<Failed> run() {
        try {
            var analysis = COMPILER.analyze(new Source("fuzz.weir", text), path -> null);
            compile(analysis);
            format(analysis.parsed());
            // What editors ask takes longer than all the rest.
            if (random.nextInt(3) == 0) {
                edit();
            }
            return Optional.empty();
        } catch (Wrong wrong) {
            return Optional.of(new Failed(wrong.what, wrong.getMessage()));
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            return Optional.of(new Failed(place(thrown), thrown.toString()));
        }
    }

    /// A promise that was not kept.
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;

        Wrong(String what, String details) {
            super(details);
            this.what = what;
        }
    }

    private static String place(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().startsWith("weir.")
                    && !element.getClassName().startsWith("weir.fuzz")) {
                return thrown.getClass().getSimpleName() + " at " + element.getClassName() + "."
                        + element.getMethodName();
            }
        }
        return thrown.getClass().getSimpleName();
    }

    private void compile(Compiler.Analysis analysis) {
        Compiled compiled = Compiler.compile(analysis);
        compiles = !compiled.hasErrors();
        compiled.graphs().forEach(graph -> GraphJson.read(GraphJson.write(graph)));
        Renderer.coloured().render(compiled.diagnostics());
        for (Diagnostic diagnostic : compiled.diagnostics()) {
            message(diagnostic.message());
            if (diagnostic.hint() != null) {
                message(diagnostic.hint());
            }
            require(
                    diagnostic.at().span().end() <= text.length(),
                    "a message stands outside the text",
                    diagnostic.code());
            diagnostic.fixes().forEach(fix -> fix.apply(text));
        }
    }

    private void message(String message) {
        var internal = INTERNAL.matcher(message);
        require(!internal.find() || text.contains(internal.group()), "an internal name", message);
        var token = TOKEN_NAME.matcher(message);
        require(!token.find() || text.contains(token.group()), "a token's name", message);
    }

    private void format(Parsed before) {
        boolean broken = Trees.withoutPlaces(before.file()).contains("Broken(");
        reads = before.diagnostics().stream().noneMatch(Diagnostic::isError);
        require(reads || !before.diagnostics().isEmpty(), "errors that nobody tells", "");
        require(!broken || !reads, "a gap that nobody tells", "");
        Formatted formatted = Formatter.format(before);
        require(formatted.diagnostics().isEmpty() == reads, "the formatter and the parser do not agree", "");
        if (!reads) {
            require(formatted.text().equals(text), "what cannot be read is changed", formatted.text());
            return;
        }
        Parsed after = Parser.parse(new Source("formatted.weir", formatted.text()));
        require(
                after.diagnostics().isEmpty(),
                "the formatter makes something that is not right",
                Renderer.plain().render(after.diagnostics()) + formatted.text());
        require(
                Trees.withoutPlaces(before.file()).equals(Trees.withoutPlaces(after.file())),
                "the formatter changes the meaning",
                formatted.text());
        require(
                comments(before).equals(comments(after)),
                "comments are lost, doubled or moved past each other",
                comments(before) + "\n" + comments(after) + "\n" + formatted.text());
        String again = Formatter.format(after).text();
        require(again.equals(formatted.text()), "formatting twice changes more", formatted.text() + "→\n" + again);
    }

    private static List<String> comments(Parsed parsed) {
        return parsed.file().comments().stream()
                .map(Tree.Comment::text)
                // A `///` that belongs to nothing loses a slash.
                .map(comment -> comment.replaceAll("\\s+", " ")
                        .replaceAll("^///(?!/)", "//")
                        .strip())
                .toList();
    }

    private void edit() {
        var project = new Project(COMPILER, Texts.NONE);
        project.put("fuzz.weir", text);
        Document document = Objects.requireNonNull(project.find("fuzz.weir"));
        document.diagnostics();
        document.outline();
        document.foldings();
        document.format();
        var whole = new Span(0, text.length());
        document.actions(whole);
        document.hints(whole);
        document.tokens();
        document.lenses();
        document.links();
        for (int i = 0; i < 2; i++) {
            int offset = random.nextInt(text.length() + 1);
            // Completing reads the text again, and takes longer than all the others.
            List<Suggestion> suggestions = i == 0 ? document.completion(offset) : List.of();
            suggestions.forEach(suggestion -> {
                require(
                        suggestion.replace().end() <= text.length(),
                        "a suggestion stands outside the text",
                        suggestion.label());
                message(suggestion.detail());
            });
            document.hover(offset).ifPresent(hover -> message(hover.code()));
            document.signatureHelp(offset);
            document.definition(offset);
            document.references(offset);
            document.highlights(offset);
            document.selections(offset);
            document.formatTyped(offset, '}');
            document.renameable(offset).ifPresent(span -> document.rename(offset, "renamed", project));
        }
    }

    private static void require(boolean holds, String what, String details) {
        if (!holds) {
            throw new Wrong(what, details);
        }
    }

    private static String tokenNames() {
        var names = new StringBuilder("\\b(");
        for (int type = 1; type <= WeirLexer.VOCABULARY.getMaxTokenType(); type++) {
            String name = WeirLexer.VOCABULARY.getSymbolicName(type);
            if (name != null && name.length() > 2) {
                names.append(name).append('|');
            }
        }
        // Rules of more than one word look like nothing else.
        for (String rule : WeirParser.ruleNames) {
            if (rule.chars().anyMatch(Character::isUpperCase)) {
                names.append(rule).append('|');
            }
        }
        // Methods of HTTP have the same names.
        return names.append("LBRACE)\\b").toString();
    }
}
