package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One address for several replicas, as a service of a cluster is one: each new connection goes to the next replica that
 * takes it, and stays there.
 */
final class LoadBalancer implements AutoCloseable {
    private static final int PATIENCE_MS = 1_000;

    private final ServerSocket server;
    private final List<Integer> replicas;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoadBalancer(ServerSocket server, List<Integer> replicas) {
        this.server = server;
        this.replicas = List.copyOf(replicas);
    }

    /** @param replicas loopback ports of the programs behind it; they may run or not */
    static LoadBalancer start(int port, List<Integer> replicas) {
        try {
            var balancer = new LoadBalancer(new ServerSocket(port, 200, InetAddress.getLoopbackAddress()), replicas);
            Thread.ofVirtual().name("balancer-" + port).start(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts every connection that is open, as a network does that fails for a moment. @return how many */
    int cut() {
        var all = new ArrayList<>(open);
        all.forEach(this::end);
        return all.size() / 2;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.startVirtualThread(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        var replica = connect();
        if (replica == null) {
            end(client);
            return;
        }
        open.add(client);
        open.add(replica);
        Thread.startVirtualThread(() -> copy(client, replica));
        copy(replica, client);
    }

    private @Nullable Socket connect() {
        int first = next.getAndIncrement();
        for (int i = 0; i < replicas.size(); i++) {
            int port = replicas.get(Math.floorMod(first + i, replicas.size()));
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
                return socket;
            } catch (IOException notThisOne) {
                end(socket);
            }
        }
        return null;
    }

    /** Until one side ends; then both do. */
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // one of the two is gone, or the connection was cut on purpose
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
