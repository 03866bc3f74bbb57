package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import weir.simulation.TestReport;
import weir.simulation.TestReport.Detail;
import weir.source.Source;

/// What came of tests, for programs.
record TestResults(List<Result> results) {
    /// @param seconds how long it took here; how long it took the run is virtual
    record Result(Source source, TestReport report, double seconds) {
        int line() {
            return source.position(report.at().start()).line();
        }
    }

    TestResults {
        results = List.copyOf(results);
    }

    long passed() {
        return results.stream().filter(one -> one.report().passed()).count();
    }

    long failed() {
        return results.size() - passed();
    }

    String json() {
        ObjectNode object =
                new ObjectMapper().createObjectNode().put("passed", passed()).put("failed", failed());
        var tests = object.putArray("tests");
        for (var result : results) {
            var report = result.report();
            var test = tests.addObject()
                    .put("file", result.source().name())
                    .put("title", report.title())
                    .put("line", result.line())
                    .put("passed", report.passed())
                    .put("virtualTimeMs", report.virtualTime().toMillis())
                    .put("calls", report.calls());
            var failures = test.putArray("failures");
            for (var failure : report.failures()) {
                var position = result.source().position(failure.at().start());
                var one = failures.addObject()
                        .put("message", failure.message())
                        .put("line", position.line())
                        .put("column", position.column());
                var details = one.putArray("details");
                failure.details().forEach(detail -> details.add(detail.text()));
            }
        }
        return object.toPrettyString();
    }

    /// In the form that JUnit made usual.
    String xml() {
        Map<String, List<Result>> suites = results.stream()
                .collect(Collectors.groupingBy(one -> one.source().name(), LinkedHashMap::new, Collectors.toList()));
        var text = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"%d\" failures=\"%d\">\n"
                        .formatted(results.size(), failed()));
        suites.forEach((file, tests) -> suite(text, file, tests));
        return text.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder text, String file, List<Result> tests) {
        long failed = tests.stream().filter(one -> !one.report().passed()).count();
        double seconds = tests.stream().mapToDouble(Result::seconds).sum();
        text.append(String.format(
                Locale.ROOT,
                "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\">%n",
                escaped(file),
                tests.size(),
                failed,
                seconds));
        for (var test : tests) {
            text.append(String.format(
                    Locale.ROOT,
                    "    <testcase classname=\"%s\" name=\"%s\" file=\"%s\" line=\"%d\" time=\"%.3f\"",
                    escaped(file),
                    escaped(test.report().title()),
                    escaped(file),
                    test.line(),
                    test.seconds()));
            text.append(test.report().passed() ? "/>\n" : ">\n");
            test.report()
                    .failures()
                    .forEach(failure -> text.append("      <failure message=\"%s\">%s</failure>\n"
                            .formatted(
                                    escaped(failure.message()),
                                    escaped(failure.details().stream()
                                            .map(Detail::text)
                                            .collect(Collectors.joining("\n"))))));
            text.append(test.report().passed() ? "" : "    </testcase>\n");
        }
        text.append("  </testsuite>\n");
    }

    /// Characters that XML cannot hold at all become question marks.
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
