package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.graph.Library;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.value.Json;
import weir.value.UndefinedValue;

class FittingTest {
    private static final Type ORDER = record(
            field("id", Basic.STRING),
            field("lines", new Type.ListOf(record(field("sku", Basic.STRING), field("qty", Basic.INT)))),
            optional("coupon", Basic.STRING),
            optional("tier", union(text("gold"), text("none"))),
            optional("due", Basic.DATETIME));

    /// A shape by its `kind`, a tree, and texts or null.
    private static final Map<String, Type> TYPES = Map.of(
            "order", ORDER,
            "shape",
                    union(
                            record(field("kind", text("circle")), field("r", Basic.NUMBER)),
                            record(field("kind", text("box")), field("w", Basic.NUMBER), field("h", Basic.NUMBER))),
            "tree",
                    record(
                            field("value", Basic.INT),
                            optional("left", named("tree")),
                            optional("right", named("tree"))),
            "name", union(Basic.STRING, Basic.NULL),
            "either", union(record(field("a", Basic.INT)), record(field("a", Basic.INT), field("b", Basic.INT))),
            "flags", new Type.MapOf(Basic.BOOLEAN),
            "json", Basic.JSON,
            "lists", union(new Type.ListOf(Basic.INT), Basic.STRING));

    private static final Library LIBRARY = new Library(TYPES, List.of(), List.of(), List.of(), List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            order ¦ {"id":"1","lines":[{"sku":"x","qty":2}]} ¦ {"id":"1","lines":[{"sku":"x","qty":2}]}
            order ¦ {"more":1,"lines":[{"sku":"x","qty":2,"x":1}],"id":"1"} ¦ {"lines":[{"sku":"x","qty":2}],"id":"1"}
            order ¦ {"id":"1","lines":[],"due":"2026-01-31T10:00:00+02:00"} ¦ {"id":"1","lines":[],"due":"2026-01-31T08:00:00.000Z"}
            order ¦ {"id":"1","lines":[],"due":"2026-01-31"} ¦ {"id":"1","lines":[],"due":"2026-01-31T00:00:00.000Z"}
            shape ¦ {"kind":"box","w":1,"h":2,"r":3} ¦ {"kind":"box","w":1,"h":2}
            tree ¦ {"value":1,"left":{"value":2,"right":{"value":3,"x":0}}} ¦ {"value":1,"left":{"value":2,"right":{"value":3}}}
            name ¦ null ¦ null
            either ¦ {"a":1,"b":2,"c":3} ¦ {"a":1,"b":2}
            flags ¦ {"x":true,"__proto__":false} ¦ {"x":true,"__proto__":false}
            json ¦ [1,{"a":null}] ¦ [1,{"a":null}]
            lists ¦ [1,2] ¦ [1,2]
            """)
    void whatFitsComesOutAsTheTypeHasIt(String type, String json, String fitted) {
        var result = Fitting.fit(Json.read(json), named(type), LIBRARY);
        assertTrue(result.fits(), result::sentence);
        assertEquals(fitted, Json.text(result.value()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            order ¦ 3 ¦ `order`: expected { id: string, lines: [{ sku: string, qty: int }], coupon?: string, tier?: "gold" | "none", … }, got number 3
            order ¦ {"lines":[]} ¦ `order.id`: is missing (expected string)
            order ¦ {"id":1,"lines":[{"sku":"a","qty":1},{"sku":"b","qty":1.5}]} ¦ `order.id`: expected string, got number 1; `order.lines[1].qty`: expected int, got number 1.5
            order ¦ {"id":"1","lines":[{"sku":"b","qty":"2"}]} ¦ `order.lines[0].qty`: expected int, got text "2"
            order ¦ {"id":"1","lines":[],"coupon":null} ¦ `order.coupon`: expected string, got null
            order ¦ {"id":"1","lines":[],"tier":"silver"} ¦ `order.tier`: expected "gold" | "none", got text "silver"
            order ¦ {"id":"1","lines":[],"due":"2026-01-31T10:00:00"} ¦ `order.due`: expected datetime, got text "2026-01-31T10:00:00", which does not say its zone: put `Z` or an offset behind it
            order ¦ {"id":"1","lines":[],"due":"soon"} ¦ `order.due`: expected datetime, got text "soon" (write it like 2026-01-31T08:00:00.000Z)
            shape ¦ {"kind":"box","w":1} ¦ `shape.h`: is missing (expected number)
            shape ¦ {"kind":"line"} ¦ `shape`: expected { kind: "circle", r: number } | { kind: "box", w: number, h: number }, got a record with kind
            tree ¦ {"value":1,"left":{"value":"2"}} ¦ `tree.left.value`: expected int, got text "2"
            flags ¦ {"a-b":1} ¦ `flags["a-b"]`: expected boolean, got number 1
            lists ¦ [1,true] ¦ `lists[1]`: expected int, got true
            """)
    void whatDoesNotFitIsSaidWithPathAndValue(String type, String json, String sentence) {
        assertEquals(
                sentence,
                Fitting.fit(Json.read(json), named(type), LIBRARY, type).sentence());
    }

    @Test
    void nothingIsCopiedWhenNothingChanges() {
        var value = Json.read("{\"id\":\"1\",\"lines\":[{\"sku\":\"x\",\"qty\":2}]}");
        assertTrue(Fitting.fit(value, ORDER, LIBRARY).value().isIdentical(value));
    }

    @Test
    void aMissingValueIsSaidToBeMissing() {
        assertEquals(
                "`x`: is missing (expected json)",
                Fitting.fit(UndefinedValue.UNDEFINED, Basic.JSON, LIBRARY, "x").sentence());
    }

    @Test
    void ambiguousTypesCannotTakeForEver() {
        var one = record(field("a", named("knot")), field("x", Basic.STRING));
        var other = record(field("a", named("knot")), field("x", Basic.INT));
        var library = new Library(Map.of("knot", union(one, other)), List.of(), List.of(), List.of(), List.of());
        var json = "{\"x\":true,\"a\":".repeat(60) + "1" + "}".repeat(60);
        assertTrue(!Fitting.fit(Json.read(json), named("knot"), library).fits());
    }

    private static Type named(String name) {
        return new Type.Named(name);
    }

    private static Type text(String value) {
        return new Type.Literal.Text(value);
    }

    private static Type union(Type... members) {
        return new Type.Union(List.of(members));
    }

    private static Type record(Type.Field... fields) {
        return new Type.RecordOf(List.of(fields));
    }

    private static Type.Field field(String name, Type type) {
        return new Type.Field(name, type, false, "");
    }

    private static Type.Field optional(String name, Type type) {
        return new Type.Field(name, type, true, "");
    }

    @Test
    void noTextFromOutsideIsASecret() {
        var type = union(record(field("kind", text("token")), field("token", Basic.SECRET)), Basic.NULL);
        var given = Json.read("{\"kind\": \"token\", \"token\": \"hunter2\"}");
        assertTrue(Fitting.fit(given, type, Library.EMPTY).fits(), "within a workflow a text may be used as one");
        var fitted = Fitting.fitFromOutside(given, type, Library.EMPTY);
        assertTrue(fitted.sentence().startsWith("`token`: a secret cannot come from outside"), fitted.sentence());
        assertTrue(!fitted.sentence().contains("hunter2"), fitted.sentence());
    }
}
