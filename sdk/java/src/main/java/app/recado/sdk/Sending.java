package app.recado.sdk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends a request until it is answered, the same each time: its body and its {@code Idempotency-Key} too, by which Recado
 * answers a repetition as it answered the first try.
 *
 * <ul>
 *   <li>429 was refused before anything was done: whatever was asked is asked again after {@code Retry-After}.
 *   <li>No answer, 502, 503 and 504 leave open what was done. Only what changes nothing or carries an {@code Idempotency-Key} is
 *       asked again: after a change with {@code If-Match} the record has to be read.
 *   <li>409 with {@code Retry-After} says that the first try with this key is still under way.
 * </ul>
 */
final class Sending implements ClientHttpRequestInterceptor {

    private static final String KEY = "Idempotency-Key";

    /** Searches are sent as bodies, because names never stand in an address, and change nothing. */
    private static final Pattern SEARCH = Pattern.compile("/_?search$");

    private final TokenSource tokens;
    private final Repetition repetition;

    Sending(TokenSource tokens, Repetition repetition) {
        this.tokens = tokens;
        this.repetition = repetition;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        boolean harmless = isHarmless(request);
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= repetition.attempts();
            var pause = repetition.backoff(attempt);
            try {
                var answer = authorized(request, body, execution);
                var asked = retryAfter(answer.getHeaders());
                pause = asked.orElse(pause);
                if (last || !asksForRepetition(answer, request, harmless) || pause.compareTo(repetition.longestPause()) > 0) {
                    return orRefused(request, answer);
                }
                answer.close();
            } catch (InterruptedIOException interrupted) {
                if (last || !harmless || Thread.currentThread().isInterrupted()) {
                    throw interrupted;
                }
            } catch (IOException noAnswer) {
                if (last || !harmless) {
                    throw noAnswer;
                }
            }
            sleep(pause);
        }
    }

    /** A token may end between two clocks: one that is refused is replaced once. */
    private ClientHttpResponse authorized(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        var token = tokens.token();
        request.getHeaders().setBearerAuth(token);
        var answer = execution.execute(request, body);
        if (answer.getStatusCode().value() != 401) {
            return answer;
        }
        tokens.refused(token);
        var other = tokens.token();
        if (other.equals(token)) {
            return answer;
        }
        answer.close();
        request.getHeaders().setBearerAuth(other);
        return execution.execute(request, body);
    }

    private static ClientHttpResponse orRefused(HttpRequest request, ClientHttpResponse answer) throws IOException {
        int status = answer.getStatusCode().value();
        if (status < 400) {
            return answer;
        }
        try (answer) {
            throw RecadoProblem.of(request.getURI().getPath(), status, answer.getBody().readAllBytes());
        }
    }

    private static boolean isHarmless(HttpRequest request) {
        var method = request.getMethod();
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || request.getHeaders().containsHeader(KEY)
                || method.equals(HttpMethod.POST)
                        && SEARCH.matcher(request.getURI().getPath()).find();
    }

    private static boolean asksForRepetition(ClientHttpResponse answer, HttpRequest request, boolean harmless)
            throws IOException {
        return switch (answer.getStatusCode().value()) {
            case 429 -> true;
            case 502, 503, 504 -> harmless;
            case 409 ->
                request.getHeaders().containsHeader(KEY)
                        && answer.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER);
            default -> false;
        };
    }

    /** Seconds or a date stands there. */
    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        var value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
        } catch (NumberFormatException noSeconds) {
            try {
                var at = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                var left = Duration.between(Instant.now(), at);
                return Optional.of(left.isNegative() ? Duration.ZERO : left);
            } catch (DateTimeParseException neither) {
                return Optional.empty();
            }
        }
    }

    private void sleep(Duration pause) throws InterruptedIOException {
        try {
            repetition.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted between two tries");
        }
    }
}
