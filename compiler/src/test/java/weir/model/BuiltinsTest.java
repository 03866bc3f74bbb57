package weir.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BuiltinsTest {
    @Test
    void everyLineOfTheTableIsASignature() {
        assertTrue(Builtins.ALL.size() > 150, () -> Builtins.ALL.size() + " signatures");
        assertTrue(Builtins.names().contains("Math.round"));
        assertTrue(Builtins.names().contains("list.map"));
        assertTrue(Builtins.names().contains("string.trim"));
    }

    @Test
    void formsAreNotLookedUpByEvaluators() {
        assertFalse(Builtins.names().contains("now"));
        assertTrue(Builtins.globals().contains("now"));
    }

    @Test
    void signaturesAreShownWithoutWhereTheyAreFound() {
        assertEquals(
                "map(each: (T, int, [T]) => R) -> [R]",
                Builtins.members("map").getFirst().signature());
        assertEquals("PI: number", Builtins.space("Math").get("PI").getFirst().signature());
    }

    @Test
    void overloadsKeepTheirOrder() {
        var max = Builtins.space("Math").get("max");
        assertEquals(3, max.size());
        assertEquals(Type.Basic.INT, max.getFirst().result());
    }

    @Test
    void httpIsInTheStandardCatalog() {
        var http = StandardCatalog.catalog().find("http").orElseThrow();
        assertEquals(8, http.actions().size());
        assertEquals(Effect.UNSAFE, http.action("post").orElseThrow().effect());
        assertTrue(http.action("get").orElseThrow().parameters().stream()
                .noneMatch(parameter -> parameter.name().equals("body")));
    }
}
