package app.recado.kernel.work;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which process works for which key: a row for each key, leased by one process at a time, so that what belongs to a key
 * (a conversation's messages, a duty) is done in its order and a busy or slow key delays no other. A process that dies
 * loses its keys when their leases end. The worker's role sees ids and times here, never a text or a number.
 *
 * @param <K> what is leased
 */
public final class LeaseTable<K> {

    /**
     * Where leases stand. All names are ours: they become part of statements.
     *
     * @param name of the table, with {@code leased_by, leased_until, not_before, failures, last_turn_at}
     * @param key its primary key's columns
     * @param values the values of a key, in the order of the columns
     * @param lease for how long a key is taken
     */
    public record Table<K>(String name, List<String> key, Function<K, List<?>> values, Duration lease) {}

    private final Table<K> table;
    private final WorkerDatabase worker;
    private final Clock clock;
    private final UUID process = UUID.randomUUID();

    public LeaseTable(Table<K> table, WorkerDatabase worker, Clock clock) {
        this.table = table;
        this.worker = worker;
        this.clock = clock;
    }

    /** Takes a key for the length of its lease; false when anybody has it, this process included. */
    public boolean lease(K key) {
        return take(key, "");
    }

    /** Takes a key, or keeps one that this process has, for another length of its lease. */
    public boolean keep(K key) {
        return take(key, " or %s.leased_by = excluded.leased_by".formatted(table.name()));
    }

    private boolean take(K key, String unless) {
        var now = SqlTime.at(clock.instant());
        var until = SqlTime.at(clock.instant().plus(table.lease()));
        var sql = """
                insert into %1$s (%2$s, leased_by, leased_until, last_turn_at) values (%3$s, ?, ?, ?)
                on conflict (%2$s) do update
                   set leased_by = excluded.leased_by, leased_until = excluded.leased_until,
                       last_turn_at = excluded.last_turn_at
                 where %1$s.leased_until is null or %1$s.leased_until <= ?%4$s
                """.formatted(table.name(), columns("%s", ", "), marks(), unless);
        return statement(sql, values(key, process, until, now, now)).update() == 1;
    }

    /** Gives a key back; nothing happens when another process has it. */
    public void release(K key) {
        statement(
                        "update %s set leased_until = null, failures = 0 where %s and leased_by = ?"
                                .formatted(table.name(), columns("%s = ?", " and ")),
                        values(key, process))
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, List<@Nullable Object> params) {
        return worker.jdbc().sql(sql).params(params);
    }

    private String columns(String each, String between) {
        return String.join(between, table.key().stream().map(each::formatted).toList());
    }

    private String marks() {
        return String.join(", ", Collections.nCopies(table.key().size(), "?"));
    }

    private List<@Nullable Object> values(K key, @Nullable Object... more) {
        var params = new ArrayList<@Nullable Object>(table.values().apply(key));
        params.addAll(Arrays.asList(more));
        return params;
    }
}
