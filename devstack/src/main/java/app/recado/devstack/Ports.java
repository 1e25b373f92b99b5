package app.recado.devstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports: free ones for tests, and who sits on a taken one. */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that was free a moment ago and was not handed out before. It lies below the range from which systems take the
     * near end of outgoing connections: one of those could occupy it before its server has started.
     */
    public static int free() {
        while (true) {
            var port = LOWEST + ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST);
            if (HANDED_OUT.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The program listening on the port, where the system lets us see it. */
    static Optional<String> holder(int port) {
        try {
            var wanted = ":%04X".formatted(port).toUpperCase(Locale.ROOT);
            for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
                if (!Files.isReadable(Path.of(table))) {
                    continue;
                }
                for (var line : Files.readAllLines(Path.of(table))) {
                    var fields = line.strip().split("\\s+", -1);
                    if (fields.length > 9 && fields[1].endsWith(wanted) && fields[3].equals("0A")) {
                        return programWithSocket(fields[9]);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> programWithSocket(String inode) {
        return ProcessHandle.allProcesses()
                .filter(handle -> holds(handle.pid(), "socket:[" + inode + "]"))
                .findFirst()
                .map(handle -> "process %d (%s)"
                        .formatted(handle.pid(), handle.info().command().orElse("unknown program")));
    }

    private static boolean holds(long pid, String socket) {
        var folder = Path.of("/proc", Long.toString(pid), "fd");
        try (var links = Files.newDirectoryStream(folder)) {
            for (var link : links) {
                if (Files.readSymbolicLink(link).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
            return false;
        }
    }
}
