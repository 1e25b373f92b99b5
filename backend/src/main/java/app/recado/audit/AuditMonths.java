package app.recado.audit;

import app.recado.kernel.retention.Retained;
import app.recado.kernel.retention.RetainedMonths;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The trail lies in months, by UTC: made ahead of time, and let go as a whole, which costs nothing however much is in them.
 * Whoever serves owns no table and may do just these two things, by functions of the database. docs/adr/0200.
 */
@Component
class AuditMonths implements RetainedMonths {

    /** This one and the next five: an installation whose jobs stand still for a quarter notices nothing. */
    private static final int MADE = 6;

    private static final Pattern MONTH = Pattern.compile("audit_entry_(until_)?(\\d{4}_\\d{2})");
    private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("uuuu_MM");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AuditMonths(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** When the month of an instant began. */
    static Instant beginning(Instant at) {
        return monthOf(at).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static YearMonth monthOf(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    /** Makes the months ahead that are not there yet. */
    void make() {
        transaction.executeWithoutResult(status -> jdbc.sql("select make_audit_months(?, ?)")
                .params(monthOf(clock.instant()).atDay(1), MADE)
                .query(Integer.class)
                .single());
    }

    @Override
    public String name() {
        return "audit-entries";
    }

    @Override
    public Retained.Term term() {
        return Retained.Term.AUDIT;
    }

    @Override
    public List<String> over(Instant olderThan) {
        return jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = to_regclass('recado.audit_entry') order by c.relname
                        """).query((row, n) -> Objects.requireNonNull(row.getString("relname"))).list().stream()
                .filter(part -> isOver(part, monthOf(olderThan)))
                .toList();
    }

    /** Whether nothing in it is of that month or a later one. */
    private static boolean isOver(String part, YearMonth limit) {
        var named = MONTH.matcher(part);
        if (!named.matches()) {
            return false;
        }
        var month = YearMonth.parse(named.group(2), NAMED);
        return named.group(1) == null ? month.isBefore(limit) : !month.isAfter(limit);
    }

    @Override
    public void remove(String month) {
        jdbc.sql("select drop_audit_month(?)")
                .param(month)
                .query((row, n) -> month)
                .single();
    }
}
