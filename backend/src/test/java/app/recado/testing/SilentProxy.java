package app.recado.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on until it falls silent: what is open then stays open and carries nothing any more. */
public final class SilentProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    private SilentProxy(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static SilentProxy before(String host, int port) {
        return new SilentProxy(host, port);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections that are open from now on carry nothing; new ones work. */
    public void fallSilent() {
        ways.forEach(way -> way.silent = true);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var here = server.accept();
                var there = new Socket(host, port);
                var way = new Way(here, there);
                ways.add(way);
                Thread.ofVirtual().start(() -> way.pump(here, there));
                Thread.ofVirtual().start(() -> way.pump(there, here));
            } catch (IOException e) {
                // Closed, or nobody is there.
            }
        }
    }

    private static final class Way {
        private final Socket here;
        private final Socket there;
        private volatile boolean silent;

        Way(Socket here, Socket there) {
            this.here = here;
            this.there = there;
        }

        void pump(Socket from, Socket to) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                var buffer = new byte[8192];
                int read = in.read(buffer);
                while (read >= 0) {
                    if (!silent) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                    read = in.read(buffer);
                }
            } catch (IOException e) {
                // One side hung up.
            } finally {
                if (!silent) {
                    close();
                }
            }
        }

        void close() {
            try (here;
                    there) {
                // Both are closed.
            } catch (IOException e) {
                // They were.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        ways.forEach(Way::close);
    }
}
