package weir.worker;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;

/// The one way out over HTTP: every request of a workflow goes through here.
///
/// A host is resolved once, each of its addresses is checked against the [AddressRules], and the connection goes to the
/// checked address, so a name that changes its mind in between gains nothing. Redirects are followed by hand and
/// checked again; what identifies the sender is dropped when they lead to another origin, and masked where an answer
/// repeats it. Sizes and times are bounded.
public final class Egress {
    /// The longest answer that is read, in bytes.
    public static final int BODY_LIMIT = 16 * 1024 * 1024;

    private static final int REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Set<String> IDENTIFYING =
            Set.of("authorization", "proxy-authorization", "cookie", "idempotency-key");

    private final AddressRules rules;
    private final WebClient client;

    public Egress(AddressRules rules) {
        this.rules = rules;
        this.client = WebClient.builder()
                .followRedirects(false)
                .proxy(Proxy.noProxy())
                .sendExpectContinue(false)
                .connectTimeout(CONNECT)
                .readTimeout(READ)
                .connectionCacheSize(512)
                .socketOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .build();
    }

    /// @param method upper case
    /// @param headers in order; `secret` ones are dropped when a redirect leaves the origin
    /// @param body empty: none
    /// @param timeout for the whole exchange as far as reading goes, or null: the standard
    public record Request(
            String method,
            URI uri,
            List<Header> headers,
            byte[] body,
            @Nullable Duration timeout) {
        public Request {
            headers = List.copyOf(headers);
        }
    }

    public record Header(String name, String value, boolean secret) {}

    /// @param headers by lower-case name; several of one name joined by `, `
    public record Response(int status, Map<String, String> headers, byte[] body, URI uri) {}

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// @throws StepFailure `bad_url`, `egress_denied`, `unknown_host`, `connection_failed`, `tls_failed`,
    /// `timeout`,
    ///     `too_many_redirects`, `body_too_large`
    public Response send(Request request) throws StepFailure, InterruptedException {
        var next = request;
        for (int i = 0; i <= REDIRECTS; i++) {
            var response = exchange(next);
            var location = response.headers().get("location");
            if (response.status() / 100 != 3 || response.status() == 304 || location == null) {
                return response;
            }
            next = redirected(next, response.status(), location);
        }
        throw StepFailure.permanent(
                "too_many_redirects", place(request.uri()) + " led through more than " + REDIRECTS + " redirects");
    }

    private static Request redirected(Request from, int status, String location) throws StepFailure {
        URI target;
        try {
            target = from.uri().resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw StepFailure.permanent("bad_url", place(from.uri()) + " redirects to something that is no URL");
        }
        boolean sameOrigin = origin(target).equals(origin(from.uri()));
        boolean keepBody = status == 307
                || status == 308
                || from.method().equals("GET")
                || from.method().equals("HEAD");
        var headers = from.headers().stream()
                .filter(header -> sameOrigin
                        || !(header.secret()
                                || IDENTIFYING.contains(header.name().toLowerCase(Locale.ROOT))))
                .filter(header ->
                        keepBody || !header.name().toLowerCase(Locale.ROOT).startsWith("content-"))
                .toList();
        return new Request(
                keepBody ? from.method() : "GET",
                target,
                headers,
                keepBody ? from.body() : new byte[0],
                from.timeout());
    }

    /// A server may close a connection that was kept open just when it is used again, as old ones do without saying
    /// so. What was not answered at all is then sent once more, on a connection of its own: with the same
    /// idempotency key, as every attempt.
    private Response exchange(Request request) throws StepFailure, InterruptedException {
        try {
            return exchange(request, true);
        } catch (DataReader.InsufficientDataAvailableException closed) {
            try {
                return exchange(request, false);
            } catch (DataReader.InsufficientDataAvailableException again) {
                throw failure(request.uri(), again);
            }
        }
    }

    /// @param kept whether a connection that was kept open may be used
    private Response exchange(Request request, boolean kept) throws StepFailure, InterruptedException {
        var uri = request.uri();
        var address = resolve(uri);
        // The target goes out as it is written: the client's own model of a query would reorder and encode it again.
        var call = client.method(Method.create(request.method()))
                .uri(origin(uri))
                .skipUriEncoding(true)
                .path(target(uri))
                .address(address);
        if (request.timeout() != null) {
            call.readTimeout(request.timeout());
        }
        for (var header : request.headers()) {
            call.header(HeaderNames.create(header.name()), header.value());
        }
        if (!kept) {
            call.keepAlive(false);
        }
        try (HttpClientResponse response = sent(call, request, kept)) {
            var masking = new Masking(request.headers());
            return new Response(
                    response.status().code(),
                    masking.headers(headers(response)),
                    masking.body(body(response, uri)),
                    uri);
        } catch (Unanswered closed) {
            throw closed.cause;
        } catch (RuntimeException failed) {
            throw failure(uri, failed);
        }
    }

    /// The connection was closed before there was any answer.
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient DataReader.InsufficientDataAvailableException cause;

        Unanswered(DataReader.InsufficientDataAvailableException cause) {
            super(null, cause, false, false);
            this.cause = cause;
        }
    }

    private static HttpClientResponse sent(HttpClientRequest call, Request request, boolean kept) {
        try {
            return request.body().length == 0 ? call.request() : call.submit(request.body());
        } catch (DataReader.InsufficientDataAvailableException closed) {
            throw kept ? new Unanswered(closed) : closed;
        }
    }

    private static Map<String, String> headers(HttpClientResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach(header -> headers.put(header.headerName().lowerCase(), String.join(", ", header.allValues())));
        return headers;
    }

    private static byte[] body(HttpClientResponse response, URI uri) throws StepFailure {
        if (!response.entity().hasEntity()) {
            return new byte[0];
        }
        // Old servers end a body by ending the connection.
        boolean untilClosed = !response.headers().contains(HeaderNames.CONTENT_LENGTH)
                && !response.headers().contains(HeaderNames.TRANSFER_ENCODING);
        var out = new ByteArrayOutputStream(1024);
        try (InputStream in = response.inputStream()) {
            read(in, out, uri);
        } catch (DataReader.InsufficientDataAvailableException closed) {
            if (!untilClosed) {
                throw closed;
            }
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
        return out.toByteArray();
    }

    private static void read(InputStream in, ByteArrayOutputStream out, URI uri) throws IOException, StepFailure {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            if (out.size() > BODY_LIMIT) {
                throw StepFailure.permanent(
                        "body_too_large", place(uri) + " answered with more than " + BODY_LIMIT + " bytes");
            }
        }
    }

    private InetSocketAddress resolve(URI uri) throws StepFailure {
        var host = uri.getHost();
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw StepFailure.permanent("bad_url", place(uri) + " is no http or https URL with a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw StepFailure.permanent("bad_url", "a URL may not hold a user or password; use auth: basic(…)");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = new ArrayList<>();
        try {
            addresses.addAll(List.of(InetAddress.getAllByName(bare)));
        } catch (UnknownHostException unknown) {
            throw new StepFailure("unknown_host", "the host \"" + host + "\" cannot be found");
        }
        for (var address : addresses) {
            rules.check(host, address);
        }
        return new InetSocketAddress(addresses.getFirst(), port);
    }

    private static StepFailure failure(URI uri, RuntimeException failed) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.SocketTimeoutException) {
                return new StepFailure("timeout", place(uri) + " did not answer in time");
            }
            if (cause instanceof SSLException tls) {
                return new StepFailure("tls_failed", place(uri) + " cannot be trusted: " + tls.getMessage());
            }
        }
        var root = root(failed);
        return new StepFailure(RunError.of(
                "connection_failed",
                place(uri) + " could not be reached: "
                        + (root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage())));
    }

    private static Throwable root(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String target(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    /// A URL without its query, which may hold what should not be in a message.
    public static String place(URI uri) {
        return uri.getHost() == null ? "the URL" : origin(uri) + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}
