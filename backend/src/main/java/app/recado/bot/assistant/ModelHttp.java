package app.recado.bot.assistant;

import app.recado.kernel.outgoing.OutgoingHttp;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * How models are called: through the one client that knows which addresses may be called, follows no redirect and ends in
 * time. The library's own client is not on the class path.
 */
public final class ModelHttp implements HttpClient, HttpClientBuilder {

    private final OutgoingHttp http;
    private final Duration timeout;
    private final Set<String> hosts;

    /** @param hosts the only host names that are called
     * @param timeout what {@code http} was made with; told to the library, which asks */
    public ModelHttp(OutgoingHttp http, Duration timeout, Set<String> hosts) {
        this.http = http;
        this.timeout = timeout;
        this.hosts = Set.copyOf(hosts);
    }

    /** No answer came. The code says why. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String code) {
            super(code);
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        if (request.method() != HttpMethod.POST
                || !hosts.contains(URI.create(request.url()).getHost())) {
            throw new Unreachable("address-not-allowed");
        }
        var call = new HttpUriRequestBase("POST", URI.create(request.url()));
        request.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type")) {
                values.forEach(value -> call.addHeader(name, value));
            }
        });
        var body = request.body();
        call.setEntity(new ByteArrayEntity(
                (body == null ? "" : body).getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        try {
            var reply = http.call(call);
            var text = new String(reply.body(), StandardCharsets.UTF_8);
            if (!reply.ok()) {
                throw new HttpException(
                        reply.status(), "status " + reply.status()); // not their words: they may be ours
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(reply.status())
                    .headers(Map.of())
                    .body(text)
                    .build();
        } catch (OutgoingHttp.Failed e) {
            throw new Unreachable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("A turn is said at once");
    }

    @Override
    public Duration connectTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration wanted) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration wanted) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
