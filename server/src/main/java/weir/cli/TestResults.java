package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
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

    /// @param coverage null when it was not asked for
    String json(@Nullable CoverageText coverage) {
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
        if (coverage != null) {
            coverage.json(object.putArray("coverage"));
        }
        return object.toPrettyString();
    }

    /// In the form that JUnit made usual.
    String xml() {
        Map<String, List<Result>> suites = results.stream()
                .collect(Collectors.groupingBy(one -> one.source().name(), LinkedHashMap::new, Collectors.toList()));
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            attribute(xml, "tests", results.size());
            attribute(xml, "failures", failed());
            for (var suite : suites.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a text in memory cannot be written to", impossible);
        }
    }

    private static void suite(XMLStreamWriter xml, String file, List<Result> tests) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", file);
        attribute(xml, "tests", tests.size());
        attribute(
                xml,
                "failures",
                tests.stream().filter(one -> !one.report().passed()).count());
        attribute(xml, "errors", 0);
        attribute(xml, "skipped", 0);
        attribute(xml, "time", time(tests.stream().mapToDouble(Result::seconds).sum()));
        for (var test : tests) {
            test(xml, file, test);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void test(XMLStreamWriter xml, String file, Result test) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", file);
        attribute(xml, "name", test.report().title());
        attribute(xml, "file", file);
        attribute(xml, "line", test.line());
        attribute(xml, "time", time(test.seconds()));
        for (var failure : test.report().failures()) {
            var position = test.source().position(failure.at().start());
            xml.writeCharacters("\n      ");
            xml.writeStartElement("failure");
            attribute(xml, "message", failure.message());
            xml.writeCharacters(writable("%s:%d:%d%s"
                    .formatted(
                            file,
                            position.line(),
                            position.column(),
                            failure.details().stream()
                                    .map(Detail::text)
                                    .map("\n"::concat)
                                    .collect(Collectors.joining()))));
            xml.writeEndElement();
        }
        if (!test.report().passed()) {
            xml.writeCharacters("\n    ");
        }
        xml.writeEndElement();
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static void attribute(XMLStreamWriter xml, String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value.toString()));
    }

    /// Characters that XML cannot hold at all become question marks.
    private static String writable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
