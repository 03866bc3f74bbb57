package weir.store.redis;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/// Where a Redis is: `redis://user:password@host:port/database`, or `redis+cluster://user:password@host:port,host:port`
/// with some nodes of a cluster, the others are learned from these. `rediss` instead of `redis` for TLS.
///
/// @param nodes at least one; exactly one unless it is a cluster
/// @param user of an access control list, or null for the default user
/// @param database 0 on a cluster, which has no other
record RedisAddress(
        boolean cluster,
        boolean tls,
        Set<HostAndPort> nodes,
        @Nullable String user,
        @Nullable String password,
        int database) {
    private static final int DEFAULT_PORT = 6379;
    private static final int MOST_NODES = 1_000;

    RedisAddress {
        nodes = Set.copyOf(nodes);
    }

    /// @throws IllegalArgumentException when it is something else; what the text holds is not repeated
    static RedisAddress of(URI uri) {
        return read(uri)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The address of a Redis has the form redis://user:password@host:port/database, that of a cluster"
                                        + " redis+cluster://user:password@host:port,host:port; rediss and rediss+cluster use TLS."));
    }

    private static Optional<RedisAddress> read(URI uri) {
        var scheme = uri.getScheme();
        var authority = uri.getRawAuthority();
        if (scheme == null || authority == null) {
            return Optional.empty();
        }
        boolean cluster = scheme.endsWith("+cluster");
        var protocol = cluster ? scheme.substring(0, scheme.length() - "+cluster".length()) : scheme;
        boolean tls = protocol.equals("rediss");
        var nodes = nodes(authority.substring(authority.lastIndexOf('@') + 1));
        var database = database(uri.getPath());
        if (!(tls || protocol.equals("redis"))
                || nodes.isEmpty()
                || database.isEmpty()
                || cluster && database.get() != 0
                || !cluster && nodes.size() > 1) {
            return Optional.empty();
        }
        int at = authority.lastIndexOf('@');
        var login = at < 0 ? null : authority.substring(0, at);
        int colon = login == null ? -1 : login.indexOf(':');
        return Optional.of(new RedisAddress(
                cluster,
                tls,
                nodes,
                login == null || colon <= 0 ? null : decoded(login.substring(0, colon)),
                login == null ? null : decoded(login.substring(colon + 1)),
                database.get()));
    }

    /// Empty when one of them is none.
    private static Set<HostAndPort> nodes(String list) {
        var nodes = new LinkedHashSet<HostAndPort>();
        for (var node : list.split(",", MOST_NODES)) {
            // An IPv6 address has colons of its own, in brackets.
            int colon = node.indexOf(':', node.lastIndexOf(']') + 1);
            var host = colon < 0 ? node : node.substring(0, colon);
            var port = colon < 0 ? DEFAULT_PORT : number(node.substring(colon + 1), 65_535);
            if (host.isEmpty() || host.contains("/") || port < 1) {
                return Set.of();
            }
            nodes.add(new HostAndPort(host, port));
        }
        return nodes;
    }

    private static Optional<Integer> database(@Nullable String path) {
        if (path == null || path.length() <= 1) {
            return Optional.of(0);
        }
        return Optional.of(number(path.substring(1), 1_000_000)).filter(database -> database >= 0);
    }

    /// @return -1 when it is none, or too high
    private static int number(String digits, int most) {
        int number = digits.matches("[0-9]{1,7}") ? Integer.parseInt(digits) : -1;
        return number > most ? -1 : number;
    }

    private static String decoded(String part) {
        // A plus is a plus in this place of a URL.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Without the password.
    @Override
    public String toString() {
        return (cluster ? "Redis cluster " : "Redis ") + nodes;
    }
}
