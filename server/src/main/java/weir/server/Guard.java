package weir.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What every request passes first. A page of another site cannot use a browser to reach the server: not by giving its
/// own name our address (Host), not by a form or a script (Origin, Sec-Fetch-Site). Who has to show the token is said
/// by the route.
final class Guard implements Filter {
    /// The subprotocol in which a browser's WebSocket, which can set no header, shows the token.
    static final String BEARER_PROTOCOL = "weir.bearer.";

    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName FETCH_MODE = HeaderNames.create("Sec-Fetch-Mode");
    private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    /// What a page needs besides ([StudioFiles]), answers of the API do not.
    private static final Header NO_SNIFFING = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private static final Header SAME_ORIGIN = HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin");
    private static final Problem FULL = Problem.of(
                    429, "too_many_requests", "Too many requests", "The server has its hands full. Try again soon.")
            .retryAfter(1);

    private final Set<String> names = new HashSet<>();
    private final byte @Nullable [] token;
    private final Semaphore requests;

    Guard(Config config) {
        names.add("localhost");
        names.add(config.host().toLowerCase(Locale.ROOT));
        names.addAll(config.hosts());
        if (!config.isLoopback()) {
            ownName(names);
        }
        String wanted = config.token();
        token = wanted == null ? null : wanted.getBytes(StandardCharsets.UTF_8);
        requests = new Semaphore(config.limits().requests());
    }

    private static void ownName(Set<String> names) {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            // Then it is reached by address, or by a name in WEIR_HOSTS.
        }
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.headers().set(NO_SNIFFING);
        response.headers().set(SAME_ORIGIN);
        answer(chain, request, response);
        if (response.isSent() && request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            // The client said that it comes with nothing more; without this the connection stays until it times out.
            throw new CloseConnectionException("as the client wished");
        }
    }

    private void answer(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var refused = foreign(request.prologue(), request.headers());
        if (refused != null) {
            Exchange.answer(request, response, refused);
        } else if (requests.tryAcquire()) {
            try {
                chain.proceed();
            } finally {
                requests.release();
            }
        } else {
            Exchange.answer(request, response, FULL);
        }
    }

    /// Why a request may not come in at all, or null.
    @Nullable
    Problem foreign(HttpPrologue prologue, Headers headers) {
        if (prologue.method().text().equals("CONNECT")) {
            return Problem.of(405, "method_not_allowed", "Method not allowed", "This server is no proxy.");
        }
        String host = value(headers, HeaderNames.HOST);
        if (host == null || !known(host)) {
            return Problem.of(
                    421,
                    "unknown_host",
                    "Not this server's name",
                    "This server does not answer to the name \"" + Problem.shortened(host == null ? "" : host)
                            + "\". Use its address, or add the name to WEIR_HOSTS.");
        }
        String origin = value(headers, HeaderNames.ORIGIN);
        if (origin != null && !own(origin, host)) {
            return crossSite();
        }
        String site = value(headers, FETCH_SITE);
        boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
        boolean link = "navigate".equals(value(headers, FETCH_MODE))
                && prologue.method().text().equals("GET")
                && !prologue.uriPath().path().startsWith("/hooks/");
        return foreign && !link ? crossSite() : null;
    }

    private static Problem crossSite() {
        return Problem.of(
                403,
                "cross_site",
                "Not from another site",
                "Pages of other sites may not use this server through a browser.");
    }

    private boolean known(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return name.startsWith("[")
                || IPV4.matcher(name).matches()
                || name.endsWith(".localhost")
                || names.contains(name);
    }

    private static boolean own(String origin, String host) {
        try {
            var address = URI.create(origin);
            String authority = address.getRawAuthority();
            String usual = "https".equals(address.getScheme()) ? ":443" : ":80";
            return authority != null && plain(authority, usual).equals(plain(host, usual));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String plain(String authority, String usualPort) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(usualPort) ? lower.substring(0, lower.length() - usualPort.length()) : lower;
    }

    private static String withoutPort(String host) {
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return colon < 0 ? host : host.substring(0, colon);
    }

    /// Why a request to a route that asks for the token is refused, or null.
    @Nullable
    Problem unknown(Headers headers) {
        if (token == null) {
            return null;
        }
        String shown = value(headers, HeaderNames.AUTHORIZATION);
        if (shown != null
                && shown.regionMatches(true, 0, "Bearer ", 0, 7)
                && matches(shown.substring(7).strip())) {
            return null;
        }
        return Problem.of(
                401,
                "unauthorized",
                "Token needed",
                "This server asks for a token: send the header `Authorization: Bearer …` with the value of WEIR_TOKEN.");
    }

    /// The subprotocol to be confirmed to a browser, because it shows the token or because none is asked for; an
    /// empty text when a header shows the token; null when the connection is refused.
    @Nullable
    String subprotocol(Headers headers) {
        String offered = value(headers, PROTOCOL);
        for (String protocol : offered == null ? new String[0] : offered.split(",")) {
            String one = protocol.strip();
            if (one.startsWith(BEARER_PROTOCOL)
                    && (token == null || matches(decoded(one.substring(BEARER_PROTOCOL.length()))))) {
                return one;
            }
        }
        return unknown(headers) == null ? "" : null;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private boolean matches(String shown) {
        return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String value(Headers headers, HeaderName name) {
        return headers.contains(name) ? headers.get(name).get() : null;
    }
}
