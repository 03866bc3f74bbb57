package weir.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// The studio: files of the class path below `/studio/`. A path without an extension is a page of the studio, so it
/// gets `index.html`. Files whose name holds a hash never change; all others are asked for again.
final class StudioFiles {
    private static final String FOLDER = "/studio";
    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+");
    private static final Pattern HASHED = Pattern.compile("/assets/.*-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final List<Header> PAGE = List.of(
            HeaderValues.createCached(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:;"
                            + " img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:;"
                            + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"));
    private static final Header UNCHANGING =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private static final class File {
        private final String type;
        private final String tag;
        private final byte[] plain;
        private final byte[] zipped;

        private File(String type, String tag, byte[] plain, byte[] zipped) {
            this.type = type;
            this.tag = tag;
            this.plain = plain;
            this.zipped = zipped;
        }
    }

    private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

    /// Answers GET and HEAD of everything that no API answers.
    void serve(Exchange exchange) {
        String method = exchange.request().prologue().method().text();
        String path = exchange.request().path().path();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw Problem.notFound("address", path).thrown();
        }
        var file = find(path).orElseThrow(() -> missing(path).thrown());
        var headers = exchange.response().headers();
        PAGE.forEach(headers::set);
        headers.set(HeaderNames.CONTENT_TYPE, file.type);
        headers.set(HeaderNames.ETAG, file.tag);
        headers.set(HeaderNames.VARY, "Accept-Encoding");
        headers.set(HASHED.matcher(path).matches() ? UNCHANGING : ASK_AGAIN);
        String seen = exchange.header(HeaderNames.IF_NONE_MATCH);
        if (seen != null && seen.contains(file.tag)) {
            exchange.response().status(304);
            exchange.response().send();
            return;
        }
        String accepted = exchange.header(HeaderNames.ACCEPT_ENCODING);
        boolean zip = accepted != null && accepted.contains("gzip") && file.zipped.length < file.plain.length;
        if (zip) {
            headers.set(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        Exchange.send(exchange.request(), exchange.response(), zip ? file.zipped : file.plain);
    }

    private static Problem missing(String path) {
        return !path.startsWith("/api/") && StudioFiles.class.getResource(FOLDER + "/index.html") == null
                ? Problem.of(
                        404,
                        "no_studio",
                        "The studio is not built",
                        "This server was built without the studio (it needs Node 20). The API is below /api/v1.")
                : Problem.notFound("address", path);
    }

    private Optional<File> find(String path) {
        if (path.equals("/")) {
            return cached("/index.html");
        }
        if (!SAFE.matcher(path).matches() || path.startsWith("/api/")) {
            return Optional.empty();
        }
        boolean page = path.lastIndexOf('.') < path.lastIndexOf('/');
        return cached(page ? "/index.html" : path);
    }

    private Optional<File> cached(String path) {
        var known = files.get(path);
        if (known == null) {
            known = load(path);
            // What does not exist is not remembered: anybody can think of any number of such names.
            if (known.isPresent()) {
                files.put(path, known);
            }
        }
        return known;
    }

    private static Optional<File> load(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        try (InputStream in = StudioFiles.class.getResourceAsStream(FOLDER + path)) {
            if (in == null || type == null) {
                return Optional.empty();
            }
            byte[] plain = in.readAllBytes();
            var zipped = new ByteArrayOutputStream();
            try (var zip = new GZIPOutputStream(zipped)) {
                zip.write(plain);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
            String tag = "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
            return Optional.of(new File(type, tag, plain, zipped.toByteArray()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
