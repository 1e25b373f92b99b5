package app.recado.devstack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver of webhooks on this machine that behaves as it was made to, byte by byte: no server library would let it. It knows
 * when it first read of each record, whatever it answers.
 */
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FLOOD = 10 * 1024 * 1024;
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);
    private static final int LONGEST_HEAD = 16 * 1024;

    /** What it does with a request. */
    enum Manner {
        /** 200 at once. */
        ANSWERS,
        /** 200 with a body of ten megabytes. */
        FLOODS,
        /** Not a byte, until the other side goes. */
        HANGS,
        /** One byte after the other, never to an end. */
        DRIPS,
        /** 200, when nobody waits for it any more. */
        LATE,
        /** Points elsewhere. */
        REDIRECTS,
        /** Reads the request and closes the connection. */
        HANGS_UP,
        /** 503 for a while, then 200. */
        RECOVERS
    }

    /**
     * What a manner depends on.
     *
     * @param late how long {@link Manner#LATE} waits
     * @param ill for how long {@link Manner#RECOVERS} takes nothing
     * @param elsewhere where {@link Manner#REDIRECTS} points to
     */
    record Habits(Duration late, Duration ill, String elsewhere) {}

    private final Manner manner;
    private final Habits habits;
    private final ServerSocket server;
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<@Nullable Long> firstAsked = new AtomicReference<>();

    WebhookReceiver(Manner manner, Habits habits) {
        this.manner = manner;
        this.habits = habits;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("receiver-" + manner).start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/" + manner.name().toLowerCase(Locale.ROOT);
    }

    int port() {
        return server.getLocalPort();
    }

    /** When it answered 2xx about each record for the first time, by {@link System#nanoTime()}. */
    Map<String, Long> taken() {
        return Map.copyOf(taken);
    }

    /** How often it was asked, whatever it answered. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("receiver-" + manner).start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var record = read(new BufferedInputStream(socket.getInputStream()));
            requests.incrementAndGet();
            answer(record, socket);
        } catch (IOException gone) {
            // The other side has had enough, which is what most of these manners are for.
        } finally {
            open.remove(socket);
        }
    }

    private void answer(String record, Socket socket) throws IOException {
        var out = socket.getOutputStream();
        switch (manner) {
            case ANSWERS -> take(record, out);
            case FLOODS -> {
                taken.putIfAbsent(record, System.nanoTime());
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + FLOOD + "\r\n\r\n");
                out.write(new byte[FLOOD]);
                out.flush();
            }
            case HANGS -> untilItGoes(socket);
            case DRIPS -> drip(out);
            case LATE -> {
                LockSupport.parkNanos(habits.late().toNanos());
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            case REDIRECTS ->
                write(
                        out,
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + habits.elsewhere()
                                + "\r\nContent-Length: 0\r\n\r\n");
            case HANGS_UP -> {}
            case RECOVERS -> {
                if (System.nanoTime() - since() < habits.ill().toNanos()) {
                    write(out, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
                } else {
                    take(record, out);
                }
            }
        }
    }

    /** When it was asked first: nobody is ill before. */
    private long since() {
        long now = System.nanoTime();
        return firstAsked.compareAndSet(null, now) ? now : Objects.requireNonNullElse(firstAsked.get(), now);
    }

    private void take(String record, OutputStream out) throws IOException {
        taken.putIfAbsent(record, System.nanoTime());
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static void untilItGoes(Socket socket) throws IOException {
        int read;
        do {
            read = socket.getInputStream().read();
        } while (read >= 0);
    }

    private void drip(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (!server.isClosed()) {
            LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
            write(out, "x");
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Reads a whole request. @return the record it is about; empty when it names none */
    private static String read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new IOException("No request");
            }
            head.write(next);
        }
        int length = head.toString(StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        try {
            return JSON.readTree(in.readNBytes(length)).path("data").path("id").asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }
}
