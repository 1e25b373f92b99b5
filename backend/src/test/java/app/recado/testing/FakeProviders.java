package app.recado.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The providers behind direct engines, and the proxy in front of this installation, for one test run. Tests share them and
 * meet only what carries a key of their own: a number's id, an account, an instance.
 */
public final class FakeProviders {

    public static final StubProvider CLOUD_API = new StubProvider();
    public static final StubProvider TWILIO = new StubProvider();
    public static final StubProvider EVOLUTION = new StubProvider();

    /** Stands for the tunnel or proxy: what is asked of it is passed on to the server under test, unchanged. */
    public static final StubProvider FRONT_DOOR = new StubProvider();

    private static final Set<String> PASSED_ON =
            Set.of("content-type", "x-twilio-signature", "x-hub-signature-256", "accept");

    private static final Map<String, FakeProviders> BY_KEY = new ConcurrentHashMap<>();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static volatile @Nullable String target;

    static {
        for (var provider : List.of(CLOUD_API, TWILIO, EVOLUTION)) {
            provider.always(asked -> BY_KEY.entrySet().stream()
                    .filter(entry -> asked.path().contains(entry.getKey())
                            || asked.path().equals("/v1/Content") && user(asked).equals(entry.getKey())
                            || asked.path().endsWith("/instance/create")
                                    && asked.text().contains(entry.getKey()))
                    .findFirst()
                    .map(entry -> entry.getValue().answer(asked))
                    .orElseGet(() -> StubProvider.Answer.json(404, "{\"status\":404}")));
        }
        FRONT_DOOR.always(FakeProviders::passOn);
    }

    private final String key;
    private final StubProvider provider;
    private final Deque<StubProvider.Answer> script = new ArrayDeque<>();
    private volatile Function<StubProvider.Asked, StubProvider.Answer> usual;

    private FakeProviders(String key, StubProvider provider, Function<StubProvider.Asked, StubProvider.Answer> usual) {
        this.key = key;
        this.provider = provider;
        this.usual = usual;
    }

    /** One line's side of a provider. @param usual what it answers unless told otherwise */
    public static FakeProviders of(
            StubProvider provider, String key, Function<StubProvider.Asked, StubProvider.Answer> usual) {
        var line = new FakeProviders(key, provider, usual);
        BY_KEY.put(key, line);
        return line;
    }

    /** The next answer to a message; what else is asked is answered as usual. */
    public FakeProviders next(StubProvider.Answer answer) {
        synchronized (script) {
            script.add(answer);
        }
        return this;
    }

    public FakeProviders next(int status, String json) {
        return next(StubProvider.Answer.json(status, json));
    }

    /** What it answers from now on. */
    public void usually(Function<StubProvider.Asked, StubProvider.Answer> answer) {
        usual = answer;
    }

    /** The messages it was asked to send, in order. */
    public List<StubProvider.Asked> messages() {
        return provider.asked().stream()
                .filter(asked -> asked.path().contains(key) && isMessage(asked))
                .toList();
    }

    /** The read marks it was asked for, in order: they come to the address of messages. */
    public List<StubProvider.Asked> readMarks() {
        return provider.asked().stream()
                .filter(asked -> asked.path().contains(key) && isReadMark(asked))
                .toList();
    }

    private static boolean isReadMark(StubProvider.Asked asked) {
        return asked.method().equals("POST")
                && asked.path().endsWith("/messages")
                && asked.text().contains("\"status\":\"read\"");
    }

    /** Who calls, where the address does not say it. */
    private static String user(StubProvider.Asked asked) {
        var said = asked.header("Authorization");
        return said == null || !said.startsWith("Basic ")
                ? ""
                : new String(Base64.getDecoder().decode(said.substring(6)), StandardCharsets.UTF_8).split(":", 2)[0];
    }

    private static boolean isMessage(StubProvider.Asked asked) {
        return asked.method().equals("POST")
                && !isReadMark(asked)
                && (asked.path().endsWith("/messages")
                        || asked.path().endsWith("/marketing_messages")
                        || asked.path().endsWith("/Messages.json")
                        || asked.path().contains("/message/send"));
    }

    private StubProvider.Answer answer(StubProvider.Asked asked) {
        if (isMessage(asked)) {
            synchronized (script) {
                var scripted = script.poll();
                if (scripted != null) {
                    return scripted;
                }
            }
        }
        return usual.apply(asked);
    }

    /** The server that the public address leads to; null for a proxy that leads nowhere. */
    public static void frontDoorLeadsTo(@Nullable String server) {
        target = server;
    }

    private static StubProvider.Answer passOn(StubProvider.Asked asked) {
        var server = target;
        if (server == null) {
            return StubProvider.Answer.json(502, "{}");
        }
        var request = HttpRequest.newBuilder(URI.create(server + asked.path()))
                .method(asked.method(), HttpRequest.BodyPublishers.ofByteArray(asked.body()));
        asked.headers().forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.getFirst());
            }
        });
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new StubProvider.Answer(answer.statusCode(), answer.body(), Map.of());
        } catch (IOException e) {
            return StubProvider.Answer.json(502, "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StubProvider.Answer.json(502, "{}");
        }
    }
}
