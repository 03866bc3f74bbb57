package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.StepFailure;

/// Against an SMTP server of its own.
class MailHandlerTest {
    @TempDir
    Path folder;

    private GreenMail server;
    private Blobs blobs;
    private Steps mail;

    /// The server's certificate is for `localhost`, and for nothing else.
    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "greenmail",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .inheritIO()
                .start();
        assertEquals(0, made.waitFor());
        System.setProperty("greenmail.tls.keystore.file", keys.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
    }

    @AfterAll
    static void forget() {
        System.clearProperty("greenmail.tls.keystore.file");
        System.clearProperty("greenmail.tls.keystore.password");
    }

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
        });
        server.start();
        server.setUser("shop@example.com", "shop", "pa55word");
        blobs = new Blobs(folder);
        String plain = Integer.toString(server.getSmtp().getPort());
        String tls = Integer.toString(server.getSmtps().getPort());
        var connections = Steps.connections(
                connection("mail", plain, "none", "pa55word"),
                connection("wrong", plain, "none", "0ther"),
                connection("starttls", plain, "starttls", "pa55word"),
                connection("tls", tls, "tls", "pa55word"));
        var rules = new AddressRules(true, List.of());
        mail = Steps.of(new MailHandler(rules, connections, blobs, InstantSource.fixed(Instant.EPOCH), null));
    }

    private static Connections.Connection connection(String name, String port, String security, String password) {
        return new Connections.Connection(
                name,
                "mail",
                "smtp",
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        port,
                        "user",
                        "shop",
                        "password",
                        password,
                        "from",
                        "Shop <shop@example.com>",
                        "security",
                        security));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static RecordValue.Builder to(String address) {
        return RecordValue.builder()
                .put("to", Value.of(address))
                .put("subject", Value.of("Größe ✓"))
                .put("text", Value.of("Hello,\nÄpfel"));
    }

    private StepFailure failure(RecordValue.Builder arguments) {
        return assertThrows(StepFailure.class, () -> mail.perform("mail.send", arguments));
    }

    @Test
    void aTextIsDeliveredAsItIs() throws Exception {
        var result = (RecordValue) mail.perform("mail.send", to("Ada <ada@example.com>"));
        Message message = server.getReceivedMessages()[0];
        assertEquals("Größe ✓", message.getSubject());
        assertEquals("Hello,\nÄpfel", message.getContent().toString().strip().replace("\r\n", "\n"));
        assertEquals("Shop <shop@example.com>", message.getFrom()[0].toString());
        assertEquals(result.get("id"), Value.of(message.getHeader("Message-ID")[0]));
    }

    @Test
    void everyAttemptOfAStepHasTheSameMessageId() throws Exception {
        var first = mail.key("k1").perform("mail.send", to("ada@example.com"));
        assertEquals(first, mail.key("k1").perform("mail.send", to("ada@example.com")));
        assertFalse(first.equals(mail.key("k2").perform("mail.send", to("ada@example.com"))));
    }

    @Test
    void textHtmlAndAttachmentsTravelTogether() throws Exception {
        var file = blobs.keep(1, "sums.csv", "", "a,b\n1,2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        mail.perform(
                "mail.send",
                to("ada@example.com")
                        .put("to", Json.read("[\"ada@example.com\",\"bob@example.com\"]"))
                        .put("bcc", Value.of("eve@example.com"))
                        .put("html", Value.of("<b>Hello</b>"))
                        .put("attachments", ListValue.of(file.value())));
        assertEquals(3, server.getReceivedMessages().length);
        var message = server.getReceivedMessages()[0];
        assertEquals(2, message.getRecipients(Message.RecipientType.TO).length);
        assertEquals(null, message.getHeader("Bcc"));
        var mixed = (MimeMultipart) message.getContent();
        var both = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertEquals(2, both.getCount());
        assertTrue(both.getBodyPart(1).getContentType().startsWith("text/html"));
        assertEquals("sums.csv", mixed.getBodyPart(1).getFileName());
        assertTrue(mixed.getBodyPart(1).getContentType().startsWith("text/csv"));
        assertEquals(
                "a,b\n1,2\n",
                new String(
                        mixed.getBodyPart(1).getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void headersCannotBeSmuggledIn() {
        assertEquals(
                "bad_argument",
                failure(to("ada@example.com").put("subject", Value.of("a\r\nBcc: eve@example.com")))
                        .error()
                        .code());
        for (String address : List.of("ada@example.com\r\nBcc: eve@example.com", "ada", "a@b.c, d@e.f", "")) {
            assertEquals("bad_argument", failure(to(address)).error().code(), address);
        }
        assertEquals(0, server.getReceivedMessages().length);
    }

    @Test
    void aWrongPasswordFailsForGoodAndIsNotShown() {
        mail.using("wrong");
        var refused = failure(to("ada@example.com"));
        assertEquals("mail_unauthorized", refused.error().code());
        assertTrue(refused.error().permanent());
        assertFalse(refused.error().message().contains("0ther"));
    }

    @Test
    void nothingIsSentWithoutEncryptionWhenItIsWanted() {
        mail.using("starttls");
        assertEquals("connection_failed", failure(to("ada@example.com")).error().code());
        mail.using("tls");
        assertEquals("tls_failed", failure(to("ada@example.com")).error().code());
        assertEquals(0, server.getReceivedMessages().length);
    }

    private Steps trusting(String host) {
        String port = Integer.toString(server.getSmtps().getPort());
        var fields = Map.of(
                "host",
                host,
                "port",
                port,
                "user",
                "shop",
                "password",
                "pa55word",
                "from",
                "shop@example.com",
                "security",
                "tls");
        return Steps.of(new MailHandler(
                new AddressRules(true, List.of()),
                Steps.connections(new Connections.Connection("mail", "mail", "smtp", fields)),
                blobs,
                InstantSource.system(),
                new DummySSLSocketFactory()));
    }

    @Test
    void anEncryptedConnectionDeliversWhereTheCertificateIsTheHosts() throws Exception {
        trusting("localhost").perform("mail.send", to("ada@example.com"));
        assertEquals(1, server.getReceivedMessages().length);
        var another = assertThrows(
                StepFailure.class, () -> trusting("127.0.0.1").perform("mail.send", to("ada@example.com")));
        assertEquals("tls_failed", another.error().code());
    }
}
