package weir.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A statement from a file beside this class. Parameters are `$1`, `$2`, … as in PostgreSQL itself.
final class Sql {
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final String text;
    private final List<Integer> order;

    private Sql(String text, List<Integer> order) {
        this.text = text;
        this.order = order;
    }

    static Sql load(String file) {
        var order = new ArrayList<Integer>();
        var text = PARAMETER.matcher(read(file)).replaceAll(parameter -> {
            order.add(Integer.parseInt(parameter.group(1)));
            return "?";
        });
        return new Sql(text, List.copyOf(order));
    }

    /// The file without its comments.
    static String read(String file) {
        try (var in = Sql.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no such statement: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// @param values of `$1`, `$2`, …; arrays go in binary form where the driver has one
    PreparedStatement prepare(Connection connection, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < order.size(); i++) {
                var value = values[order.get(i) - 1];
                if (value instanceof UUID[] ids) {
                    statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException problem) {
            statement.close();
            throw problem;
        }
    }

    /// What one row gives.
    interface Read<T> {
        T read(java.sql.ResultSet row) throws SQLException;
    }

    <T> List<T> query(Connection connection, Read<T> read, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(connection, values);
                var rows = statement.executeQuery()) {
            var result = new ArrayList<T>();
            while (rows.next()) {
                result.add(read.read(rows));
            }
            return result;
        }
    }

    /// @return how many rows it changed
    int update(Connection connection, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(connection, values)) {
            return statement.executeUpdate();
        }
    }
}
