package weir.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between Weir and one of its databases: connections go through it, and it can cut them or hold back what
/// they carry.
final class Wire implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long stalledUntil = System.nanoTime();

    /// @param target the port on this machine that connections are handed on to
    Wire(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    /// The same address, by way of this wire.
    URI through(URI address) {
        return URI.create(address.toString()
                .replace(":" + address.getPort(), ":" + listening.getLocalPort())
                .replace("localhost", "127.0.0.1"));
    }

    /// Ends every connection, whatever is under way on it.
    void cut() {
        open.forEach(Wire::end);
    }

    /// Carries nothing for a while; what was sent arrives afterwards.
    void stall(Duration time) {
        stalledUntil = System.nanoTime() + time.toNanos();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var near = listening.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        try {
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target),
                    Math.toIntExact(CONNECT.toMillis()));
        } catch (IOException nobodyThere) {
            end(near);
            end(far);
            return;
        }
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
    }

    private void carry(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                long stalled = stalledUntil - System.nanoTime();
                if (stalled > 0) {
                    Thread.sleep(Duration.ofNanos(stalled));
                }
                out.write(chunk, 0, read);
            }
        } catch (IOException cut) {
            // both ends see it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
