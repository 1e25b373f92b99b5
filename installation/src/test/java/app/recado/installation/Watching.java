package app.recado.installation;

import app.recado.devstack.Child;
import app.recado.devstack.Folders;
import app.recado.devstack.Ports;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus and a real Alertmanager that watch an installation by its own rules and configuration, hurried: looked
 * at every second, and no alert waits before it fires.
 */
final class Watching implements AutoCloseable {

    static final Path ALERTS = Chart.FOLDER.resolve("monitoring/alerts.yaml");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final HttpServer people;
    private final Child alertmanager;
    private final Child prometheus;
    private final String address;

    /**
     * @param folder for configuration and data
     * @param backend port of the backend's management address
     * @param gateway port of the gateway's numbers
     */
    Watching(Path folder, int backend, int gateway) {
        try {
            this.people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            people.createContext("/", exchange -> {
                told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            people.start();
            int notifier = Ports.free();
            int watcher = Ports.free();
            this.address = "http://127.0.0.1:" + watcher;
            Files.writeString(
                    folder.resolve("alerts.yaml"), Files.readString(ALERTS).replaceAll("(?m)^ +for: .*\n", ""));
            Files.writeString(
                    folder.resolve("prometheus.yaml"),
                    Files.readString(Folders.root().resolve("installation/prometheus.yaml"))
                            .replace("15s", "1s")
                            .replace("/etc/prometheus/recado/alerts.yaml", "alerts.yaml")
                            .replace("alertmanager:9093", "127.0.0.1:" + notifier)
                            .replace("backend:8081", "127.0.0.1:" + backend)
                            .replace("gateway:8081", "127.0.0.1:" + gateway));
            Files.writeString(
                    folder.resolve("alertmanager.yaml"),
                    Files.readString(Folders.root().resolve("installation/alertmanager.yaml"))
                            .replace("group_wait: 30s", "group_wait: 1s\n  group_interval: 1s")
                            .replaceAll(
                                    "email_configs: .*",
                                    "webhook_configs: [{ url: \"http://127.0.0.1:"
                                            + people.getAddress().getPort() + "/\" }]"));
            this.alertmanager = start(
                            folder,
                            "alertmanager",
                            "prometheus-alertmanager",
                            "--config.file=alertmanager.yaml",
                            "--storage.path=" + folder.resolve("alertmanager"),
                            "--cluster.listen-address=",
                            "--web.listen-address=127.0.0.1:" + notifier)
                    .awaitReady("http://127.0.0.1:" + notifier + "/-/ready", START);
            this.prometheus = start(
                            folder,
                            "prometheus",
                            "prometheus",
                            "--config.file=prometheus.yaml",
                            "--storage.tsdb.path=" + folder.resolve("prometheus"),
                            "--web.listen-address=127.0.0.1:" + watcher)
                    .awaitReady(address + "/-/ready", START);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Child start(Path folder, String name, String... command) {
        return Child.start(
                new Child.Spec(name, List.of(command), folder, Map.of(), folder.resolve(name + ".log"), "TERM"));
    }

    /** Answers of Prometheus' HTTP API under {@code data}. */
    JsonNode ask(String path) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
            var body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + ": " + body.path("error").asString(""));
            }
            return body.get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** What an expression comes to now. */
    JsonNode query(String expression) {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("result");
    }

    /** Names of alerts that fire now, in no order. */
    List<String> firing() {
        return query("ALERTS{alertstate=\"firing\"}")
                .valueStream()
                .map(series -> series.at("/metric/alertname").asString())
                .distinct()
                .toList();
    }

    /** Every name that a target has shown, with samples or only described. */
    List<String> known() {
        var names = ask("/api/v1/label/__name__/values").valueStream().map(JsonNode::asString);
        var described = ask("/api/v1/metadata").propertyNames().stream();
        return java.util.stream.Stream.concat(names, described).distinct().toList();
    }

    /** The next thing that people are told of this alert; null when nobody is told anything in time. */
    @Nullable JsonNode toldOf(String alert, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            var next = told.poll(1, TimeUnit.SECONDS);
            if (next != null && next.at("/groupLabels/alertname").asString("").equals(alert)) {
                return next;
            }
        }
        return null;
    }

    @Override
    public void close() {
        prometheus.close();
        alertmanager.close();
        people.stop(0);
    }
}
