package weir.store.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server that can be cut: before what was said arrives, or before the answer does.
final class Cable implements AutoCloseable {
    private final ServerSocket entrance;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean answersAreLost;

    /// @param port of the server, on this machine
    Cable(int port) throws IOException {
        this.port = port;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::connect);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void connect() {
        while (!entrance.isClosed()) {
            try {
                var near = entrance.accept();
                var far = new Socket();
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                ends.add(near);
                ends.add(far);
                Thread.ofVirtual().start(() -> carry(near, far, false));
                Thread.ofVirtual().start(() -> carry(far, near, true));
            } catch (IOException closed) {
                // The next one finds out whether it is closed for good.
            }
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        var buffer = new byte[1 << 16];
        try {
            for (int length; (length = from.getInputStream().read(buffer)) > 0; ) {
                if (answers && answersAreLost) {
                    break;
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException cut) {
            // Both ends learn of it below.
        }
        cut(from);
        cut(to);
    }

    private void cut(Socket end) {
        ends.remove(end);
        try {
            end.close();
        } catch (IOException alreadyCut) {
            // That is all that was wanted.
        }
    }

    /// Cuts every connection; new ones can be made.
    void cut() {
        ends.forEach(this::cut);
    }

    /// From now on the connection breaks instead of giving an answer, until it is mended.
    void loseAnswers(boolean lost) {
        answersAreLost = lost;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
