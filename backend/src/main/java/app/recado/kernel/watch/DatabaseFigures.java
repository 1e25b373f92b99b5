package app.recado.kernel.watch;

import app.recado.kernel.tenancy.WorkerDatabase;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What PostgreSQL says of itself to anybody who is connected: room, connections, locks, what comes from memory, and whether
 * the write-ahead log is archived. It needs no right beyond connecting, so the same dashboard and the same alarms work where
 * no exporter stands beside the server, as with most managed ones.
 */
@Component
class DatabaseFigures {

    /**
     * @param connections of all databases of the server, and how many it allows
     * @param transactionIds how many were used since the oldest that is still kept; the server stops writing near 2 billion
     * @param locksWaiting requests for a lock that somebody else holds
     * @param archiving 1 when the write-ahead log is archived
     * @param archivedAgo seconds since the last file was archived, or since counting began; 0 when nothing is archived
     */
    record Database(
            double size,
            double connections,
            double connectionsAllowed,
            double transactionIds,
            double locksWaiting,
            double committed,
            double rolledBack,
            double fromMemory,
            double fromDisk,
            double temporary,
            double deadlocks,
            double archiving,
            double archived,
            double archiveFailures,
            double archivedAgo) {}

    private final WorkerDatabase worker;

    /** Kept here, because the registry holds what it measures weakly. */
    private final Figures<Database> figures;

    /** Counters go on from here while the server does not answer: one that fell would look like a restart. */
    private volatile Database last = new Database(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    DatabaseFigures(WorkerDatabase worker, MeterRegistry metrics) {
        this.worker = worker;
        this.figures = new Figures<>(this::read);
        gauge(metrics, "size", "bytes", "Size of the database", Database::size);
        gauge(metrics, "connections", null, "Connections to the server", Database::connections);
        gauge(metrics, "connections.limit", null, "Connections that the server allows", Database::connectionsAllowed);
        gauge(metrics, "transaction.ids", null, "Transaction numbers since the oldest kept", Database::transactionIds);
        gauge(metrics, "locks.waiting", null, "Requests for a lock that is held by another", Database::locksWaiting);
        gauge(metrics, "archiving", null, "1 when the write-ahead log is archived", Database::archiving);
        gauge(metrics, "archived.age", "seconds", "Since the log was last archived", Database::archivedAgo);
        counter(metrics, "transactions", "outcome", "commit", Database::committed);
        counter(metrics, "transactions", "outcome", "rollback", Database::rolledBack);
        counter(metrics, "blocks", "source", "memory", Database::fromMemory);
        counter(metrics, "blocks", "source", "disk", Database::fromDisk);
        counter(metrics, "archive", "outcome", "archived", Database::archived);
        counter(metrics, "archive", "outcome", "failed", Database::archiveFailures);
        FunctionCounter.builder("recado.postgres.temporary", this, all -> all.counted(Database::temporary))
                .description("Written to temporary files by sorts that did not fit into memory")
                .baseUnit("bytes")
                .register(metrics);
        FunctionCounter.builder("recado.postgres.deadlocks", this, all -> all.counted(Database::deadlocks))
                .description("Transactions that waited for each other in a circle")
                .register(metrics);
    }

    private void gauge(
            MeterRegistry metrics,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Database> value) {
        Gauge.builder("recado.postgres." + name, figures, all -> all.value(value))
                .description(description)
                .baseUnit(unit)
                .register(metrics);
    }

    private void counter(
            MeterRegistry metrics, String name, String label, String labelled, ToDoubleFunction<Database> value) {
        FunctionCounter.builder("recado.postgres." + name, this, all -> all.counted(value))
                .tag(label, labelled)
                .register(metrics);
    }

    private double counted(ToDoubleFunction<Database> value) {
        figures.current().ifPresent(now -> last = now);
        return value.applyAsDouble(last);
    }

    /** As of now. */
    Database read() {
        return worker.jdbc()
                .sql("""
                        select pg_database_size(d.datid) as size,
                               (select sum(numbackends) from pg_stat_database) as connections,
                               current_setting('max_connections')::integer as allowed,
                               age(p.datfrozenxid) as transaction_ids,
                               (select count(*) from pg_locks where not granted) as locks_waiting,
                               d.xact_commit, d.xact_rollback, d.blks_hit, d.blks_read, d.temp_bytes, d.deadlocks,
                               case when current_setting('archive_mode') = 'off' then 0 else 1 end as archiving,
                               a.archived_count, a.failed_count,
                               case when current_setting('archive_mode') = 'off' then 0
                                    else extract(epoch from now() - coalesce(a.last_archived_time, a.stats_reset, now()))
                               end as archived_ago
                          from pg_stat_database d join pg_database p on p.oid = d.datid cross join pg_stat_archiver a
                         where d.datname = current_database()
                        """)
                .query((row, n) -> new Database(
                        row.getDouble("size"),
                        row.getDouble("connections"),
                        row.getDouble("allowed"),
                        row.getDouble("transaction_ids"),
                        row.getDouble("locks_waiting"),
                        row.getDouble("xact_commit"),
                        row.getDouble("xact_rollback"),
                        row.getDouble("blks_hit"),
                        row.getDouble("blks_read"),
                        row.getDouble("temp_bytes"),
                        row.getDouble("deadlocks"),
                        row.getDouble("archiving"),
                        row.getDouble("archived_count"),
                        row.getDouble("failed_count"),
                        row.getDouble("archived_ago")))
                .single();
    }
}
