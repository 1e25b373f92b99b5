package app.recado.integrations;

import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Tells a receiver of one event, signed as Standard Webhooks says. Follows no redirect and calls no private address. */
@Component
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookClient {

    /** How much of an answer is kept for whoever looks for a mistake. */
    private static final int KEPT_BYTES = 1_000;

    private static final int LONGEST_ADDRESS = 2_000;

    private final AddressGuard guard;
    private final OutgoingHttp http;

    WebhookClient(WebhookSettings settings) {
        this.guard = new AddressGuard(settings.tlsOnly(), settings.allowedHosts());
        this.http = new OutgoingHttp(settings.connectTimeout(), settings.answerTimeout(), guard);
    }

    /**
     * What a receiver answered.
     *
     * @param status of HTTP; null when there was no answer
     * @param cause why there was none, a short code; null when there was one
     * @param text the beginning of the answer
     * @param retryAfter how long it asks to be left alone; null when it does not
     */
    record Outcome(
            @Nullable Integer status,
            @Nullable String cause,
            @Nullable String text,
            @Nullable Duration retryAfter) {

        boolean told() {
            return status != null && status / 100 == 2;
        }

        boolean gone() {
            return status != null && status == 410;
        }

        /** Others' words: never printed. */
        @Override
        public String toString() {
            return "Outcome[status=" + status + ", cause=" + cause + "]";
        }
    }

    /**
     * The address as it is kept.
     *
     * @throws AddressGuard.Refused when it is none, has no TLS or leads into a private network
     */
    String checked(String typed) throws AddressGuard.Refused {
        var address = typed.strip();
        try {
            var uri = new URI(address);
            if (uri.getRawFragment() != null || address.length() > LONGEST_ADDRESS) {
                throw new AddressGuard.Refused("address-invalid");
            }
            // A path and a query belong to a receiver's address, unlike to a provider's base address.
            int end = address.indexOf('/', address.indexOf("//") + 2);
            guard.base(end < 0 ? address.split("[?]", 2)[0] : address.substring(0, end));
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new AddressGuard.Refused("address-invalid");
        }
    }

    /**
     * Tells a receiver; takes as long as the settings allow.
     *
     * @param secrets the one that signs, and a former one, each as {@link WebhookSignature} keeps it
     * @param now the time of this attempt, which is signed too: receivers refuse what is older than five minutes
     */
    Outcome tell(String url, UUID event, byte[] body, List<String> secrets, Instant now) {
        var request = new HttpPost(url);
        request.setHeader(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> WebhookSignature.of(secret, event, now, body))
                        .collect(Collectors.joining(" ")));
        request.setHeader("webhook-id", event.toString());
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader("User-Agent", "Recado-Webhooks/1");
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try {
            return http.stream(
                    request,
                    (head, content) -> new Outcome(
                            head.status(),
                            null,
                            text(content.readNBytes(KEPT_BYTES)),
                            retryAfter(head.retryAfter(), now)));
        } catch (OutgoingHttp.Failed e) {
            return new Outcome(null, cause(e), null, null);
        } catch (IllegalArgumentException e) {
            return new Outcome(null, "address-invalid", null, null);
        }
    }

    /** PostgreSQL's text knows no zero byte. */
    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8).replace("\u0000", "");
    }

    private static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException notSeconds) {
            try {
                return Duration.between(
                        now,
                        ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    private static String cause(OutgoingHttp.Failed failure) {
        return switch (String.valueOf(failure.getMessage())) {
            case "NotPublic" -> "address-not-public";
            case "UnknownHostException" -> "address-unknown";
            case "SSLHandshakeException", "SSLPeerUnverifiedException" -> "tls";
            case "ConnectException", "HttpHostConnectException" -> "refused";
            case "ConnectTimeoutException", "SocketTimeoutException", "Aborted", "RequestAbortedException" -> "timeout";
            default -> "broken-" + String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        };
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
    }
}
