package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Ids;
import app.recado.kernel.Page;
import app.recado.kernel.SqlTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What programs asked of the API, for whoever writes them. Noted after the answer has left and written a little later, many at
 * once, in a thread of its own: no program waits for it, and it belongs to no request, so that it is no entry of the audit trail
 * either. What cannot be written is lost and counted; the audit trail is where nothing may be.
 */
@Component
class ApiRequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(ApiRequestLog.class);

    private static final String LIST = "api-requests";
    private static final int WAITING = 10_000;
    private static final int AT_ONCE = 500;

    private final BlockingQueue<Noted> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ReentrantLock turn = new ReentrantLock();
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Cursors cursors;
    private final Clock clock;
    private final Counter lost;

    ApiRequestLog(
            JdbcClient jdbc, TransactionTemplate transaction, Cursors cursors, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.cursors = cursors;
        this.clock = clock;
        this.lost = metrics.counter("recado.api.requests.unlogged");
    }

    /**
     * A request that was answered.
     *
     * @param oauthClient the key that asked
     * @param operation its id in the API's document; null for an address that there is not, or when it was refused before
     * @param problem the code of the refusal; null without one
     * @param skipped requests of the same kind before it that were not noted
     */
    record Noted(
            UUID organization,
            String oauthClient,
            Instant at,
            String method,
            @Nullable String operation,
            int status,
            @Nullable String problem,
            int millis,
            String address,
            String traceId,
            int skipped) {}

    /** As it is shown. @param clientId null when its key is gone */
    record Logged(
            UUID id,
            Instant at,
            @Nullable UUID clientId,
            String method,
            @Nullable String operation,
            int status,
            @Nullable String problem,
            int millis,
            String address,
            String traceId,
            int skipped) {}

    /**
     * How much a program asked in the last 24 hours.
     *
     * @param lastMinute requests of the last minute
     * @param refused answered with a status from 400 to 499, those that came too often included
     * @param limited of these, because they came too often
     * @param failed answered with a status from 500 on
     */
    record Use(@Nullable UUID clientId, long lastMinute, long requests, long refused, long limited, long failed) {}

    /** Notes a request; takes no time. */
    void note(Noted request) {
        if (!waiting.offer(request)) {
            lost.increment();
            return;
        }
        write();
    }

    /** One thread at a time; whoever notes something while it ends begins the next. */
    private void write() {
        if (writing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("api-request-log").start(() -> {
                try {
                    flush();
                } finally {
                    writing.set(false);
                }
                if (!waiting.isEmpty()) {
                    write();
                }
            });
        }
    }

    /** Writes what was noted until now, and returns when it is written. */
    void flush() {
        turn.lock();
        try {
            var some = new ArrayList<Noted>();
            while (waiting.drainTo(some, AT_ONCE) > 0) {
                some.stream()
                        .collect(Collectors.groupingBy(Noted::organization))
                        .forEach(this::write);
                some.clear();
            }
        } finally {
            turn.unlock();
        }
    }

    private void write(UUID organization, List<Noted> requests) {
        try {
            CurrentOrganization.run(
                    organization, () -> transaction.executeWithoutResult(status -> requests.forEach(this::insert)));
        } catch (DataAccessException | TransactionException e) {
            lost.increment(requests.size());
            LOG.warn(
                    "{} requests of programs were not logged: {}",
                    requests.size(),
                    e.getClass().getSimpleName());
        }
    }

    private void insert(Noted request) {
        jdbc.sql("""
                        insert into api_request (organization_id, id, at, api_client_id, method, operation, status, problem, millis,
                                                 address, trace_id, skipped)
                        values (:org, :id, :at,
                                (select api_client_id from api_client_key
                                  where organization_id = :org and oauth_client = :key),
                                :method, :operation, :status, :problem, :millis, :address, :trace, :skipped)
                        """)
                .param("org", request.organization())
                .param("id", Ids.next())
                .param("at", SqlTime.at(request.at()))
                .param("key", request.oauthClient())
                .param("method", request.method())
                .param("operation", request.operation(), Types.VARCHAR)
                .param("status", request.status())
                .param("problem", request.problem(), Types.VARCHAR)
                .param("millis", request.millis())
                .param("address", request.address())
                .param("trace", request.traceId())
                .param("skipped", request.skipped())
                .update();
    }

    /**
     * The latest first.
     *
     * @param clientId only of this one; null for all
     * @param refusedOnly only what was answered with a status from 400 on
     * @throws app.recado.kernel.ProblemException {@code invalid-cursor}
     */
    @Transactional(readOnly = true)
    public Page<Logged> list(@Nullable UUID clientId, boolean refusedOnly, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = jdbc.sql("""
                        select * from api_request
                         where organization_id = :org
                           and (cast(:client as uuid) is null or api_client_id = cast(:client as uuid))
                           and (not :refused or status >= 400)
                           and (cast(:at as timestamptz) is null
                                or (at, id) < (cast(:at as timestamptz), cast(:id as uuid)))
                         order by at desc, id desc limit :rows
                        """)
                .param("org", CurrentOrganization.id())
                .param("client", clientId == null ? null : clientId.toString(), Types.VARCHAR)
                .param("refused", refusedOnly)
                .param("at", after == null ? null : after.get(0), Types.VARCHAR)
                .param("id", after == null ? null : after.get(1), Types.VARCHAR)
                .param("rows", limit + 1)
                .query((row, n) -> read(row))
                .list();
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(LIST, last.at().toString(), last.id().toString()));
    }

    /** Of the last 24 hours, by program; whoever asked nothing is not among them. */
    @Transactional(readOnly = true)
    public List<Use> use() {
        var now = clock.instant();
        return jdbc.sql("""
                        select api_client_id,
                               coalesce(sum(1 + skipped) filter (where at > :minute), 0) as last_minute,
                               sum(1 + skipped) as requests,
                               coalesce(sum(1 + skipped) filter (where status between 400 and 499), 0) as refused,
                               coalesce(sum(1 + skipped) filter (where status = 429), 0) as limited,
                               coalesce(sum(1 + skipped) filter (where status >= 500), 0) as failed
                          from api_request
                         where organization_id = :org and at > :day
                         group by api_client_id order by requests desc, api_client_id
                        """)
                .param("org", CurrentOrganization.id())
                .param("minute", SqlTime.at(now.minus(Duration.ofMinutes(1))))
                .param("day", SqlTime.at(now.minus(Duration.ofDays(1))))
                .query((row, n) -> new Use(
                        row.getObject("api_client_id", UUID.class),
                        row.getLong("last_minute"),
                        row.getLong("requests"),
                        row.getLong("refused"),
                        row.getLong("limited"),
                        row.getLong("failed")))
                .list();
    }

    private static Logged read(ResultSet row) throws SQLException {
        return new Logged(
                row.getObject("id", UUID.class),
                SqlTime.instant(row, "at"),
                row.getObject("api_client_id", UUID.class),
                Objects.requireNonNull(row.getString("method")),
                row.getString("operation"),
                row.getInt("status"),
                row.getString("problem"),
                row.getInt("millis"),
                Objects.requireNonNull(row.getString("address")),
                Objects.requireNonNull(row.getString("trace_id")),
                row.getInt("skipped"));
    }
}
