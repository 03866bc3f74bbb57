package weir.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import weir.eval.Script;

/// Messages on a pipe: four bytes of length, one of kind, then the parts. Nothing is deserialised, everything is
/// bounded: the other end may have been taken over by a script.
final class Wire {
    /// Of the protocol; both ends come from one build, so there is no other to talk to.
    static final int VERSION = 1;
    /// The longest message: a text as long as a script may make, at its widest, and some more.
    static final int LONGEST = 24 << 20;

    private static final int MOST_NAMES = 10_000;
    /// A buffer that grew longer is not kept.
    private static final int KEPT = 1 << 20;

    private Wire() {}

    /// The other end said what it may not say.
    static final class Garbled extends IOException {
        private static final long serialVersionUID = 1L;

        Garbled(String what) {
            super(what);
        }
    }

    /// The reading end. For one thread.
    static final class In {
        private final DataInputStream stream;

        In(InputStream stream) {
            this.stream = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
        }

        /// Waits for the next message.
        ///
        /// @throws EOFException when the other end is gone
        /// @throws Garbled when it is none
        Message read() throws IOException {
            int length = stream.readInt();
            if (length < 1 || length > LONGEST) {
                throw new Garbled("a message of " + length + " bytes");
            }
            // Memory is taken for what came, not for what was announced.
            byte[] bytes = stream.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            var parts = ByteBuffer.wrap(bytes);
            try {
                var message = message(parts);
                if (parts.hasRemaining()) {
                    throw new Garbled("a message with more than belongs to it");
                }
                return message;
            } catch (BufferUnderflowException | IllegalArgumentException broken) {
                throw new Garbled("a message that is cut off");
            }
        }

        private static Message message(ByteBuffer parts) throws Garbled {
            byte kind = parts.get();
            return switch (kind) {
                case 1 -> new Message.Hello(parts.getInt(), limits(parts));
                case 2 -> new Message.Define(parts.getInt(), script(parts));
                case 3 -> new Message.Forget(parts.getInt());
                case 4 -> new Message.Run(parts.getLong(), parts.getLong(), parts.getInt(), text(parts));
                case 5 -> new Message.Answer(parts.getLong(), text(parts));
                case 6 -> new Message.Ready(parts.getInt());
                case 7 -> new Message.Result(parts.getLong(), text(parts));
                case 8 -> new Message.Call(parts.getLong(), text(parts), text(parts));
                default -> throw new Garbled("a message of kind " + kind);
            };
        }

        private static Limits limits(ByteBuffer parts) {
            return new Limits(
                    Duration.ofNanos(parts.getLong()),
                    Duration.ofNanos(parts.getLong()),
                    parts.getLong(),
                    parts.getInt(),
                    parts.getInt());
        }

        private static Script script(ByteBuffer parts) throws Garbled {
            return new Script(new String(bytes(parts), StandardCharsets.UTF_16BE), names(parts), names(parts));
        }

        private static List<String> names(ByteBuffer parts) throws Garbled {
            int count = parts.getInt();
            if (count < 0 || count > MOST_NAMES) {
                throw new Garbled(count + " names");
            }
            var names = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                names.add(text(parts));
            }
            return names;
        }

        private static String text(ByteBuffer parts) throws Garbled {
            return new String(bytes(parts), StandardCharsets.UTF_8);
        }

        private static byte[] bytes(ByteBuffer parts) throws Garbled {
            int length = parts.getInt();
            if (length < 0 || length > parts.remaining()) {
                throw new Garbled("a text of " + length + " bytes");
            }
            byte[] bytes = new byte[length];
            parts.get(bytes);
            return bytes;
        }
    }

    /// The writing end. Shared between threads: whoever finds it free writes for all who wait, at once.
    static final class Out {
        private final OutputStream stream;
        private final ConcurrentLinkedQueue<Message> waiting = new ConcurrentLinkedQueue<>();
        private final ReentrantLock writing = new ReentrantLock();
        private Bytes bytes = new Bytes();

        Out(OutputStream stream) {
            this.stream = stream;
        }

        /// Says that the message is to be sent by the next [#flush]; messages go in this order.
        void add(Message message) {
            waiting.add(message);
        }

        /// Returns when everything that was added is written, or is being written by somebody else.
        void flush() throws IOException {
            while (!waiting.isEmpty() && writing.tryLock()) {
                try {
                    write();
                } finally {
                    writing.unlock();
                }
            }
        }

        void send(Message message) throws IOException {
            add(message);
            flush();
        }

        private void write() throws IOException {
            for (var message = waiting.poll(); message != null; message = waiting.poll()) {
                bytes.put(message);
                if (bytes.size() > KEPT) {
                    break;
                }
            }
            bytes.writeTo(stream);
            stream.flush();
            if (bytes.size() > KEPT) {
                bytes = new Bytes();
            }
            bytes.reset();
        }
    }

    /// Messages as bytes.
    private static final class Bytes extends ByteArrayOutputStream {
        private final DataOutputStream parts = new DataOutputStream(this);

        void put(Message message) throws IOException {
            int start = count;
            parts.writeInt(0);
            switch (message) {
                case Message.Hello(int version, Limits limits) -> {
                    parts.writeByte(1);
                    parts.writeInt(version);
                    put(limits);
                }
                case Message.Define(int script, Script text) -> {
                    parts.writeByte(2);
                    parts.writeInt(script);
                    // Scripts may hold halves of surrogate pairs, which UTF-8 has no bytes for.
                    put(text.body().getBytes(StandardCharsets.UTF_16BE));
                    put(text.parameters());
                    put(text.functions());
                }
                case Message.Forget(int script) -> {
                    parts.writeByte(3);
                    parts.writeInt(script);
                }
                case Message.Run(long request, long within, int script, String arguments) -> {
                    put(4, request);
                    parts.writeLong(within);
                    parts.writeInt(script);
                    put(arguments);
                }
                case Message.Answer(long request, String told) -> {
                    put(5, request);
                    put(told);
                }
                case Message.Ready(int version) -> {
                    parts.writeByte(6);
                    parts.writeInt(version);
                }
                case Message.Result(long request, String told) -> {
                    put(7, request);
                    put(told);
                }
                case Message.Call(long request, String function, String arguments) -> {
                    put(8, request);
                    put(function);
                    put(arguments);
                }
            }
            ByteBuffer.wrap(buf).putInt(start, count - start - Integer.BYTES);
        }

        private void put(int kind, long request) throws IOException {
            parts.writeByte(kind);
            parts.writeLong(request);
        }

        private void put(Limits limits) throws IOException {
            parts.writeLong(limits.cpu().toNanos());
            parts.writeLong(limits.time().toNanos());
            parts.writeLong(limits.allocated());
            parts.writeInt(limits.text());
            parts.writeInt(limits.worlds());
        }

        private void put(List<String> names) throws IOException {
            parts.writeInt(names.size());
            for (var name : names) {
                put(name);
            }
        }

        private void put(String text) throws IOException {
            put(text.getBytes(StandardCharsets.UTF_8));
        }

        private void put(byte[] text) throws IOException {
            parts.writeInt(text.length);
            parts.write(text);
        }
    }
}
