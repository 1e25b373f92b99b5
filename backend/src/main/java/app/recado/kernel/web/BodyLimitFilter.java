package app.recado.kernel.web;

import app.recado.kernel.KernelSettings;
import app.recado.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the whole body of API requests once, up to the limit, and answers 413 beyond it. Runs behind security, so nobody
 * without a token makes the server buffer more than a short form. Idempotency compares the bytes kept here; the gateway's signature is
 * checked over them.
 */
@Component
@Order(BodyLimitFilter.ORDER)
public class BodyLimitFilter extends OncePerRequestFilter {

    /** Behind Spring Security (-100), before the organization is bound. */
    static final int ORDER = -90;

    private static final String ATTRIBUTE = BodyLimitFilter.class.getName();

    /**
     * The gateway sends up to 100 events in one delivery, each with a text of up to 64 Ki characters; it cuts deliveries
     * at 512 KiB. A smaller limit here would refuse the same delivery for ever.
     */
    static final int GATEWAY_LIMIT = 1024 * 1024;

    /** What anybody may send without a token: a form with a remark. */
    private static final int PUBLIC_LIMIT = 16 * 1024;

    private static final String PUBLIC = "/api/v1/public/";

    private static final Pattern UPLOAD = Pattern.compile(
            "/api/v1/organizations/[^/]+/(media|patient-imports|appointment-imports|patients/[^/]+/files)");

    /** Searches of FHIR: the one place where a form is read, so that names and numbers stay out of addresses. */
    private static final Pattern FORM = Pattern.compile("/api/v1/organizations/[^/]+/fhir/R4/[A-Za-z]+/_search");

    /** Providers gather what they deliver, too; they repeat a refused delivery for days. */
    static final String WEBHOOKS = "/webhooks/";

    /** A body of the size allowed here comes in a second on any line; one byte every few seconds keeps a thread for hours. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int limit;
    private final ProblemResponses problems;

    BodyLimitFilter(KernelSettings settings, ProblemResponses problems) {
        this.limit = Math.toIntExact(settings.maxBody().toBytes());
        this.problems = problems;
    }

    /** The raw body of an API request; empty when there was none. */
    public static byte[] bodyOf(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        // Uploads are streamed and limited by whoever keeps them.
        return !(path.startsWith("/api/") || path.startsWith("/internal/") || path.startsWith(WEBHOOKS))
                || request.getMethod().equals("POST") && UPLOAD.matcher(path).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        int limit = limitOf(path);
        if (request.getContentLengthLong() > limit) {
            tooLarge(request, response, limit);
            return;
        }
        var type = FORM.matcher(path).matches() ? MediaType.APPLICATION_FORM_URLENCODED : MediaType.APPLICATION_JSON;
        if (path.startsWith("/api/") && !mayHold(request.getContentType(), type)) {
            problems.write(request, response, Problem.UNSUPPORTED_MEDIA_TYPE, "Send %s in UTF-8".formatted(type));
            return;
        }
        byte[] body;
        try {
            body = BoundedBody.read(request.getInputStream(), limit + 1, LONGEST, System::nanoTime);
        } catch (BoundedBody.TooSlow e) {
            response.setHeader("Connection", "close");
            problems.write(
                    request, response, Problem.REQUEST_TOO_SLOW, "It may take %d s".formatted(LONGEST.toSeconds()));
            return;
        }
        if (body.length > limit) {
            tooLarge(request, response, limit);
            return;
        }
        request.setAttribute(ATTRIBUTE, body);
        chain.doFilter(new Buffered(request, body), response);
    }

    /** None at all is fine; whether a body is missing is for the operation to say. */
    private static boolean mayHold(@Nullable String contentType, MediaType wanted) {
        if (contentType == null) {
            return true;
        }
        try {
            var type = MediaType.parseMediaType(contentType);
            return type.isConcrete()
                    && type.equalsTypeAndSubtype(wanted)
                    && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private int limitOf(String path) {
        if (path.startsWith("/internal/v1/gateway/") || path.startsWith(WEBHOOKS)) {
            return GATEWAY_LIMIT;
        }
        return path.startsWith(PUBLIC) ? Math.min(limit, PUBLIC_LIMIT) : limit;
    }

    private void tooLarge(HttpServletRequest request, HttpServletResponse response, int limit) throws IOException {
        response.setHeader("Connection", "close");
        problems.write(request, response, Problem.BODY_TOO_LARGE, "The limit is %d bytes".formatted(limit));
    }

    private static final class Buffered extends HttpServletRequestWrapper {
        private final byte[] body;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("The body is already read");
                }

                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }
            };
        }
    }
}
