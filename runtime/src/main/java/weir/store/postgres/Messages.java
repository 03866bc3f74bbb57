package weir.store.postgres;

import java.nio.charset.StandardCharsets;
import weir.engine.JournalFormatException;
import weir.engine.Message;
import weir.engine.MessageJson;

/// Messages as rows of the inbox: a kind and bytes. Kinds are stored: a number is never given to another kind.
final class Messages {
    private Messages() {}

    static short kind(Message message) {
        return switch (message) {
            case Message.Cancel cancel -> 1;
            case Message.Resume(String _, var onto) when onto == null -> 2;
            case Message.Resume _,
                    Message.Pause _,
                    Message.ChildEnded _,
                    Message.Answered _,
                    Message.Published _,
                    Message.Reported _,
                    Message.Ordered _ -> 3;
        };
    }

    static byte[] data(Message message) {
        return switch (message) {
            case Message.Cancel(var reason) -> reason.getBytes(StandardCharsets.UTF_8);
            case Message.Resume(var reason, var onto) when onto == null -> reason.getBytes(StandardCharsets.UTF_8);
            case Message.Resume _,
                    Message.Pause _,
                    Message.ChildEnded _,
                    Message.Answered _,
                    Message.Published _,
                    Message.Reported _,
                    Message.Ordered _ -> MessageJson.bytes(message);
        };
    }

    /// @throws JournalFormatException when a newer build wrote it
    static Message read(int kind, byte[] data) {
        return switch (kind) {
            case 1 -> new Message.Cancel(new String(data, StandardCharsets.UTF_8));
            case 2 -> new Message.Resume(new String(data, StandardCharsets.UTF_8));
            case 3 -> MessageJson.read(data);
            default -> throw new JournalFormatException("a message of kind " + kind);
        };
    }
}
