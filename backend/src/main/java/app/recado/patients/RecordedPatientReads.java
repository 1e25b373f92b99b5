package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.LoggedFailure;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes reads down: one statement in a transaction of its own for all patients of an answer, and none for what this
 * process knows to be written. The database refuses to change a row, and to delete one of the last half year.
 */
@Component
class RecordedPatientReads implements PatientReads {

    /** Within which looking again counts as the same look; begins with the hour, which no time zone breaks. */
    static final Duration PERIOD = Duration.ofMinutes(15);

    /** Reads of the last minutes; one that is forgotten is refused by the key of the table. */
    private static final int REMEMBERED = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordedPatientReads.class);

    /**
     * The commit does not wait for the disk: a crash of the database may lose the last fraction of a second, a crash of
     * Recado nothing.
     */
    private static final String INSERT = """
            with unhurried as (select set_config('synchronous_commit', 'off', true))
            insert into patient_read (organization_id, patient_id, period, reader, part, read_at, reader_name)
            select ?, patient, ?, ?, ?, ?, cast(? as text) from unnest(?) as patient, unhurried
            on conflict do nothing
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Cache<Read, Instant> recorded =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    RecordedPatientReads(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
        for (var part : PatientPart.values()) {
            metrics.counter("recado.patients.reads.lost", "part", part.wireName()); // there before the first is lost
        }
    }

    private record Read(UUID organization, String reader, PatientPart part, UUID patient) {}

    /** The beginning of the quarter of an hour. */
    static Instant periodOf(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond() - Math.floorMod(at.getEpochSecond(), PERIOD.toSeconds()));
    }

    @Override
    public void shown(PatientPart part, Collection<UUID> patients) {
        var now = clock.instant();
        var period = periodOf(now);
        var caller = Caller.current();
        var organization = CurrentOrganization.id();
        // Sorted: two requests of one person that write the same rows wait for each other instead of deadlocking.
        var fresh = patients.stream()
                .distinct()
                .map(patient -> new Read(organization, caller.subject(), part, patient))
                .filter(read -> !period.equals(recorded.getIfPresent(read)))
                .sorted(Comparator.comparing(Read::patient))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> {
                insert(fresh, caller, period, now);
                events.publishEvent(
                        new PatientsRead(part, fresh.stream().map(Read::patient).toList()));
            });
            fresh.forEach(read -> recorded.put(read, period));
        } catch (DataAccessException | TransactionException e) {
            metrics.counter("recado.patients.reads.lost", "part", part.wireName())
                    .increment(fresh.size());
            LOG.error(
                    "{} reads of {} by {} could not be recorded",
                    fresh.size(),
                    part.wireName(),
                    caller.subject(),
                    new LoggedFailure(e));
        }
    }

    private void insert(List<Read> reads, Caller caller, Instant period, Instant now) {
        var first = reads.getFirst();
        jdbc.sql(INSERT)
                .params(
                        first.organization(),
                        SqlTime.at(period),
                        first.reader(),
                        first.part().wireName(),
                        SqlTime.at(now))
                .param(caller.name())
                .param(reads.stream().map(Read::patient).toArray(UUID[]::new))
                .update();
    }
}
