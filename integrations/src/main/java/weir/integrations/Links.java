package weir.integrations;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.StepFailure;

/// URLs from their parts.
final class Links {
    private Links() {}

    /// @param query what is put behind the `?`: lists several times, what is missing not at all
    static URI uri(String url, @Nullable Value query) throws StepFailure {
        var text = new StringBuilder(url);
        if (query instanceof RecordValue fields) {
            var mark = url.indexOf('?') < 0 ? '?' : '&';
            for (int i = 0; i < fields.size(); i++) {
                for (var value :
                        fields.valueAt(i) instanceof ListValue list ? list.asList() : List.of(fields.valueAt(i))) {
                    if (!value.isMissing()) {
                        text.append(mark)
                                .append(encoded(fields.nameAt(i)))
                                .append('=')
                                .append(encoded(plain(value)));
                        mark = '&';
                    }
                }
            }
        }
        try {
            return new URI(text.toString());
        } catch (URISyntaxException wrong) {
            throw StepFailure.permanent(
                    "bad_url",
                    "\"" + url + "\" is no URL (" + wrong.getReason() + "); put values through url.encode(…)");
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A text as it is, anything else as JSON.
    static String plain(Value value) {
        return value instanceof StringValue(String text) ? text : Json.text(value);
    }

    /// The target of `rel="next"` in a `Link` header, or null.
    static @Nullable URI next(@Nullable String header, URI from) throws StepFailure {
        if (header == null) {
            return null;
        }
        int at = 0;
        while (at < header.length()) {
            int open = header.indexOf('<', at);
            int close = open < 0 ? -1 : header.indexOf('>', open);
            if (close < 0) {
                return null;
            }
            int following = header.indexOf('<', close);
            String parameters = header.substring(close + 1, following < 0 ? header.length() : following);
            if (parameters.matches("(?is).*;\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next\\b).*")) {
                return resolved(header.substring(open + 1, close), from);
            }
            at = close;
        }
        return null;
    }

    private static URI resolved(String target, URI from) throws StepFailure {
        try {
            return from.resolve(new URI(target.strip()));
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw StepFailure.permanent("bad_url", "the `Link` header of an answer names something that is no URL");
        }
    }
}
