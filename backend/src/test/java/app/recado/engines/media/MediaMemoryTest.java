package app.recado.engines.media;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.EngineSettings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media passes through in small parts, however many of the largest are on their way. */
class MediaMemoryTest {

    private static final int SIZE = EngineSettings.LARGEST_MEDIA;

    /** A tenth of what thirty-two of them weigh. */
    private static final String HEAP = "-Xmx52m";

    private final AtomicLong taken = new AtomicLong();
    private final HttpServer provider =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    @TempDir
    Path folder;

    MediaMemoryTest() throws IOException {
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.createContext("/", this::answer);
        provider.start();
    }

    @AfterEach
    void close() {
        provider.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    /** Both providers at once: what is uploaded is counted and forgotten, what is fetched is made while it is written. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            long length = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            if (length > SIZE) {
                assertThat(exchange.getRequestHeaders().getFirst("Content-Length"))
                        .as("its end is told beforehand")
                        .isEqualTo(String.valueOf(length));
                taken.addAndGet(length);
            }
            if (path.equals("/file")) {
                exchange.sendResponseHeaders(200, SIZE);
                pdf(exchange.getResponseBody());
            } else if (path.startsWith("/chat/getBase64FromMediaMessage")) {
                exchange.sendResponseHeaders(201, 0);
                var out = new BufferedOutputStream(exchange.getResponseBody());
                out.write("{\"base64\":\"".getBytes(StandardCharsets.US_ASCII));
                try (var encoded = Base64.getEncoder().wrap(new FilterOutputStream(out) {
                    @Override
                    public void close() {}
                })) {
                    pdf(encoded);
                }
                out.write("\",\"mimetype\":\"application/pdf\"}".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } else {
                var json = path.equals("/77")
                        ? "{\"url\":\"%s/file\",\"mime_type\":\"application/pdf\",\"file_size\":%d}"
                                .formatted(url(), SIZE)
                        : path.endsWith("/media")
                                ? "{\"id\":\"1\"}"
                                : "{\"messages\":[{\"id\":\"wamid.1\"}],\"key\":{\"id\":\"3EB01\"}}";
                var body = json.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void pdf(OutputStream out) throws IOException {
        var part = new byte[10_000];
        System.arraycopy("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII), 0, part, 0, 9);
        for (int written = 0; written < SIZE; written += part.length) {
            out.write(part);
        }
    }

    @Test
    void thirty_two_of_the_largest_files_at_once_need_a_tenth_of_their_size() throws Exception {
        var key = UUID.randomUUID() + "/2026/11/" + UUID.randomUUID();
        Files.createDirectories(folder.resolve(key).getParent());
        try (var out = Files.newOutputStream(folder.resolve(key))) {
            pdf(out);
        }

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyAtOnce.class.getName(),
                        url(),
                        folder.toString(),
                        key)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(Collections.frequency(said.lines().toList(), "Sent"))
                .as(said)
                .isEqualTo(16);
        assertThat(Collections.frequency(said.lines().toList(), "Kept"))
                .as(said)
                .isEqualTo(16);
        assertThat(taken.get()).as("sent whole").isGreaterThan(8L * SIZE + 8L * SIZE / 3 * 4);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() == SIZE)
                            .count())
                    .as("kept whole, beside the one that is sent")
                    .isEqualTo(17);
        }
    }
}
