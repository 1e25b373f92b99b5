package app.recado.kernel.retention;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.media.Media;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what is older than the settings say, a batch a transaction, so that nobody waits for it; and bytes in the media
 * store that no record names. A clinic under a legal hold keeps everything.
 */
@Component
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** So that a clinic with years to delete leaves others their turn; the rest goes next time. */
    private static final int BATCHES_A_TURN = 200;

    /** An upload or a download may lie in the store for a while before a record names it. */
    private static final Duration ORPHAN_AGE = Duration.ofDays(30);

    private static final int KEYS_AT_ONCE = 500;

    private final RetentionSettings settings;
    private final List<Retained> kinds;
    private final List<RetainedMonths> months;
    private final List<KnownMedia> known;
    private final RetentionHolds holds;
    private final Media media;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    Retention(
            RetentionSettings settings,
            List<Retained> kinds,
            List<RetainedMonths> months,
            List<KnownMedia> known,
            RetentionHolds holds,
            Media media,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.settings = settings;
        this.kinds = kinds.stream()
                .sorted(Comparator.comparingInt(Retained::order).thenComparing(Retained::name))
                .toList();
        this.months = months;
        this.known = known;
        this.holds = holds;
        this.media = media;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Deletes what is too old now. */
    public void deleteOld() {
        months.forEach(this::deleteMonths);
        for (var organization : holds.withoutHold()) {
            CurrentOrganization.run(organization, () -> kinds.forEach(kind -> deleteOld(organization, kind)));
        }
    }

    /** Somebody may read one just now, for long: it goes next time then, and keeps nothing else from going. */
    private void deleteMonths(RetainedMonths kind) {
        for (var month : kind.over(settings.limit(kind.term(), clock.instant()))) {
            try {
                boolean gone = CurrentOrganization.get(
                        CurrentOrganization.PLATFORM,
                        () -> Boolean.TRUE.equals(transaction.execute(status -> {
                            boolean may = holds.mayDeleteOfAll();
                            if (may) {
                                kind.remove(month);
                            }
                            return may;
                        })));
                if (gone) {
                    LOG.info("{} of all organizations were too old and are deleted: {}", kind.name(), month);
                }
            } catch (DataAccessException e) {
                LOG.warn(
                        "{} of {} could not be deleted now: {}",
                        kind.name(),
                        month,
                        e.getClass().getName());
            }
        }
    }

    private void deleteOld(UUID organization, Retained kind) {
        var limit = settings.limit(kind.term(), clock.instant());
        int gone = 0;
        for (int i = 0; i < BATCHES_A_TURN; i++) {
            int removed = batch(kind, limit);
            gone += removed;
            if (removed < settings.batch()) {
                break;
            }
        }
        if (gone > 0) {
            metrics.counter("recado.retention.deleted", "kind", kind.name()).increment(gone);
            LOG.info("{} {} of organization {} were too old and are deleted", gone, kind.name(), organization);
        }
    }

    private int batch(Retained kind, Instant limit) {
        var removed = Objects.requireNonNull(transaction.execute(
                status -> holds.mayDelete() ? kind.remove(limit, settings.batch()) : Retained.Removed.records(0)));
        // After the commit: bytes that are left behind by a crash are found as orphans, the other way round they would
        // be missed.
        removed.mediaKeys().forEach(media::delete);
        return removed.records();
    }

    /** Deletes objects in the media store that no record names. */
    public void deleteOrphans() {
        for (var organization : holds.withoutHold()) {
            CurrentOrganization.run(organization, () -> deleteOrphansOf(organization));
        }
    }

    private void deleteOrphansOf(UUID organization) {
        // The last month of which every object is old enough.
        var last = YearMonth.from(clock.instant().minus(ORPHAN_AGE).atOffset(ZoneOffset.UTC))
                .minusMonths(1);
        int gone = 0;
        for (var keys : media.keysUntil(last, KEYS_AT_ONCE)) {
            var orphans = new HashSet<>(keys);
            boolean may = Boolean.TRUE.equals(transaction.execute(status -> {
                known.forEach(records -> orphans.removeAll(records.known(keys)));
                return holds.mayDelete();
            }));
            if (may) {
                orphans.forEach(media::delete);
                gone += orphans.size();
            }
        }
        if (gone > 0) {
            metrics.counter("recado.retention.deleted", "kind", "orphaned-media")
                    .increment(gone);
            LOG.info("{} objects of organization {} were named by no record and are deleted", gone, organization);
        }
    }
}
