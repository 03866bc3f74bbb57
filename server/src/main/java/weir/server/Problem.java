package weir.server;

import weir.value.RecordValue;
import weir.value.Value;

/// What went wrong, as the caller sees it: a problem document of RFC 9457 with a stable code.
///
/// @param status of HTTP
/// @param code stable; programs may rely on it
/// @param title the same for every problem of that code
/// @param detail one sentence or two about this one: what, where, why, what to do next; never anything secret
/// @param members further fields of the document (`errors`, `diagnostics`, …)
/// @param retryAfter seconds until it is worth trying again; 0: not said
record Problem(int status, String code, String title, String detail, RecordValue members, int retryAfter) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, RecordValue.EMPTY, 0);
    }

    static Problem notFound(String what, String name) {
        return of(404, "not_found", "Not found", "There is no " + what + " \"" + shortened(name) + "\".");
    }

    static Problem badRequest(String detail) {
        return of(400, "bad_request", "The request cannot be read", detail);
    }

    static Problem unavailable(String detail) {
        return of(503, "unavailable", "Not available now", detail).retryAfter(1);
    }

    Problem with(String name, Value value) {
        return new Problem(status, code, title, detail, members.with(name, value), retryAfter);
    }

    Problem retryAfter(int seconds) {
        return new Problem(status, code, title, detail, members, seconds);
    }

    RecordValue document() {
        var document = RecordValue.builder()
                .put("type", Value.of("urn:weir:problem:" + code))
                .put("title", Value.of(title))
                .put("status", Value.of(status))
                .put("code", Value.of(code))
                .put("detail", Value.of(detail));
        members.forEach(document::put);
        return document.build();
    }

    /// To be thrown where a request cannot go on; [Routes] answers it.
    Thrown thrown() {
        return new Thrown(this);
    }

    /// What callers sent is repeated in messages only so far.
    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        private Thrown(Problem problem) {
            super(problem.detail, null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
