package weir.model;

import java.util.List;
import java.util.Map;

/// The integrations that every Weir has.
public final class StandardCatalog {
    private static final String REQUEST =
            "url: string, query?: { [name]: json }, headers?: { [name]: string | secret }, auth?: auth, accept?: [int]";
    private static final String REQUEST_WITH_BODY =
            "url: string, query?: { [name]: json }, headers?: { [name]: string | secret }, body?: json, auth?: auth,"
                    + " accept?: [int]";
    private static final Map<String, String> DOCS = Map.of(
            "url", "Where to, with `http://` or `https://`.",
            "query", "What is put behind the `?`; what is left out or null is not sent.",
            "headers", "Headers by name; secrets may stand here.",
            "body", "Sent as JSON.",
            "auth", "`bearer(…)`, `basic(…)` or `header(…)`.",
            "accept", "Statuses from 400 on that are an answer and not a failure, as `[404]`.");
    private static final Type RESPONSE =
            SignatureReader.type("{ status: int, headers: { [name]: string }, body: json }");

    private StandardCatalog() {}

    public static Catalog catalog() {
        return new Catalog(List.of(http()));
    }

    /// Requests to any server. They fail on 4xx and 5xx unless `accept` lists the status.
    private static Integration http() {
        return new Integration(
                "http",
                "1.0",
                "HTTP",
                List.of(
                        request("get", REQUEST, Effect.IDEMPOTENT, "Reads from a URL."),
                        request("head", REQUEST, Effect.IDEMPOTENT, "Reads the headers of a URL."),
                        request("delete", REQUEST_WITH_BODY, Effect.IDEMPOTENT, "Deletes what a URL names."),
                        request("put", REQUEST_WITH_BODY, Effect.IDEMPOTENT, "Stores a body at a URL."),
                        request("post", REQUEST_WITH_BODY, Effect.UNSAFE, "Sends a body to a URL."),
                        request("patch", REQUEST_WITH_BODY, Effect.UNSAFE, "Changes what a URL names.")),
                List.of());
    }

    private static Action request(String name, String parameters, Effect effect, String doc) {
        var documented = SignatureReader.parameters(parameters).stream()
                .map(parameter -> new Parameter(
                        parameter.name(),
                        parameter.type(),
                        parameter.optional(),
                        DOCS.getOrDefault(parameter.name(), "")))
                .toList();
        return new Action(name, documented, RESPONSE, effect, doc);
    }
}
