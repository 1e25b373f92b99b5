package app.recado.sdk;

import app.recado.client.ApiClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * One Recado as a program of a clinic uses it. Every operation of the API's document is a method of a class in {@code
 * app.recado.client.api}, which takes {@link #client}:
 *
 * <pre>{@code
 * var recado = Recado.at("https://recado.example.com")
 *         .tokens(new ClientCredentials(tokenUrl, clientId, clientSecret))
 *         .build();
 * var appointments = new AppointmentsApi(recado.client());
 * }</pre>
 *
 * <p>Refusals are thrown as {@link RecadoProblem}. Safe for use by several threads.
 */
public final class Recado {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final ApiClient client;

    private Recado(ApiClient client) {
        this.client = client;
    }

    /** @param address where Recado answers, for example {@code https://recado.example.com} */
    public static Builder at(String address) {
        return new Builder(address);
    }

    /** What the classes of {@code app.recado.client.api} take. */
    public ApiClient client() {
        return client;
    }

    /**
     * A new {@code Idempotency-Key}: one for each thing that shall happen. Kept and sent again, also by another process, it
     * happens once.
     */
    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * The version of what was read or changed, as {@code If-Match} wants it to change exactly that.
     *
     * @param answer of a method whose name ends in {@code WithHttpInfo}
     * @throws IllegalArgumentException when the answer has no version
     */
    public static String etagOf(ResponseEntity<?> answer) {
        var etag = answer.getHeaders().getETag();
        if (etag == null) {
            throw new IllegalArgumentException("This answer has no version");
        }
        return etag;
    }

    /** Puts a {@link Recado} together. */
    public static final class Builder {

        private final String address;
        private @Nullable TokenSource tokens;
        private Repetition repetition = Repetition.standard();
        private @Nullable ClientHttpRequestFactory requests;

        private Builder(String address) {
            this.address = address.replaceAll("/+$", "");
        }

        /** The key of an API client ({@link ClientCredentials}), or another source of tokens. */
        public Builder tokens(TokenSource tokens) {
            this.tokens = tokens;
            return this;
        }

        /** How requests are sent again; {@link Repetition#standard} unless said otherwise. */
        public Builder repetition(Repetition repetition) {
            this.repetition = repetition;
            return this;
        }

        /** What sends one request; the JDK's client, with five seconds to connect and thirty to answer, unless said otherwise. */
        public Builder requests(ClientHttpRequestFactory requests) {
            this.requests = requests;
            return this;
        }

        /** @throws NullPointerException without tokens */
        public Recado build() {
            var source = Objects.requireNonNull(tokens, "Say where tokens come from");
            var http = ApiClient.buildRestClientBuilder()
                    .requestFactory(requests == null ? standardRequests() : requests)
                    // One, which does everything: of several, only the last may send a request more than once.
                    .requestInterceptor(new Sending(source, repetition))
                    .build();
            return new Recado(new ApiClient(http).setBasePath(address));
        }

        private static ClientHttpRequestFactory standardRequests() {
            var factory = new JdkClientHttpRequestFactory(
                    HttpClient.newBuilder().connectTimeout(CONNECT).build());
            factory.setReadTimeout(ANSWER);
            return factory;
        }
    }
}
