package app.recado.booking;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.web.CallerNetwork;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * How often the booking page may be used: by network address in this process, by phone and by clinic across all. Each
 * refusal is {@code too-many-requests} with {@code RateLimit} and {@code Retry-After} headers, the same for patients and
 * strangers.
 */
@Component
class BookingLimits {

    private static final Duration HOLDS_WINDOW = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int REMEMBERED = 50_000;

    private final BookingSettings settings;
    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(HOUR)
            .build();

    BookingLimits(BookingSettings settings, JdbcClient jdbc, MeterRegistry metrics, Clock clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Counts a time that an address wants to hold. @throws app.recado.kernel.ProblemException {@code too-many-requests} */
    void holdBy(String address) {
        count("booking-hold", address, settings.holdsPerAddress(), HOLDS_WINDOW);
    }

    /** Counts a code that an address asks for. @throws app.recado.kernel.ProblemException {@code too-many-requests} */
    void codeBy(String address) {
        count("booking-code", address, settings.codesPerAddress(), HOUR);
    }

    /** Counts a look at a pre-registration, or an answer. @throws app.recado.kernel.ProblemException {@code too-many-requests} */
    void preregistrationBy(String address) {
        count("preregistration", address, settings.preregistrationsPerAddress(), HOUR);
    }

    private void count(String policy, String address, int capacity, Duration window) {
        var bucket = buckets.get(policy + " " + CallerNetwork.of(address), key -> bucket(capacity, window));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw tooMany(
                    policy, capacity, window, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
        }
    }

    /** Refuses a code that would be one too many for its phone or for the clinic. Needs an open transaction. */
    void codeTo(String phone) {
        var now = clock.instant();
        refuseFrom("booking-phone", settings.codesPerPhone(), DAY, now, phone);
        refuseFrom("booking-clinic", settings.codesPerClinic(), HOUR, now, null);
    }

    private void refuseFrom(String policy, int most, Duration window, Instant now, @Nullable String phone) {
        var sent = jdbc.sql("""
                        select sent_at from booking_code
                         where organization_id = :org and sent_at > :since
                           and (cast(:phone as text) is null or phone = :phone)
                         order by sent_at desc limit %d
                        """.formatted(most))
                .param("org", CurrentOrganization.id())
                .param("since", SqlTime.at(now.minus(window)))
                .param("phone", phone)
                .query((row, n) -> SqlTime.instant(row, "sent_at"))
                .list();
        if (sent.size() >= most) {
            var free = Duration.between(now, sent.getLast().plus(window));
            throw tooMany(policy, most, window, Math.max(1, free.toSeconds()));
        }
    }

    /** Refuses a hold while the clinic has as many as it takes. */
    void holdsAtOnce(int live) {
        if (live >= settings.holdsPerClinic()) {
            throw tooMany("booking-clinic-holds", settings.holdsPerClinic(), HOLDS_WINDOW, HOLDS_WINDOW.toSeconds());
        }
    }

    /** Refuses a visit while as many lie ahead as one phone may have. */
    void visitsAhead(int ahead) {
        if (ahead >= settings.visitsPerPhone()) {
            throw tooMany("booking-visits", settings.visitsPerPhone(), DAY, DAY.toSeconds());
        }
    }

    RuntimeException tooMany(String policy, int most, Duration window, long wait) {
        metrics.counter("recado.booking.limited", "limit", policy).increment();
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getResponse() != null) {
            var response = request.getResponse();
            response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, most, window.toSeconds()));
            response.setHeader("RateLimit", "\"%s\";r=0;t=%d".formatted(policy, wait));
            response.setHeader("Retry-After", String.valueOf(wait));
        }
        return Problem.TOO_MANY_REQUESTS.because("Repeat it after %d s".formatted(wait));
    }

    private static Bucket bucket(int capacity, Duration window) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(capacity)
                        .refillGreedy(capacity, window)
                        .build())
                .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
                .build();
    }
}
