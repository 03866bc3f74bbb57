package weir.integrations;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `mail` integration: one message a step, over the SMTP server that a connection names. Every attempt of a step
/// sends the same `Message-ID`, by which many mail systems see that a second copy is one.
public final class MailHandler implements Handler {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_ADDRESSES = 500;
    private static final int LARGEST = 25 * 1024 * 1024;

    private final AddressRules rules;
    private final Connections connections;
    private final Blobs blobs;
    private final InstantSource clock;
    private final @Nullable SSLSocketFactory trust;

    /// @param trust whose certificates are believed, or null: those that the machine believes
    public MailHandler(
            AddressRules rules,
            Connections connections,
            Blobs blobs,
            InstantSource clock,
            @Nullable SSLSocketFactory trust) {
        this.rules = rules;
        this.connections = connections;
        this.blobs = blobs;
        this.clock = clock;
        this.trust = trust;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        if (!call.action().equals("send")) {
            throw Arguments.unknownAction(call);
        }
        var connection = connections.need(call);
        var server = Server.of(connection, rules);
        var session = Session.getInstance(properties(server, call.timeout()));
        try {
            var message = message(session, call, connection);
            deliver(session, server, connection, message);
            return RecordValue.of("id", Value.of(message.getMessageID()));
        } catch (MessagingException problem) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failure(problem, server);
        }
    }

    // ---- the server

    private enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /// @param host as it is connected to
    private record Server(String host, int port, Security security) {
        static Server of(Connections.Connection connection, AddressRules rules) throws StepFailure {
            String host = connection.need("host");
            var security = switch (Objects.requireNonNullElse(connection.get("security"), "starttls")) {
                case "tls" -> Security.TLS;
                case "none" -> Security.NONE;
                case "starttls" -> Security.STARTTLS;
                default -> throw bad(connection, "`security` has to be starttls, tls or none");
            };
            var address = Hosts.checked(rules, host);
            // Where no certificate says who answers, it is the address that was checked.
            String to = security == Security.NONE ? address.getHostAddress() : host;
            return new Server(to, port(connection, security), security);
        }

        private static int port(Connections.Connection connection, Security security) throws StepFailure {
            String port = connection.get("port");
            if (port == null) {
                return switch (security) {
                    case STARTTLS -> 587;
                    case TLS -> 465;
                    case NONE -> 25;
                };
            }
            if (!port.matches("[1-9][0-9]{0,4}")) {
                throw bad(connection, "`port` has to be a number");
            }
            return Integer.parseInt(port);
        }

        private static StepFailure bad(Connections.Connection connection, String what) {
            return StepFailure.permanent("bad_connection", "in the connection \"" + connection.name() + "\" " + what);
        }
    }

    private Properties properties(Server server, @Nullable Duration timeout) {
        var properties = new Properties();
        String time = Long.toString((timeout == null ? LONGEST : timeout).toMillis());
        properties.put("mail.smtp.connectiontimeout", time);
        properties.put("mail.smtp.timeout", time);
        properties.put("mail.smtp.writetimeout", time);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.localhost", "weir");
        if (trust != null) {
            properties.put("mail.smtp.ssl.socketFactory", trust);
        }
        return properties;
    }

    private static void deliver(Session session, Server server, Connections.Connection connection, MimeMessage message)
            throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(server.host(), server.port(), connection.get("user"), connection.get("password"));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    // ---- the message

    private MimeMessage message(Session session, Call call, Connections.Connection connection)
            throws StepFailure, MessagingException {
        var arguments = Arguments.of(call);
        String from = arguments.optionalText("from");
        String sender = from == null ? connection.get("from") : from;
        if (sender == null) {
            throw StepFailure.permanent(
                    "bad_argument",
                    "nobody says who sends it: give `from`, or the connection \"" + connection.name() + "\" one");
        }
        var message = new Identified(session, call.key());
        message.setFrom(address("from", sender));
        recipients(message, Message.RecipientType.TO, arguments, "to");
        recipients(message, Message.RecipientType.CC, arguments, "cc");
        recipients(message, Message.RecipientType.BCC, arguments, "bcc");
        if (message.getAllRecipients() == null) {
            throw Arguments.bad("to", "at least one address");
        }
        String answers = arguments.optionalText("reply_to");
        if (answers != null) {
            message.setReplyTo(new InternetAddress[] {address("reply_to", answers)});
        }
        message.setSubject(line("subject", arguments.text("subject")), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        content(message, call, arguments);
        message.saveChanges();
        return message;
    }

    /// A message whose id follows from the step's key.
    private static final class Identified extends MimeMessage {
        private final String key;

        Identified(Session session, String key) {
            super(session);
            this.key = key;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + "@weir>");
        }
    }

    private static void recipients(MimeMessage message, Message.RecipientType type, Arguments arguments, String name)
            throws StepFailure, MessagingException {
        var texts = arguments.texts(name);
        if (texts.size() > MOST_ADDRESSES) {
            throw Arguments.bad(name, "a list of at most " + MOST_ADDRESSES + " addresses");
        }
        for (String text : texts) {
            message.addRecipient(type, address(name, text));
        }
    }

    private static InternetAddress address(String name, String text) throws StepFailure {
        try {
            var addresses = InternetAddress.parse(line(name, text), true);
            if (addresses.length == 1 && addresses[0].getAddress().contains("@")) {
                addresses[0].validate();
                return addresses[0];
            }
        } catch (AddressException wrong) {
            // Said below.
        }
        throw Arguments.bad(name, "an address such as `ada@example.com` or `Ada <ada@example.com>`");
    }

    /// What stands in a header must not begin another one.
    private static String line(String name, String text) throws StepFailure {
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw Arguments.bad(name, "a text on one line");
        }
        return text;
    }

    private void content(MimeMessage message, Call call, Arguments arguments) throws StepFailure, MessagingException {
        String text = arguments.optionalText("text");
        String html = arguments.optionalText("html");
        if (text == null && html == null) {
            throw StepFailure.permanent("bad_argument", "a message needs `text` or `html`");
        }
        var attachments = attachments(call, arguments);
        if (attachments.isEmpty() && html == null) {
            message.setText(text, "UTF-8");
            return;
        }
        var body = new MimeBodyPart();
        if (text != null && html != null) {
            var both = new MimeMultipart("alternative");
            both.addBodyPart(part(text, "plain"));
            both.addBodyPart(part(html, "html"));
            body.setContent(both);
        } else if (html != null) {
            body.setText(html, "UTF-8", "html");
        } else {
            body.setText(text, "UTF-8");
        }
        var mixed = new MimeMultipart("mixed");
        mixed.addBodyPart(body);
        for (var attachment : attachments) {
            mixed.addBodyPart(attachment);
        }
        message.setContent(mixed);
    }

    private static MimeBodyPart part(String text, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", kind);
        return part;
    }

    private List<MimeBodyPart> attachments(Call call, Arguments arguments) throws StepFailure, MessagingException {
        var parts = new ArrayList<MimeBodyPart>();
        long size = 0;
        var given = arguments.optional("attachments") instanceof ListValue list ? list.asList() : List.<Value>of();
        for (Value one : given) {
            var file = blobs.file(call.org(), one, "attachments");
            byte[] bytes = blobs.bytes(call.org(), file);
            size += bytes.length;
            if (size > LARGEST) {
                throw StepFailure.permanent(
                        "mail_too_large", "the attachments have more than " + LARGEST + " bytes; send a link");
            }
            var part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, file.type())));
            part.setFileName(line("attachments", file.name()));
            // Byte by byte, also where it is text: other encodings have ideas about the ends of lines.
            part.setHeader("Content-Transfer-Encoding", "base64");
            parts.add(part);
        }
        return parts;
    }

    // ---- what went wrong

    private static StepFailure failure(MessagingException problem, Server server) {
        String where = server.host() + ":" + server.port();
        for (Exception one = problem; one != null; one = next(one)) {
            int code = switch (one) {
                case SMTPAddressFailedException refused -> refused.getReturnCode();
                case SMTPSenderFailedException refused -> refused.getReturnCode();
                case SMTPSendFailedException refused -> refused.getReturnCode();
                default -> 0;
            };
            if (code >= 500) {
                return StepFailure.permanent("mail_refused", where + " refuses the message (" + code + ")");
            }
            if (code >= 400) {
                return new StepFailure("mail_later", where + " does not take the message now (" + code + ")");
            }
            if (one instanceof AuthenticationFailedException) {
                return StepFailure.permanent("mail_unauthorized", where + " does not accept the user and password");
            }
            if (one instanceof javax.net.ssl.SSLException) {
                return StepFailure.permanent(
                        "tls_failed", where + " cannot be trusted: its certificate is not what it should be");
            }
        }
        return new StepFailure(
                "connection_failed",
                where + " could not be reached, or did not take the message"
                        + (server.security() == Security.STARTTLS ? "; it has to offer STARTTLS" : ""));
    }

    private static @Nullable Exception next(Exception problem) {
        if (problem instanceof MessagingException mail && mail.getNextException() != null) {
            return mail.getNextException();
        }
        return problem.getCause() instanceof Exception cause ? cause : null;
    }
}
