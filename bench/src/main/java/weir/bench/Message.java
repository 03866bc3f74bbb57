package weir.bench;

import java.nio.charset.StandardCharsets;

/// Just enough of HTTP/1.1 for both ends of a benchmark: messages whose length is stated, one after the other on a
/// connection that stays open.
final class Message {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private Message() {}

    /// The length of the first message in a buffer, with head and body; -1 while it is not complete.
    ///
    /// @throws IllegalStateException when the body's length is not stated
    static int length(byte[] buffer, int filled) {
        int body = body(buffer, filled);
        return body < 0 ? -1 : body + contentLength(buffer, body) <= filled ? body + contentLength(buffer, body) : -1;
    }

    /// Where the body begins; -1 while the head is not complete.
    static int body(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /// The three digits of an answer's first line.
    static int status(byte[] buffer) {
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    private static int contentLength(byte[] buffer, int headEnd) {
        for (int line = 0; line < headEnd; line = nextLine(buffer, line, headEnd)) {
            if (isLength(buffer, line, headEnd)) {
                int length = 0;
                for (int i = line + LENGTH.length; buffer[i] != '\r'; i++) {
                    if (buffer[i] != ' ') {
                        length = length * 10 + buffer[i] - '0';
                    }
                }
                return length;
            }
        }
        String head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII);
        if (head.startsWith("GET ") || head.startsWith("HTTP/1.1 204")) {
            return 0;
        }
        throw new IllegalStateException(
                "no Content-Length in: " + head.lines().findFirst().orElse(""));
    }

    private static boolean isLength(byte[] buffer, int line, int end) {
        if (end - line < LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            int letter = buffer[line + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int nextLine(byte[] buffer, int line, int end) {
        int i = line;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    /// A request with a JSON body, or without one.
    static byte[] request(String method, String path, int port, byte[] body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + (body.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
                + "\r\n";
        byte[] line = head.getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[line.length + body.length];
        System.arraycopy(line, 0, message, 0, line.length);
        System.arraycopy(body, 0, message, line.length, body.length);
        return message;
    }
}
