package weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A closed loop: every client sends a request, reads the answer, and sends the next. One thread and one selector for
/// all clients, because a thread each would take a good part of a small machine away from what is measured.
final class Load {
    private static final int ANSWER_LIMIT = 16 << 20;

    /// What the clients say, and what they think of the answers. Called by one thread.
    interface Traffic {
        /// The next request of a client, head and body.
        byte[] next(int client);

        /// @return null when the answer is right, else what is wrong with it, in few words
        @org.jspecify.annotations.Nullable
        String judge(int client, int status, byte[] answer, int body, int length);
    }

    /// @param seconds how long it really took
    /// @param right answers that were right, within the window
    /// @param latency of these
    /// @param wrong how many others, by what was wrong
    record Outcome(double seconds, long right, Histogram latency, Map<String, Long> wrong) {
        double rate() {
            return right / seconds;
        }

        long failed() {
            return wrong.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Traffic traffic;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private Histogram latency = new Histogram();
    private Map<String, Long> wrong = new TreeMap<>();
    private long right;

    private Load(int port, int count, Traffic traffic) throws IOException {
        this.traffic = traffic;
        this.selector = Selector.open();
        for (int number = 0; number < count; number++) {
            clients.add(new Client(number, port));
        }
    }

    /// What happens between the phases, on another process's side.
    interface Phases {
        /// Warm-up is over, the window begins.
        void begin() throws IOException;

        /// The window is over.
        void end() throws IOException;
    }

    /// Loads a port of this machine.
    static Outcome run(int port, int clients, Duration warmUp, Duration window, Traffic traffic, Phases phases)
            throws IOException {
        var load = new Load(port, clients, traffic);
        try (load.selector) {
            for (var client : load.clients) {
                client.send();
            }
            load.drive(System.nanoTime() + warmUp.toNanos());
            load.forget();
            phases.begin();
            long start = System.nanoTime();
            load.drive(start + window.toNanos());
            double seconds = (System.nanoTime() - start) / 1e9;
            phases.end();
            return new Outcome(seconds, load.right, load.latency, load.wrong);
        } finally {
            for (var client : load.clients) {
                client.channel.close();
            }
        }
    }

    private void forget() {
        latency = new Histogram();
        wrong = new TreeMap<>();
        right = 0;
    }

    private void drive(long until) throws IOException {
        long left = until - System.nanoTime();
        while (left > 0) {
            selector.select(Math.max(1, left / 1_000_000));
            var ready = selector.selectedKeys();
            for (var key : ready) {
                var client = (Client) key.attachment();
                if (key.isWritable()) {
                    client.write();
                }
                if (key.isReadable()) {
                    client.read();
                }
            }
            ready.clear();
            left = until - System.nanoTime();
        }
    }

    private final class Client {
        private final int number;
        private final SocketChannel channel;
        private final SelectionKey key;
        private ByteBuffer request = ByteBuffer.allocate(0);
        private byte[] answer = new byte[8 << 10];
        private int filled;
        private long sentAt;

        Client(int number, int port) throws IOException {
            this.number = number;
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            request = ByteBuffer.wrap(traffic.next(number));
            filled = 0;
            sentAt = System.nanoTime();
            write();
        }

        void write() throws IOException {
            channel.write(request);
            key.interestOps(
                    request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        void read() throws IOException {
            int read = channel.read(ByteBuffer.wrap(answer, filled, answer.length - filled));
            if (read < 0) {
                throw new IOException("the server closed the connection of client " + number + " after: "
                        + new String(answer, 0, Math.min(filled, 200), java.nio.charset.StandardCharsets.US_ASCII));
            }
            filled += read;
            int length = Message.length(answer, filled);
            if (length >= 0) {
                long took = System.nanoTime() - sentAt;
                int body = Message.body(answer, filled);
                note(traffic.judge(number, Message.status(answer), answer, body, length), took);
                send();
            } else if (filled == answer.length) {
                if (filled == ANSWER_LIMIT) {
                    throw new IOException("an answer is longer than " + ANSWER_LIMIT + " bytes");
                }
                answer = Arrays.copyOf(answer, answer.length * 2);
            }
        }

        private void note(@org.jspecify.annotations.Nullable String complaint, long took) {
            if (complaint == null) {
                right++;
                latency.record(took);
            } else {
                wrong.merge(complaint, 1L, Long::sum);
            }
        }
    }
}
