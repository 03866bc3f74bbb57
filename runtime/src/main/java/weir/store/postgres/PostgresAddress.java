package weir.store.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a PostgreSQL is and how to log in.
///
/// @param jdbc without user and password
public record PostgresAddress(String jdbc, String user, String password) {

    /// @param uri `postgresql://user:password@host:port/database?sslmode=require`; parameters are the JDBC driver's
    /// @throws IllegalArgumentException when it is something else; the message does not repeat it, it may hold a
    /// password
    public static PostgresAddress of(URI uri) {
        var scheme = uri.getScheme();
        if (scheme == null || !(scheme.equals("postgresql") || scheme.equals("postgres")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address of a PostgreSQL has the form postgresql://user:password@host:port/database.");
        }
        var account = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = account.indexOf(':');
        var database = uri.getRawPath() == null || uri.getRawPath().length() < 2 ? "/weir" : uri.getRawPath();
        return new PostgresAddress(
                "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + database
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                decode(colon < 0 ? account : account.substring(0, colon)),
                colon < 0 ? "" : decode(account.substring(colon + 1)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Without the password.
    @Override
    public String toString() {
        return jdbc + " as " + user;
    }
}
