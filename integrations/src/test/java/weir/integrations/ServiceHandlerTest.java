package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.StepFailure;

class ServiceHandlerTest {
    private static final String SHOP = """
            type Item = { id: string, note?: string }
            integration shop 1.0 {
              base "%s/api/"
              auth bearer(label: "Token")
              auth header(name: "X-Shop-Key", prefix: "key ")
              limits { retry on 429, 502 }
              action item(id: string) -> Item {
                GET `/items/${id}`
              }
              action create(id: string, token: secret, note?: string) -> { id: string } {
                POST "/items"
                query { dry: false, note }
                headers { "X-Token": token, "X-Note": note }
                body { id, note }
                fails when response.body.error !== null && response.status === 200 with `refused: ${response.body.error}`
                gives { id: response.body.made.id }
              }
              action linked() -> [Item] {
                GET "/linked"
                pages by link_header
              }
              action after() -> [Item] {
                GET "/after"
                query { size: 2 }
                pages by cursor(param: "after", next: response.body.next)
                gives response.body.items
              }
              action counted() -> [Item] {
                GET "/counted"
                pages by page(param: "page")
              }
              action remove(id: string) {
                DELETE `/items/${id}`
              }
            }
            """;

    private record Seen(String method, String target, String body, com.sun.net.httpserver.Headers headers) {}

    private record Answer(int status, String body, String... headers) {}

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private Steps shop;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        var connections = Steps.connections(
                new Connections.Connection("shop", "shop", "bearer", Map.of("token", "t0ken")),
                new Connections.Connection("keyed", "shop", "header", Map.of("value", "k3y")),
                new Connections.Connection("foreign", "mail", "smtp", Map.of("host", "h")));
        var handler = new ServiceHandler(new Egress(new AddressRules(true, List.of())), connections);
        shop = Steps.of(handler, SHOP.formatted(base()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answers(Function<Seen, Answer> respond) {
        server.createContext("/", exchange -> {
            var one = new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders());
            seen.add(one);
            var answer = respond.apply(one);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            for (int i = 0; i < answer.headers().length; i += 2) {
                exchange.getResponseHeaders().add(answer.headers()[i], answer.headers()[i + 1]);
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static RecordValue.Builder with(String name, String value) {
        return RecordValue.builder().put(name, Value.of(value));
    }

    @Test
    void aValueInThePathIsOnePartOfItWhateverIsInIt() throws Exception {
        answers(one -> new Answer(200, "{\"id\":\"x\",\"more\":1}"));
        assertEquals(Json.read("{\"id\":\"x\"}"), shop.perform("shop.item", with("id", "a/b ?c")));
        assertEquals("/api/items/a%2Fb%20%3Fc", seen.getFirst().target());
        assertEquals("Bearer t0ken", seen.getFirst().headers().getFirst("Authorization"));
        for (String way : List.of("..", ".", "")) {
            var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.remove", with("id", way)));
            assertEquals("bad_argument", failure.error().code());
        }
        assertEquals(1, seen.size());
    }

    @Test
    void aRequestIsMadeOfItsPartsAndGivesWhatItSays() throws Exception {
        answers(one -> new Answer(200, "{\"made\":{\"id\":\"7\"},\"error\":null}"));
        var arguments = with("id", "7").put("token", SecretValue.named("T"));
        assertEquals(Json.read("{\"id\":\"7\"}"), shop.using("keyed").perform("shop.create", arguments));
        var one = seen.getFirst();
        assertEquals("/api/items?dry=false", one.target());
        assertEquals("{\"id\":\"7\"}", one.body());
        assertEquals("s3cret-T", one.headers().getFirst("X-Token"));
        assertFalse(one.headers().containsKey("X-Note"));
        assertEquals("key k3y", one.headers().getFirst("X-Shop-Key"));
        assertEquals("key-1", one.headers().getFirst("Idempotency-Key"));
    }

    @Test
    void anActionFailsWhenItsIntegrationSaysSo() {
        answers(one -> new Answer(200, "{\"error\":\"sold out\"}"));
        var arguments = with("id", "7").put("token", Value.of("t"));
        var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.create", arguments));
        assertEquals("refused", failure.error().code());
        assertEquals("refused: sold out", failure.error().message());
    }

    @Test
    void aStatusThatMeansLaterIsAskedAgainAndOthersFailForGood() throws Exception {
        answers(one -> seen.size() < 3 ? new Answer(429, "{}", "Retry-After", "0") : new Answer(200, "{\"id\":\"x\"}"));
        shop.perform("shop.item", with("id", "a"));
        assertEquals(3, seen.size());
    }

    @Test
    void otherStatusesFailForGood() {
        answers(one -> new Answer(404, "{\"message\":\"no such item\"}"));
        var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.item", with("id", "a")));
        assertEquals("http_404", failure.error().code());
        assertEquals(404, failure.error().status());
        assertTrue(failure.error().permanent());
        assertEquals(1, seen.size());
    }

    @Test
    void aServerThatAsksForALongPauseIsLeftToTheStepsRetry() {
        answers(one -> new Answer(429, "{}", "Retry-After", "120"));
        var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.item", with("id", "a")));
        assertEquals(120_000L, failure.error().retryAfter());
        assertFalse(failure.error().permanent());
        assertEquals(1, seen.size());
    }

    @Test
    void allPagesAreOneList() throws Exception {
        answers(one -> switch (one.target()) {
            case "/api/linked" ->
                new Answer(
                        200,
                        "[{\"id\":\"1\"}]",
                        "Link",
                        "</api/first>; rel=\"first\", </api/linked?p=2>; rel=\"next\"");
            case "/api/linked?p=2" -> new Answer(200, "[{\"id\":\"2\"}]", "Link", "</api/linked>; rel=\"prev\"");
            case "/api/after?size=2" -> new Answer(200, "{\"items\":[{\"id\":\"1\"}],\"next\":\"c 1\"}");
            case "/api/after?size=2&after=c%201" -> new Answer(200, "{\"items\":[{\"id\":\"2\"}],\"next\":null}");
            case "/api/counted?page=1" -> new Answer(200, "[{\"id\":\"1\"}]");
            case "/api/counted?page=2" -> new Answer(200, "[{\"id\":\"2\"}]");
            default -> new Answer(200, "[]");
        });
        var two = Json.read("[{\"id\":\"1\"},{\"id\":\"2\"}]");
        assertEquals(two, shop.perform("shop.linked", RecordValue.builder()));
        assertEquals(two, shop.perform("shop.after", RecordValue.builder()));
        assertEquals(two, shop.perform("shop.counted", RecordValue.builder()));
    }

    @Test
    void pagesThatDoNotEndAndPagesElsewhereAreRefused() {
        answers(one -> one.target().startsWith("/api/after")
                ? new Answer(200, "{\"items\":[],\"next\":\"same\"}")
                : new Answer(200, "[]", "Link", "<https://elsewhere.example.com/>; rel=next"));
        var endless = assertThrows(StepFailure.class, () -> shop.perform("shop.after", RecordValue.builder()));
        assertEquals("too_many_pages", endless.error().code());
        var elsewhere = assertThrows(StepFailure.class, () -> shop.perform("shop.linked", RecordValue.builder()));
        assertEquals("bad_url", elsewhere.error().code());
    }

    @Test
    void whatAnAnswerGivesIsHeldAgainstTheDeclaredType() throws Exception {
        answers(one -> one.method().equals("DELETE") ? new Answer(200, "{\"any\":1}") : new Answer(200, "{\"id\":5}"));
        var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.item", with("id", "a")));
        assertEquals("does_not_fit", failure.error().code());
        assertEquals(NullValue.NULL, shop.perform("shop.remove", with("id", "a")));
    }

    @Test
    void whatAServerRepeatsOfTheConnectionIsMasked() {
        answers(one -> new Answer(
                403,
                "{\"sent\":\"" + one.headers().getFirst("X-Token") + "\"}",
                "X-Sent",
                one.headers().getFirst("X-Token")));
        var arguments = with("id", "7").put("token", SecretValue.named("LONG-ENOUGH"));
        var failure = assertThrows(StepFailure.class, () -> shop.perform("shop.create", arguments));
        assertEquals(Json.read("{\"sent\":\"***\"}"), failure.error().body());
    }

    @Test
    void anotherIntegrationsConnectionIsRefused() {
        answers(one -> new Answer(200, "{}"));
        var failure =
                assertThrows(StepFailure.class, () -> shop.using("foreign").perform("shop.item", with("id", "a")));
        assertEquals("unknown_connection", failure.error().code());
        assertFalse(failure.error().message().contains("h3"));
        assertNull(failure.error().status());
    }
}
