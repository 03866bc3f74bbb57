package weir.store.postgres;

import java.nio.charset.StandardCharsets;
import weir.engine.JournalFormatException;
import weir.engine.Message;

/// Messages as rows of the inbox: a kind and bytes. Kinds are stored: a number is never given to another kind.
final class Messages {
    private Messages() {}

    static short kind(Message message) {
        return switch (message) {
            case Message.Cancel cancel -> 1;
            case Message.Resume resume -> 2;
        };
    }

    static byte[] data(Message message) {
        return switch (message) {
            case Message.Cancel(var reason) -> reason.getBytes(StandardCharsets.UTF_8);
            case Message.Resume(var reason) -> reason.getBytes(StandardCharsets.UTF_8);
        };
    }

    /// @throws JournalFormatException when a newer build wrote it
    static Message read(int kind, byte[] data) {
        var reason = new String(data, StandardCharsets.UTF_8);
        return switch (kind) {
            case 1 -> new Message.Cancel(reason);
            case 2 -> new Message.Resume(reason);
            default -> throw new JournalFormatException("a message of kind " + kind);
        };
    }
}
