package app.recado.kernel.web;

import app.recado.kernel.Problem;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How often one account (or, without a token, one address) may call the API. Counted per process: it protects a replica
 * from a runaway client, it is not a quota to bill by. Runs behind security and before bodies are read; what security
 * refuses for want of a token is counted by address before the refusal is written.
 */
@Component
@Order(BodyLimitFilter.ORDER - 1)
public class RequestLimits extends OncePerRequestFilter {

    /**
     * @param burst requests that may come at once
     * @param perMinute requests that are granted anew each minute
     */
    @Validated
    @ConfigurationProperties("recado.request-limit")
    record Settings(
            @Positive @DefaultValue("300") int burst,
            @Positive @DefaultValue("600") int perMinute) {}

    private static final int REMEMBERED_CALLERS = 50_000;

    private final Settings settings;
    private final ProblemResponses problems;
    private final Counter refused;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    RequestLimits(Settings settings, ProblemResponses problems, MeterRegistry metrics) {
        this.settings = settings;
        this.problems = problems;
        this.refused = metrics.counter("recado.requests.limited");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (granted(request, response)) {
            chain.doFilter(request, response);
        }
    }

    /** Counts one request of this caller. Writes the refusal when it is one too many.
     *
     * @return whether it may go on */
    public boolean granted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var probe = buckets.get(caller(request), key -> newBucket()).tryConsumeAndReturnRemaining(1);
        response.setHeader(
                "RateLimit-Policy",
                "\"default\";q=%d;w=%d".formatted(settings.burst(), 60 * settings.burst() / settings.perMinute()));
        long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
        if (!probe.isConsumed()) {
            refused.increment();
            response.setHeader("RateLimit", "\"default\";r=0;t=" + wait);
            response.setHeader("Retry-After", String.valueOf(wait));
            problems.write(request, response, Problem.TOO_MANY_REQUESTS, "Repeat it after %d s".formatted(wait));
            return false;
        }
        response.setHeader("RateLimit", "\"default\";r=" + probe.getRemainingTokens() + ";t=1");
        return true;
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(settings.burst())
                        .refillGreedy(settings.perMinute(), Duration.ofMinutes(1))
                        .build())
                .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
                .build();
    }

    private static String caller(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? "subject " + token.getToken().getSubject()
                : "address " + request.getRemoteAddr();
    }
}
