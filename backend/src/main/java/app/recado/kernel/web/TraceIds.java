package app.recado.kernel.web;

import app.recado.kernel.trace.Traces;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives each request an id that stands in its log lines, in problem details and in the {@code Recado-Trace-Id} header, so
 * that "it said error 4f1c…" leads an operator to the cause. A W3C {@code traceparent}, as the console sends one, is continued,
 * and the gateway is sent one. Where spans are collected the request is one, under the same id.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TraceIds extends OncePerRequestFilter {

    private static final String ATTRIBUTE = TraceIds.class.getName();
    private static final String LOGGED = "traceId";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

    private final Traces traces;

    TraceIds(Traces traces) {
        this.traces = traces;
    }

    /** The id of this request. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "none";
    }

    /**
     * What other parts of Recado are told as {@code traceparent}, so that their log lines bear the same id.
     *
     * @param work what is done while no request is answered: an id is a trace of its own; null for none
     * @return empty when there is neither a request nor such work
     */
    public static Optional<String> traceparent(@Nullable UUID work) {
        var span = Traces.current();
        if (span.isPresent()) {
            return span;
        }
        var request = MDC.get(LOGGED);
        var id = request != null || work == null ? request : work.toString().replace("-", "");
        return Optional.ofNullable(id).map(trace -> "00-" + trace + "-" + random(8) + "-00");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var parent = parent(request);
        try (var span = traces.answering(request.getMethod(), parent)) {
            var id = parent == null ? span.traceId().orElseGet(() -> random(16)) : parent.traceId();
            request.setAttribute(ATTRIBUTE, id);
            response.setHeader("Recado-Trace-Id", id);
            try (var ignored = MDC.putCloseable(LOGGED, id)) {
                chain.doFilter(request, response);
            } finally {
                span.answered(request.getMethod(), route(request), response.getStatus());
            }
        }
    }

    private static Traces.@Nullable Parent parent(HttpServletRequest request) {
        var told = request.getHeader("traceparent");
        if (told == null) {
            return null;
        }
        var matcher = TRACEPARENT.matcher(told);
        return matcher.matches() ? new Traces.Parent(matcher.group(1), matcher.group(2)) : null;
    }

    /** The template that was found for the address; what was refused before has none. */
    private static String route(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                ? pattern
                : "(none)";
    }

    private static String random(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
