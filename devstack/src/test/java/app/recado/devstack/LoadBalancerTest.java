package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One address for several replicas. */
class LoadBalancerTest {

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final Map<ServerSocket, Thread> accepting = new HashMap<>();
    private ServerSocket one;
    private ServerSocket two;
    private LoadBalancer balancer;
    private int port;

    @BeforeEach
    void start() throws IOException {
        one = replica("one");
        two = replica("two");
        port = Ports.free();
        balancer = LoadBalancer.start(port, List.of(one.getLocalPort(), two.getLocalPort()));
    }

    @AfterEach
    void stop() throws Exception {
        balancer.close();
        one.close();
        two.close();
        for (var closeable : open) {
            closeable.close();
        }
    }

    @Test
    void takes_the_replicas_in_turn_and_passes_over_one_that_is_gone() throws Exception {
        assertThat(List.of(said(connect()), said(connect()))).containsExactlyInAnyOrder("one", "two");

        end(one);

        assertThat(List.of(said(connect()), said(connect()))).containsExactly("two", "two");
    }

    @Test
    void ends_a_connection_when_no_replica_is_left() throws Exception {
        end(one);
        end(two);

        assertThat(connect().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void cuts_what_is_open_and_takes_new_connections_afterwards() throws IOException {
        var before = connect();
        said(before);

        assertThat(balancer.cut()).isEqualTo(1);

        assertThat(before.getInputStream().read()).isEqualTo(-1);
        assertThat(said(connect())).isIn("one", "two");
    }

    @Test
    void gives_nothing_new_to_a_replica_that_was_withdrawn_and_leaves_it_what_it_has() throws Exception {
        var before = List.of(connect(), connect());
        for (var connection : before) {
            said(connection);
        }

        balancer.withdraw(one.getLocalPort());

        assertThat(List.of(said(connect()), said(connect()))).containsExactly("two", "two");
        assertThat(balancer.openTo(one.getLocalPort())).isEqualTo(1);

        balancer.add(one.getLocalPort());

        assertThat(List.of(said(connect()), said(connect()))).containsExactlyInAnyOrder("one", "two");
    }

    /** Says its name to whoever connects, and waits. */
    private ServerSocket replica(String name) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    var client = server.accept();
                    open.add(client);
                    client.getOutputStream().write((name + "\n").getBytes());
                } catch (IOException closed) {
                    return;
                }
            }
        });
        accepting.put(server, thread);
        return server;
    }

    /** The port takes connections until the thread that waits at it has noticed. */
    private void end(ServerSocket replica) throws Exception {
        replica.close();
        Objects.requireNonNull(accepting.get(replica)).join();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        return socket;
    }

    private static String said(Socket socket) throws IOException {
        var bytes = new byte[4];
        assertThat(socket.getInputStream().readNBytes(bytes, 0, 4)).isEqualTo(4);
        return new String(bytes).strip();
    }
}
