package app.recado.kernel.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server outside and tells the one thing the sender must know when a call fails: whether the request can have arrived.
 * Nothing is repeated and no redirect is followed, and no connection is used twice: one that the other side closed in the
 * meantime would fail after the request was written, and a message would be in doubt for nothing.
 */
public final class OutgoingHttp implements AutoCloseable {

    /** Answers that are not media never need more. */
    public static final int LARGEST_ANSWER = 1024 * 1024;

    /** Why a call failed that its deadline ended. */
    private static final String ABORTED = "Aborted";

    private final CloseableHttpClient client;
    private final Duration answerTimeout;
    private final ScheduledExecutorService timer;

    /** @param names {@link AddressGuard} for addresses that people type
     * @param answerTimeout from the first byte sent to the last one received */
    public OutgoingHttp(Duration connectTimeout, Duration answerTimeout, DnsResolver names) {
        this.answerTimeout = answerTimeout;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("outgoing-deadline").factory());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setMaxConnTotal(64)
                .setMaxConnPerRoute(64)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setSocketTimeout(Timeout.of(answerTimeout))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(answerTimeout))
                        .setConnectionRequestTimeout(Timeout.of(answerTimeout))
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /**
     * What the other side answered.
     *
     * @param location where it points to; never followed by itself
     * @param retryAfter when it wants to be asked again, as it says so: seconds or a date
     */
    public record Reply(
            int status,
            byte[] body,
            @Nullable String contentType,
            @Nullable String location,
            @Nullable String retryAfter) {

        public boolean ok() {
            return status / 100 == 2;
        }

        /** Bodies may hold numbers and words: never printed. */
        @Override
        public String toString() {
            return "Reply[status=" + status + ", bytes=" + body.length + "]";
        }
    }

    /** The call failed. */
    public static sealed class Failed extends Exception permits TooLarge {
        private static final long serialVersionUID = 1L;
        private final boolean mayHaveArrived;

        Failed(boolean mayHaveArrived, String why) {
            super(why);
            this.mayHaveArrived = mayHaveArrived;
        }

        /** False when it is certain that the request was never written. */
        public boolean mayHaveArrived() {
            return mayHaveArrived;
        }
    }

    /** The answer is larger than asked for. */
    public static final class TooLarge extends Failed {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(true, "TooLarge");
        }
    }

    /** The answer is larger than asked for; thrown by whoever reads it. */
    public static final class Larger extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Our own part of a request could not be read, so the request never left whole; thrown by whoever writes it. */
    public static class NotWritten extends IOException {
        private static final long serialVersionUID = 1L;

        public NotWritten(String why) {
            super(why);
        }
    }

    /** Reads an answer as it comes.
     *
     * @param <T> what it comes to */
    @FunctionalInterface
    public interface Reader<T> {

        /** @param head status, type and location, without the body
         * @param body empty where there is none; read no further than needed */
        T read(Reply head, InputStream body) throws IOException;
    }

    public Reply call(HttpUriRequestBase request) throws Failed {
        return call(request, LARGEST_ANSWER);
    }

    /** @param most the largest body in bytes; a larger one is a failed call */
    public Reply call(HttpUriRequestBase request, int most) throws Failed {
        return stream(request, (head, content) -> {
            var body = content.readNBytes(most + 1);
            if (body.length > most) {
                throw new Larger();
            }
            return new Reply(head.status(), body, head.contentType(), head.location(), head.retryAfter());
        });
    }

    /** The same for answers that are too large to be held.
     *
     * @param reader what it throws but I/O errors passes through */
    public <T> T stream(HttpUriRequestBase request, Reader<T> reader) throws Failed {
        // The socket's time-out begins anew with each byte; this one does not.
        var deadline = timer.schedule(request::abort, answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> read(response, reader));
        } catch (UnknownHostException
                | ConnectTimeoutException
                | ConnectException
                | SSLHandshakeException
                | NotWritten e) {
            throw new Failed(false, e.getClass().getSimpleName());
        } catch (Larger e) {
            throw new TooLarge();
        } catch (IOException e) {
            // What the deadline takes away fails as a broken connection does.
            throw new Failed(true, request.isAborted() ? ABORTED : e.getClass().getSimpleName());
        } catch (IllegalStateException e) {
            // The deadline took the connection away while the client was about to use it.
            if (!request.isAborted()) {
                throw e;
            }
            throw new Failed(true, ABORTED);
        } finally {
            deadline.cancel(false);
        }
    }

    private static <T> T read(ClassicHttpResponse response, Reader<T> reader) throws IOException {
        var entity = response.getEntity();
        var location = response.getFirstHeader("Location");
        var retryAfter = response.getFirstHeader("Retry-After");
        var head = new Reply(
                response.getCode(),
                new byte[0],
                entity == null ? null : entity.getContentType(),
                location == null ? null : location.getValue(),
                retryAfter == null ? null : retryAfter.getValue());
        if (entity == null) {
            return reader.read(head, InputStream.nullInputStream());
        }
        try (var content = entity.getContent()) {
            return reader.read(head, content);
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        client.close();
    }
}
