package weir.server;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How long lists are asked for in pages: `limit`, and `cursor` with what `next` of the page before said.
final class Paging {
    private static final int LONGEST_PAGE = 200;

    private Paging() {}

    /// @throws Problem.Thrown 400
    static int limit(Exchange exchange) {
        String text = exchange.query("limit");
        try {
            int limit = text == null || text.isEmpty() ? 50 : Integer.parseInt(text);
            if (limit >= 1 && limit <= LONGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException wrong) {
            // Said below, as for a number out of range.
        }
        throw Problem.badRequest("`limit` is a number from 1 to " + LONGEST_PAGE + ".")
                .thrown();
    }

    /// @throws Problem.Thrown 400
    static @Nullable UUID cursor(Exchange exchange) {
        return id(exchange, "cursor", "what `next` of the page before said");
    }

    /// @param what it is, for the message
    /// @throws Problem.Thrown 400
    static @Nullable UUID id(Exchange exchange, String name, String what) {
        return id(name, exchange.query(name), what);
    }

    /// @throws Problem.Thrown 400
    static @Nullable UUID id(String name, @Nullable String text, String what) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw Problem.badRequest("`" + name + "` is " + what + ".").thrown();
        }
    }

    /// A moment, as `2026-01-31T12:00:00Z` or with an offset.
    ///
    /// @throws Problem.Thrown 400
    static @Nullable Instant time(Exchange exchange, String name) {
        return time(name, exchange.query(name));
    }

    /// @throws Problem.Thrown 400
    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException wrong) {
            throw Problem.badRequest("`" + name + "` is a time such as 2026-01-31T12:00:00Z.")
                    .thrown();
        }
    }
}
