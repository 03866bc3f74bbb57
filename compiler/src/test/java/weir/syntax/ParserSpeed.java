package weir.syntax;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.Locale;
import weir.source.Source;

/// Measures, warm, how long the parser takes for growing texts, with and without a mistake. Run by hand; asserts
/// nothing.
final class ParserSpeed {
    /// Time of this thread alone, so that other work on the machine counts less.
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private ParserSpeed() {}

    public static void main(String[] arguments) throws Exception {
        String forms = Files.readString(ParserTest.forms());
        var body = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            body.append("  let total_%d = order.lines.reduce((sum, line) => sum + line.qty * line.price, %d)\n"
                    .formatted(i, i));
            body.append(
                    "  step call_%d = http.post(url: `https://example.com/${total_%d}`, body: { total_%d }) {\n    retry 3 times\n  }\n"
                            .formatted(i, i, i));
        }
        String large = "workflow large(order: json) {\n" + body + "}\n";
        warm(forms);
        for (int times : new int[] {1, 2, 4, 8, 16}) {
            report("forms.weir × " + times, forms.repeat(times), 20);
        }
        report("one workflow", large, 20);
        report(
                "mistake at its end",
                large.replace("total_299 =", "total_299 =").replace("body: { total_299 }", "body { total_299 }"),
                10);
        report("mistake at its start", large.replace("let total_0 =", "lte total_0 ="), 10);
        report("every call stray", large.replace("  step call", "  stpe call"), 3);
    }

    private static void warm(String text) {
        for (int i = 0; i < 200; i++) {
            Parser.parse(new Source("warm", text));
            Parser.parse(new Source("warm", text.replace("step", "stpe")));
        }
    }

    private static void report(String what, String text, int rounds) {
        long best = Long.MAX_VALUE;
        int diagnostics = 0;
        for (int i = 0; i < rounds; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            diagnostics = Parser.parse(new Source("speed", text)).diagnostics().size();
            best = Math.min(best, CLOCK.getCurrentThreadCpuTime() - start);
        }
        System.out.printf(
                Locale.ROOT,
                "%-22s %7d lines %8.2f ms %4d messages%n",
                what,
                text.lines().count(),
                best / 1e6,
                diagnostics);
    }
}
