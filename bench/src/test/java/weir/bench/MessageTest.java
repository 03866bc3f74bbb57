package weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final String ANSWER = "HTTP/1.1 202 Accepted\r\nContent-length: 5\r\nX: y\r\n\r\nhello";

    @Test
    void anAnswerIsCompleteWithItsLastByteAndNotBefore() {
        byte[] bytes = ANSWER.getBytes(StandardCharsets.US_ASCII);
        for (int filled = 12; filled < bytes.length; filled++) {
            assertEquals(-1, Message.length(bytes, filled), "with " + filled + " bytes");
        }
        assertEquals(bytes.length, Message.length(bytes, bytes.length));
        assertEquals(202, Message.status(bytes));
        assertEquals(bytes.length - 5, Message.body(bytes, bytes.length));
    }

    @Test
    void requestsSayHowLongTheirBodyIs() {
        byte[] post = Message.request("POST", "/high", 1, "{}".getBytes(StandardCharsets.US_ASCII));
        assertEquals(post.length, Message.length(post, post.length));
        byte[] get = Message.request("GET", "/count", 1, new byte[0]);
        assertEquals(get.length, Message.length(get, get.length));
    }

    @Test
    void anAnswerOfUnknownLengthIsRefused() {
        byte[] bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThrows(IllegalStateException.class, () -> Message.length(bytes, bytes.length));
    }
}
