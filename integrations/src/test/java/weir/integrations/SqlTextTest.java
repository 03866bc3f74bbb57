package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.worker.StepFailure;

class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select :a, $1, :a_b2      | select ?, ?, ?          | a 1 a_b2",
                "select ':a', \":b\", :c | select ':a', \":b\", ? | c",
                "select 'it''s :a', :b      | select 'it''s :a', ?     | b",
                "select E'\\':a', :b        | select E'\\':a', ?       | b",
                "select :a::text, b[1:2]    | select ?::text, b[1:2]   | a",
                "select $$ :a $$, $x$ $1 $x$, :c | select $$ :a $$, $x$ $1 $x$, ? | c",
                "select :a -- :b            | select ? -- :b           | a",
                "select /* :a /* :b */ */ :c | select /* :a /* :b */ */ ? | c",
                "select a ? :b              | select a ?? ?            | b",
                "select a$1 , :b ;          | select a$1 , ?           | b",
            })
    void placeholdersAreFoundWhereTheyAreSome(String sql, String jdbc, String places) throws StepFailure {
        var text = SqlText.of(sql);
        assertEquals(jdbc.strip(), text.jdbc().strip());
        assertEquals(List.of(places.strip().split(" ")), text.places());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; drop table x", "select 'a", "select $x$ a", "/* a"})
    void whatIsNotOneWholeStatementIsRefused(String sql) {
        var failure = assertThrows(StepFailure.class, () -> SqlText.of(sql));
        assertEquals("bad_sql", failure.error().code());
    }
}
