package app.recado.kernel.web;

import app.recado.kernel.Problem;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards the addresses to which providers deliver without a token of ours. What is refused is counted by the caller's
 * address, so that whoever guesses addresses or forges signatures is soon stopped and a busy provider is not; and only so
 * many bytes of bodies are held at once, decided before a body is read. Runs before bodies are.
 */
@Component
@Order(BodyLimitFilter.ORDER - 1)
class WebhookLimits extends OncePerRequestFilter {

    /**
     * @param refused deliveries that may be refused at once for one address
     * @param refusedPerMinute refused deliveries that are granted anew each minute
     * @param buffered how many bytes of deliveries may be held at once by this process
     */
    @Validated
    @ConfigurationProperties("recado.webhook-limit")
    record Settings(
            @Positive @DefaultValue("60") int refused,
            @Positive @DefaultValue("60") int refusedPerMinute,
            @NotNull @DefaultValue("64MB") DataSize buffered) {}

    private static final int REMEMBERED_CALLERS = 50_000;
    private static final int BLOCK = 1024;

    private final Settings settings;
    private final ProblemResponses problems;
    private final MeterRegistry metrics;
    private final Semaphore blocks;
    private final Cache<String, Bucket> callers = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    WebhookLimits(Settings settings, ProblemResponses problems, MeterRegistry metrics) {
        this.settings = settings;
        this.problems = problems;
        this.metrics = metrics;
        this.blocks = new Semaphore(Math.toIntExact(settings.buffered().toBytes() / BLOCK));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(BodyLimitFilter.WEBHOOKS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refusals = callers.get(request.getRemoteAddr(), address -> newBucket());
        var probe = refusals.estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            refuse(request, response, "refused", probe.getNanosToWaitForRefill());
            return;
        }
        int size = blocksOf(request);
        if (!blocks.tryAcquire(size)) {
            refuse(request, response, "buffered", 0);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            blocks.release(size);
        }
        if (response.getStatus() / 100 == 4) {
            refusals.tryConsume(1);
        }
    }

    /** What the body may take: as much as it says, or as much as is read at most when it does not say. */
    private static int blocksOf(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return 0;
        }
        long length = request.getContentLengthLong();
        long held = length < 0 ? BodyLimitFilter.GATEWAY_LIMIT : Math.min(length, BodyLimitFilter.GATEWAY_LIMIT);
        return Math.toIntExact(held / BLOCK + 1);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String limit, long nanos)
            throws IOException {
        metrics.counter("recado.webhooks.limited", "limit", limit).increment();
        long wait = TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
        response.setHeader("Retry-After", String.valueOf(wait));
        response.setHeader("Connection", "close");
        problems.write(request, response, Problem.TOO_MANY_REQUESTS, "Repeat it after %d s".formatted(wait));
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(settings.refused())
                        .refillGreedy(settings.refusedPerMinute(), Duration.ofMinutes(1))
                        .build())
                .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
                .build();
    }
}
