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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One address for several replicas, as a service of a cluster is one: each new connection goes to the next replica that
 * takes it, and stays there.
 */
final class LoadBalancer implements AutoCloseable {
    private static final int PATIENCE_MS = 1_000;

    private final ServerSocket server;
    private final CopyOnWriteArrayList<Integer> replicas;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoadBalancer(ServerSocket server, List<Integer> replicas) {
        this.server = server;
        this.replicas = new CopyOnWriteArrayList<>(replicas);
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

    /** Gives this replica no new connections; those it has go on. */
    void withdraw(int port) {
        replicas.removeIf(replica -> replica == port);
    }

    /** Gives it new connections again. */
    void add(int port) {
        replicas.addIfAbsent(port);
    }

    /** How many connections are open to it. */
    int openTo(int port) {
        return (int) open.stream().filter(socket -> socket.getPort() == port).count();
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
        var now = List.copyOf(replicas);
        for (int i = 0; i < now.size(); i++) {
            int port = now.get(Math.floorMod(first + i, now.size()));
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
