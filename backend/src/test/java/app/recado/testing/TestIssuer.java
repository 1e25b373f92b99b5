package app.recado.testing;

import app.recado.kernel.security.Allow;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** The part of an identity server that verifies tokens: discovery and keys, for a backend in another process. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final RSAKey key;

    private TestIssuer(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
    }

    public static TestIssuer open() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var issuer = new TestIssuer(server, generate());
        issuer.answer(
                "/.well-known/openid-configuration",
                JsonMapper.builder()
                        .build()
                        .writeValueAsString(Map.of(
                                "issuer", issuer.url(),
                                "jwks_uri", issuer.url() + "/keys",
                                "subject_types_supported", List.of("public"))));
        issuer.answer("/keys", new JWKSet(issuer.key.toPublicJWK()).toString());
        server.start();
        return issuer;
    }

    /** The {@code iss} of its tokens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of a member of one organization, good for an hour. */
    public String member(String subject, UUID organizationId, Collection<Allow> roles) {
        Consumer<JWTClaimsSet.Builder> claims = builder ->
                builder.issuer(url()).claim("organization", Map.of("clinic", TestTokens.entry(organizationId, roles)));
        try {
            return TestTokens.signed(TestTokens.claims(subject, claims), JWSAlgorithm.RS256, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String path, String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
