package weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The far end of the order workflow: answers every POST with what was posted, on one thread. `GET /count` tells how
/// many there were. Prints its port, and ends when its standard input does.
final class EchoServer {
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GAP = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final ServerSocketChannel door;
    private long posts;

    private EchoServer(int port) throws IOException {
        selector = Selector.open();
        door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    /// @param arguments the port, 0 for any
    public static void main(String[] arguments) throws IOException {
        var server = new EchoServer(Integer.parseInt(arguments[0]));
        System.out.println(server.door.socket().getLocalPort());
        Thread.ofPlatform().daemon().start(EchoServer::endWithInput);
        server.serve();
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on it; its end is the message.
            }
        } catch (IOException gone) {
            // As good as the end.
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select();
            var ready = selector.selectedKeys();
            for (var key : ready) {
                if (key.isAcceptable()) {
                    accept();
                } else if (key.attachment() instanceof Connection connection) {
                    connection.readOrClose(key);
                }
            }
            ready.clear();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = door.accept();
        if (channel != null) {
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private byte[] request = new byte[8 << 10];
        private int filled;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void readOrClose(SelectionKey key) throws IOException {
            try {
                if (!read()) {
                    key.cancel();
                    channel.close();
                }
            } catch (IOException broken) {
                key.cancel();
                channel.close();
            }
        }

        private boolean read() throws IOException {
            int read = channel.read(ByteBuffer.wrap(request, filled, request.length - filled));
            if (read < 0) {
                return false;
            }
            filled += read;
            int length = Message.length(request, filled);
            while (length >= 0) {
                answer(Message.body(request, filled), length);
                System.arraycopy(request, length, request, 0, filled - length);
                filled -= length;
                length = Message.length(request, filled);
            }
            if (filled == request.length) {
                request = Arrays.copyOf(request, request.length * 2);
            }
            return true;
        }

        private void answer(int body, int end) throws IOException {
            if (request[0] == 'G') {
                byte[] count = Long.toString(posts).getBytes(StandardCharsets.US_ASCII);
                send(count, 0, count.length);
            } else {
                posts++;
                send(request, body, end - body);
            }
        }

        private void send(byte[] content, int from, int length) throws IOException {
            byte[] size = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
            ByteBuffer answer = ByteBuffer.allocate(HEAD.length + size.length + GAP.length + length)
                    .put(HEAD)
                    .put(size)
                    .put(GAP)
                    .put(content, from, length)
                    .flip();
            // What is echoed fits into the socket's buffer, or nearly.
            while (answer.hasRemaining()) {
                channel.write(answer);
            }
        }
    }
}
