package app.recado.integrations;

import app.recado.kernel.security.Caller;
import app.recado.kernel.web.ProblemResponses;
import app.recado.kernel.web.ProgramRequests;
import app.recado.kernel.web.RequestLimits;
import app.recado.kernel.web.TraceIds;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Notes what API clients ask of their clinic. It stands in front of what counts requests, so that it sees those that come too
 * often; of these one a second and key is noted, with how many there were, or a runaway program would write as fast as it asks.
 */
@Component
@Order(RequestLimits.ORDER - 1)
class ApiRequestFilter extends OncePerRequestFilter {

    private static final int TOO_OFTEN = 429;
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(1);
    private static final int REMEMBERED_KEYS = 10_000;

    private final ProgramRequests programs;
    private final ApiRequestLog log;
    private final Clock clock;
    private final Cache<String, Refusals> refusals =
            Caffeine.newBuilder().maximumSize(REMEMBERED_KEYS).build();

    ApiRequestFilter(ProgramRequests programs, ApiRequestLog log, Clock clock) {
        this.programs = programs;
        this.log = log;
        this.clock = clock;
    }

    /** Of one key: when one was noted last, and how many came since. */
    private record Refusals(AtomicReference<Instant> noted, AtomicInteger since) {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var clinic = programs.clinicOf(request);
        if (clinic == null) {
            chain.doFilter(request, response);
            return;
        }
        var client = Caller.current().client();
        long from = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            if (client != null) {
                note(clinic, client, request, response.getStatus(), System.nanoTime() - from);
            }
        }
    }

    private void note(UUID clinic, String client, HttpServletRequest request, int status, long nanos) {
        var now = clock.instant();
        int skipped = 0;
        if (status == TOO_OFTEN) {
            var known = refusals.get(
                    client, key -> new Refusals(new AtomicReference<>(Instant.EPOCH), new AtomicInteger()));
            var last = known.noted().get();
            if (now.isBefore(last.plus(BETWEEN_REFUSALS)) || !known.noted().compareAndSet(last, now)) {
                known.since().incrementAndGet();
                return;
            }
            skipped = known.since().getAndSet(0);
        }
        log.note(new ApiRequestLog.Noted(
                clinic,
                client,
                now,
                request.getMethod(),
                operationOf(request),
                status,
                ProblemResponses.codeOf(request),
                (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)),
                request.getRemoteAddr(),
                TraceIds.of(request),
                skipped));
    }

    private static @Nullable String operationOf(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method)) {
            return null;
        }
        var operation = method.getMethodAnnotation(Operation.class);
        return operation == null ? null : operation.operationId();
    }
}
