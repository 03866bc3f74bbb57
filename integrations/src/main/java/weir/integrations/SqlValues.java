package weir.integrations;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Datetimes;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.StepFailure;

/// Values of workflows as PostgreSQL has them, and back.
final class SqlValues {
    private static final double EXACT = 9_007_199_254_740_992.0;

    private SqlValues() {}

    /// Texts take the type of the place they stand in, as literals do: `uuid`, `date`, `jsonb`, an enum.
    static void set(PreparedStatement statement, int place, @Nullable Value value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, Types.NULL);
            case StringValue(String text) -> statement.setString(place, text);
            case BooleanValue truth -> statement.setBoolean(place, truth == BooleanValue.TRUE);
            case NumberValue(double number) -> number(statement, place, number);
            case ListValue list
            when list.asList().stream().noneMatch(SqlValues::isCompound) -> statement.setString(place, array(list));
            case ListValue list -> statement.setString(place, Json.text(list));
            case RecordValue record -> statement.setString(place, Json.text(record));
            // Default: what is missing is null, and secrets do not get here.
            default -> statement.setNull(place, Types.NULL);
        }
    }

    private static boolean isCompound(Value value) {
        return value instanceof ListValue || value instanceof RecordValue;
    }

    private static void number(PreparedStatement statement, int place, double number) throws SQLException {
        if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
            statement.setInt(place, (int) number);
        } else if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            statement.setLong(place, (long) number);
        } else if (Double.isFinite(number)) {
            statement.setBigDecimal(place, new BigDecimal(Double.toString(number)));
        } else {
            statement.setDouble(place, number);
        }
    }

    /// As PostgreSQL writes an array.
    private static String array(ListValue list) {
        var text = new StringBuilder("{");
        for (Value item : list) {
            text.append(text.length() > 1 ? "," : "")
                    .append(
                            item.isMissing()
                                    ? "NULL"
                                    : "\""
                                            + Links.plain(item)
                                                    .replace("\\", "\\\\")
                                                    .replace("\"", "\\\"")
                                            + "\"");
        }
        return text.append('}').toString();
    }

    /// All rows.
    ///
    /// @throws StepFailure when there are more than `most`
    static ListValue rows(ResultSet results, int most) throws SQLException, StepFailure {
        var columns = results.getMetaData();
        var names = names(columns);
        List<Value> rows = new ArrayList<>();
        while (results.next()) {
            if (rows.size() == most) {
                throw StepFailure.permanent(
                        "too_many_rows",
                        "there are more than " + most + " rows; ask for less at once, with `limit` and where the last"
                                + " part ended");
            }
            var row = RecordValue.builder();
            for (int i = 1; i <= names.size(); i++) {
                row.put(names.get(i - 1), column(results, i, columns.getColumnTypeName(i)));
            }
            rows.add(row.build());
        }
        return ListValue.of(rows);
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException, StepFailure {
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            if (!seen.add(name)) {
                throw StepFailure.permanent(
                        "bad_sql", "two columns of the result are called \"" + name + "\"; name one with `as`");
            }
            names.add(name);
        }
        return names;
    }

    private static Value column(ResultSet results, int column, String type) throws SQLException {
        if (results.getObject(column) == null) {
            return NullValue.NULL;
        }
        return switch (type) {
            case "bool" -> Value.of(results.getBoolean(column));
            case "int2", "int4", "float4", "float8" -> Value.of(results.getDouble(column));
            case "int8", "serial", "bigserial", "oid", "numeric" -> number(results.getString(column));
            case "timestamptz" ->
                Value.of(Datetimes.text(
                        results.getObject(column, OffsetDateTime.class).toInstant()));
            case "timestamp" ->
                Value.of(Datetimes.text(
                        results.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC)));
            case "json", "jsonb" -> json(results.getString(column));
            case "bytea" -> Value.of(Base64.getEncoder().encodeToString(results.getBytes(column)));
            default -> type.startsWith("_") ? items(results.getArray(column)) : Value.of(results.getString(column));
        };
    }

    /// A number that a double has exactly enough, else its text.
    private static Value number(String text) {
        try {
            var exact = new BigDecimal(text);
            double number = exact.doubleValue();
            return new BigDecimal(Double.toString(number)).compareTo(exact) == 0 && Math.abs(number) <= EXACT
                    ? Value.of(number)
                    : Value.of(text);
        } catch (NumberFormatException notFinite) {
            return Value.of(text);
        }
    }

    private static Value json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProblem tooMuch) {
            return Value.of(text);
        }
    }

    private static Value items(Array array) throws SQLException {
        return item(array.getArray());
    }

    private static Value item(@Nullable Object item) {
        return switch (item) {
            case null -> NullValue.NULL;
            case Object[] items -> {
                var values = new ArrayList<Value>();
                for (Object one : items) {
                    values.add(item(one));
                }
                yield ListValue.of(values);
            }
            case Boolean truth -> Value.of(truth.booleanValue());
            case Number number -> number(number.toString());
            case java.sql.Timestamp time -> Value.of(Datetimes.text(time.toInstant()));
            default -> Value.of(item.toString());
        };
    }
}
