package app.recado.kernel.web;

import app.recado.kernel.Problem;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
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
 * integration locks nobody out of the agenda. Costly operations count for several requests ({@link Costs}). Shared by all
 * replicas: each takes from {@link SharedQuotas} a twentieth of a quota at a time, so that most requests ask nobody, and lends as
 * much to who has just come; nobody gets more than that beyond a quota, of each replica. docs/adr/0196. Runs behind security and
 * before bodies are read; what security refuses for want of a token is counted by address before the refusal is written.
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

    /**
     * @param who within the quota
     * @param shared whether all replicas count it together
     */
    private record Count(Quota quota, String who, boolean shared) {}

    /** What came of one count: whether it was granted, what is left, and in how many seconds all (or enough, if not) is back. */
    private record Counted(Quota quota, boolean granted, long left, long seconds) {

        String header() {
            return "\"%s\";r=%d;t=%d".formatted(quota.name(), left, seconds);
        }
    }

    private static final String COUNTS = RequestLimits.class.getName() + ".counts";

    private static final int REMEMBERED_CALLERS = 50_000;

    /** In microseconds. */
    private static final long SECOND = 1_000_000;

    private static final String PUBLIC = "/api/v1/public/";

    /** Asked by what watches a replica, which has to hear of a database that does not answer. */
    private static final Set<String> PROBES = Set.of("/api/health", "/api/readiness");

    private final Quota account;
    private final Quota open;
    private final Quota programs;
    private final SharedQuotas shared;
    private final InstantSource time;
    private final ProgramRequests programRequests;
    private final ProblemResponses problems;
    private final Counter refused;
    private final Cache<String, Allowance> allowances = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    @Autowired
    RequestLimits(
            Settings settings,
            SharedQuotas shared,
            ProgramRequests programRequests,
            ProblemResponses problems,
            MeterRegistry metrics) {
        this(settings, shared, programRequests, problems, metrics, InstantSource.system());
    }

    /** @param time not the clock of records, which tests stop: a quota comes back as real time goes by */
    RequestLimits(
            Settings settings,
            SharedQuotas shared,
            ProgramRequests programRequests,
            ProblemResponses problems,
            MeterRegistry metrics,
            InstantSource time) {
        this.programRequests = programRequests;
        this.account = new Quota("default", settings.burst(), settings.perMinute());
        this.open = new Quota("public", settings.publicPerMinute(), settings.publicPerMinute());
        this.programs = new Quota("programs", settings.programsPerMinute(), settings.programsPerMinute());
        this.shared = shared;
        this.time = time;
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
        request.setAttribute(COUNTS, counts);
        response.setHeader(
                "RateLimit-Policy",
                counts.stream().map(count -> count.quota().header()).collect(Collectors.joining(", ")));
        long wait = count(counts, 1, response);
        if (wait > 0) {
            problems.write(request, response, Problem.TOO_MANY_REQUESTS, "Repeat it after %d s".formatted(wait));
        }
        return wait == 0;
    }

    /**
     * Counts a request that was granted for as many as its operation costs; for a whole quota at most.
     *
     * @throws app.recado.kernel.ProblemException {@code too-many-requests}
     */
    void charge(HttpServletRequest request, HttpServletResponse response, int cost) {
        if (request.getAttribute(COUNTS) instanceof List<?> counts) {
            long wait = count(counts.stream().map(Count.class::cast).toList(), cost - 1, response);
            if (wait > 0) {
                throw Problem.TOO_MANY_REQUESTS.because(
                        "It counts for %d requests: repeat it after %d s".formatted(cost, wait));
            }
        }
    }

    /** @return after how many seconds to repeat it; 0 when it is granted */
    private long count(List<Count> counts, int cost, HttpServletResponse response) {
        var now = time.instant().truncatedTo(ChronoUnit.MICROS);
        var left = new ArrayList<String>();
        for (var count : counts) {
            var counted = allowances
                    .get(count.quota().name() + " " + count.who(), key -> new Allowance(count))
                    .take(Math.min(cost, Math.max(1, count.quota().burst() - 1)), now);
            if (!counted.granted()) {
                refused.increment();
                response.setHeader("RateLimit", counted.header());
                response.setHeader("Retry-After", String.valueOf(counted.seconds()));
                return counted.seconds();
            }
            left.add(counted.header());
        }
        response.setHeader("RateLimit", String.join(", ", left));
        return 0;
    }

    /** What a request is counted under: the account or the address, and of an API client the clinic too. */
    private List<Count> countsOf(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token)) {
            var network = CallerNetwork.of(request.getRemoteAddr());
            return List.of(
                    PROBES.contains(path)
                            ? new Count(account, "probe " + network, false)
                            : new Count(path.startsWith(PUBLIC) ? open : account, "address " + network, true));
        }
        var counts = new ArrayList<Count>();
        counts.add(new Count(account, "subject " + token.getToken().getSubject(), true));
        // Of a clinic that the client belongs to: nobody uses up what another clinic's programs may ask.
        var clinic = programRequests.clinicOf(request);
        if (clinic != null) {
            counts.add(new Count(programs, clinic.toString(), true));
        }
        return counts;
    }

    /** What this process may still grant one caller. */
    private final class Allowance {

        private final Count count;

        /** Taken and not used yet. */
        private int granted;

        /** Lent and used, and not yet taken from what is shared. */
        private int owed;

        private boolean lending = true;

        /** Of what is shared, as last heard. */
        private Instant spentUntil = Instant.EPOCH;

        Allowance(Count count) {
            this.count = count;
        }

        /** One request at a time: those of one caller that come while what is shared is asked wait for its answer. */
        synchronized Counted take(int cost, Instant now) {
            var quota = count.quota();
            if (lending && owed + cost <= quota.batch()) {
                owed += cost;
                return counted(true, now, 0);
            }
            if (granted < cost && (lending || quota.left(spentUntil, now) > 0)) {
                ask(Math.max(quota.batch(), cost - granted), now);
            }
            if (granted < cost) {
                return counted(false, now, cost);
            }
            granted -= cost;
            return counted(true, now, 0);
        }

        private void ask(int wanted, Instant now) {
            var quota = count.quota();
            var taken = count.shared() ? shared.take(quota, count.who(), owed, wanted, now) : null;
            if (taken == null) {
                taken = quota.take(spentUntil, owed, wanted, now);
            }
            lending = false;
            owed = 0;
            granted += taken.given();
            spentUntil = taken.spentUntil();
        }

        private Counted counted(boolean granted, Instant now, int needed) {
            var quota = count.quota();
            long left = Math.clamp(Math.max(0, quota.left(spentUntil, now) - owed) + this.granted, 0, quota.burst());
            long back = quota.spent(spentUntil, now) + (owed - this.granted) * quota.each();
            if (!granted) {
                back -= (quota.burst() - needed) * quota.each();
            }
            return new Counted(quota, granted, granted ? left : 0, Math.max(1, Math.ceilDiv(back, SECOND)));
        }
    }
}
