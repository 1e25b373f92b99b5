package app.recado.devstack;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Another system, which takes what it is told and, once it has a secret, looks whether Recado signed it. */
final class VerifyingReceiver implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger forged = new AtomicInteger();
    private volatile @Nullable String secret;

    private VerifyingReceiver(HttpServer server) {
        this.server = server;
    }

    static VerifyingReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            var receiver = new VerifyingReceiver(server);
            server.createContext("/", exchange -> {
                var body = exchange.getRequestBody().readAllBytes();
                receiver.take(exchange.getRequestHeaders(), body);
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of one of its parts. */
    String url(String part) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + part;
    }

    /** From now on everything must be signed with this one, {@code whsec_…}. */
    void expect(String newSecret) {
        secret = newSecret;
    }

    int taken() {
        return taken.get();
    }

    /** How many were not signed with the secret that was expected. */
    int forged() {
        return forged.get();
    }

    /** What is wrong with what came, if anything. */
    List<String> complaints() {
        if (taken() == 0) {
            return List.of("no webhook came");
        }
        return forged() == 0
                ? List.of()
                : List.of("%d of %d webhooks were not signed with the secret their receiver had"
                        .formatted(forged(), taken()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(Headers headers, byte[] body) {
        taken.incrementAndGet();
        var expected = secret;
        if (expected != null && !signedWith(expected, headers, body)) {
            forged.incrementAndGet();
        }
    }

    /** As Standard Webhooks says: several signatures may stand in the header while a secret is being replaced. */
    private static boolean signedWith(String secret, Headers headers, byte[] body) {
        var begin = "%s.%s.".formatted(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            mac.update(begin.getBytes(StandardCharsets.UTF_8));
            var wanted = mac.doFinal(body);
            var signatures = String.valueOf(headers.getFirst("webhook-signature"));
            return Arrays.stream(signatures.split(" ", -1))
                    .filter(signature -> signature.startsWith("v1,"))
                    .map(signature -> Base64.getDecoder().decode(signature.substring(3)))
                    .anyMatch(signature -> MessageDigest.isEqual(signature, wanted));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
