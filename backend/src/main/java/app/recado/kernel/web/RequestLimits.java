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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How often one account (or, without a token, one address) may call the API, and one address what anybody may read. Each key of
 * an API client is an account; all programs of a clinic together have a share too, apart from its people, so that a runaway
 * integration locks nobody out of the agenda. Counted per process: it protects a replica
 * from a runaway client, it is not a quota to bill by. Runs behind security and before bodies are read; what security
 * refuses for want of a token is counted by address before the refusal is written.
 */
@Component
@Order(RequestLimits.ORDER)
public class RequestLimits extends OncePerRequestFilter {

    /** Right before bodies are read. */
    public static final int ORDER = BodyLimitFilter.ORDER - 1;

    /**
     * @param burst requests that may come at once
     * @param perMinute requests that are granted anew each minute
     * @param publicPerMinute requests of one address to what anybody may read, granted anew each minute; as many may come at once
     * @param programsPerMinute requests of all API clients of one clinic together, granted anew each minute; as many may come at once
     */
    @Validated
    @ConfigurationProperties("recado.request-limit")
    record Settings(
            @Positive @DefaultValue("300") int burst,
            @Positive @DefaultValue("600") int perMinute,
            @Positive @DefaultValue("100") int publicPerMinute,
            @Positive @DefaultValue("1200") int programsPerMinute) {}

    /** What is counted apart from the rest, and how much of it there is. */
    private record Policy(String name, int burst, int perMinute) {

        /** As the header wants it: a quota and the seconds in which a whole one comes back. */
        String header() {
            return "\"%s\";q=%d;w=%d".formatted(name, burst, 60 * burst / perMinute);
        }
    }

    /** @param who within the policy */
    private record Count(Policy policy, String who) {}

    private static final int REMEMBERED_CALLERS = 50_000;

    private static final String PUBLIC = "/api/v1/public/";

    private final Policy account;
    private final Policy open;
    private final Policy programs;
    private final ProgramRequests programRequests;
    private final ProblemResponses problems;
    private final Counter refused;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    RequestLimits(
            Settings settings, ProgramRequests programRequests, ProblemResponses problems, MeterRegistry metrics) {
        this.programRequests = programRequests;
        this.account = new Policy("default", settings.burst(), settings.perMinute());
        this.open = new Policy("public", settings.publicPerMinute(), settings.publicPerMinute());
        this.programs = new Policy("programs", settings.programsPerMinute(), settings.programsPerMinute());
        this.problems = problems;
        this.refused = metrics.counter("recado.requests.limited");
    }

    /** Requests of all API clients of one clinic together, granted anew each minute. */
    public int programsPerMinute() {
        return programs.perMinute();
    }

    /** Requests of one key of an API client, granted anew each minute. */
    public int accountPerMinute() {
        return account.perMinute();
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
        var counts = countsOf(request);
        response.setHeader(
                "RateLimit-Policy",
                counts.stream().map(count -> count.policy().header()).collect(Collectors.joining(", ")));
        var left = new ArrayList<String>();
        for (var count : counts) {
            var policy = count.policy();
            var probe = buckets.get(policy.name() + " " + count.who(), key -> newBucket(policy))
                    .tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
                refused.increment();
                response.setHeader("RateLimit", "\"%s\";r=0;t=%d".formatted(policy.name(), wait));
                response.setHeader("Retry-After", String.valueOf(wait));
                problems.write(request, response, Problem.TOO_MANY_REQUESTS, "Repeat it after %d s".formatted(wait));
                return false;
            }
            left.add("\"%s\";r=%d;t=1".formatted(policy.name(), probe.getRemainingTokens()));
        }
        response.setHeader("RateLimit", String.join(", ", left));
        return true;
    }

    /** What a request is counted under: the account or the address, and of an API client the clinic too. */
    private List<Count> countsOf(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token)) {
            var network = CallerNetwork.of(request.getRemoteAddr());
            return List.of(new Count(path.startsWith(PUBLIC) ? open : account, "address " + network));
        }
        var counts = new ArrayList<Count>();
        counts.add(new Count(account, "subject " + token.getToken().getSubject()));
        // Of a clinic that the client belongs to: nobody uses up what another clinic's programs may ask.
        var clinic = programRequests.clinicOf(request);
        if (clinic != null) {
            counts.add(new Count(programs, clinic.toString()));
        }
        return counts;
    }

    private static Bucket newBucket(Policy policy) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(policy.burst())
                        .refillGreedy(policy.perMinute(), Duration.ofMinutes(1))
                        .build())
                .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
                .build();
    }
}
