package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsApiTest {
    private static final String TOKEN = "ghp_0123456789abcdefghij";
    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Caller.Answer make(String json) {
        return server.caller.post("/api/v1/connections", json);
    }

    @Test
    void whatAConnectionHoldsNeverComesOutAgain() {
        var made = make("{\"name\":\"github\",\"integration\":\"github\",\"kind\":\"bearer\",\"fields\":{\"token\":\""
                + TOKEN + "\"}}");
        assertEquals(201, made.status(), made.body());
        var listed = server.caller.get("/api/v1/connections");
        assertTrue(listed.body().contains("\"hint\":\"token …ghij\""), listed.body());
        assertFalse((made.body() + listed.body()).contains(TOKEN));
    }

    @Test
    void aConnectionIsReplacedAndRemoved() throws Exception {
        make(
                "{\"name\":\"db\",\"integration\":\"sql\",\"fields\":{\"url\":\"postgres://u:p@db/x\",\"password\":\"a\"}}");
        var made = make("{\"name\":\"db\",\"integration\":\"sql\",\"fields\":{\"url\":\"postgres://u:p@db/y\"}}");
        assertEquals("url postgres://…@db/y", made.text("hint"));
        assertEquals(
                "postgres://u:p@db/y",
                server.backend
                        .connections()
                        .find(Backend.ORGANISATION, "db")
                        .orElseThrow()
                        .get("url"));
        assertEquals(200, server.caller.delete("/api/v1/connections/db").status());
        assertEquals(404, server.caller.delete("/api/v1/connections/db").status());
    }

    @Test
    void deployingWarnsOfConnectionsThatAreNotThere() {
        String text = """
                integration shop 1.0 {
                  base "https://shop.example.com"
                  auth bearer()
                  action orders() -> json {
                    GET "/orders"
                  }
                }
                workflow poll() {
                  step shop.orders()
                  step sql.query(sql: "select 1") { using "reports" }
                  step http.get(url: "https://example.com")
                }
                """;
        String before = server.deploy("poll", text).body();
        assertTrue(before.contains("no connection `shop`") && before.contains("no connection `reports`"), before);
        make("{\"name\":\"shop\",\"integration\":\"shop\",\"kind\":\"bearer\",\"fields\":{\"token\":\"t\"}}");
        make("{\"name\":\"reports\",\"integration\":\"mail\",\"kind\":\"smtp\",\"fields\":{\"host\":\"h\"}}");
        String after = server.deploy("poll", text).body();
        assertFalse(after.contains("`shop`"), after);
        assertTrue(after.contains("`reports` is one to mail, not to sql"), after);
    }

    @Test
    void fieldsThatLackOrAreNotKnownAreNamedWithoutWhatWasSent() {
        var lacks = make("{\"name\":\"a\",\"integration\":\"github\",\"kind\":\"bearer\",\"fields\":{}}");
        assertEquals(422, lacks.status());
        assertTrue(lacks.text("detail").contains("`token`"));
        var unknown = make("{\"name\":\"a\",\"integration\":\"github\",\"kind\":\"bearer\",\"fields\":"
                + "{\"token\":\"" + TOKEN + "\",\"tokn\":\"" + TOKEN + "\"}}");
        assertEquals("bad_connection", unknown.text("code"));
        assertFalse(unknown.body().contains(TOKEN));
        var kind = make("{\"name\":\"a\",\"integration\":\"github\",\"fields\":{}}");
        assertTrue(kind.text("detail").contains("bearer, basic, header"));
        var name = make("{\"name\":\"A B\",\"integration\":\"github\",\"fields\":{}}");
        assertEquals(422, name.status());
    }
}
