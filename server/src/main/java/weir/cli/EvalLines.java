package weir.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import weir.source.Diagnostic;
import weir.value.Json;
import weir.value.JsonProblem;

/// Evaluates an expression on each line of a stream. A line that fails is told with its number and gives no result; the
/// others go on, and the exit code tells that some failed.
final class EvalLines {
    /// Bytes of one line.
    private static final int LONGEST = 16 << 20;
    /// Results are held together until they are so many bytes, or until the next line has to be waited for.
    private static final int PORTION = 1 << 15;
    /// More failures are counted only.
    private static final int TOLD = 20;

    private final Terminal terminal;
    private final LoneExpression lone;
    private final ResultText text;
    private final boolean explain;
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private long documents;
    private long failed;
    private boolean isMarked;

    EvalLines(Terminal terminal, LoneExpression lone, ResultText text, boolean explain) {
        this.terminal = terminal;
        this.lone = lone;
        this.text = text;
        this.explain = explain;
    }

    /// @param from a file, or `-`
    /// @return the exit code
    int all(String from) throws Failure {
        try {
            lone.check();
        } catch (LoneExpression.Wrong wrong) {
            terminal.err().print(terminal.rendererErr().render(wrong.diagnostics()));
            return Exit.FAILED;
        }
        try (var lines = new JsonLines(new Texts(terminal).opened(from), LONGEST)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    documents++;
                    one(line);
                }
                if ((results.size() >= PORTION || lines.waits()) && !written()) {
                    // Nobody reads any more (`| head`), so there is nothing left to do.
                    return Exit.OK;
                }
            }
        } catch (IOException unreadable) {
            throw Failure.usage("cannot read " + from + ": " + Texts.reason(unreadable) + ".");
        }
        written();
        if (failed > 1 && documents > failed || failed > TOLD) {
            terminal.err().printf("weir: %,d of %,d lines failed.%n", failed, documents);
        }
        return failed == 0 ? Exit.OK : Exit.FAILED;
    }

    private void one(JsonLines.Line line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            fail(line, "more than %,d bytes in one line".formatted(LONGEST));
            return;
        }
        try {
            var outcome = lone.on(Json.read(bytes));
            var unsayable = text.unsayable(outcome.value());
            if (unsayable.isPresent()) {
                fail(line, unsayable.get() + ", which JSON cannot say");
                return;
            }
            results.writeBytes((text.of(outcome.value()) + "\n").getBytes(StandardCharsets.UTF_8));
            if (explain) {
                written();
                terminal.err().printf("line %d: %s%n", line.number(), outcome.explained());
            }
        } catch (JsonProblem wrong) {
            fail(line, wrong.sentence());
        } catch (LoneExpression.Wrong wrong) {
            fail(line, wrong);
        }
    }

    /// The first one is marked in the expression, others are a line each.
    private void fail(JsonLines.Line line, LoneExpression.Wrong wrong) {
        if (isMarked) {
            Diagnostic first = wrong.diagnostics().getFirst();
            fail(line, first.message());
            return;
        }
        isMarked = true;
        failed++;
        written();
        terminal.err()
                .print("line " + line.number() + ": " + terminal.rendererErr().render(wrong.diagnostics()));
    }

    private void fail(JsonLines.Line line, String why) {
        failed++;
        if (failed <= TOLD) {
            written();
            terminal.err().printf("weir: line %d: %s%n", line.number(), why);
        }
    }

    /// Writes the results so far.
    ///
    /// @return whether there is still somebody who reads them
    private boolean written() {
        var out = terminal.out();
        out.write(results.toByteArray(), 0, results.size());
        results.reset();
        return !out.checkError();
    }
}
