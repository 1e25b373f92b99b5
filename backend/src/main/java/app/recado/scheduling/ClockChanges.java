package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds visits ahead whose wall clock no longer shows the hour they were booked for, because a country changed its rules and
 * the time zone data of this process knows it. Nobody can say for the clinic what is right then: staff keep the hour or the
 * moment.
 */
@Service
class ClockChanges {

    /** More are as many phone calls; the next ones are shown when these are decided. */
    private static final int SHOWN = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ClockChanges.class);

    private final OrganizationProfiles organizations;
    private final Agenda agenda;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ClockChanges(
            OrganizationProfiles organizations,
            Agenda agenda,
            JdbcClient jdbc,
            LiveHints hints,
            TransactionTemplate transaction,
            Clock clock) {
        this.organizations = organizations;
        this.agenda = agenda;
        this.jdbc = jdbc;
        this.hints = hints;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A visit whose hour is no longer the one it was booked for.
     *
     * @param booked the hour of the wall clock it was booked for
     */
    record Changed(AppointmentView visit, LocalDateTime booked) {}

    /** Looks at the visits ahead of all organizations. */
    void look() {
        var all = CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> Objects.requireNonNull(
                        transaction.execute(status -> organizations.names().keySet())));
        for (var organization : all) {
            CurrentOrganization.run(organization, () -> transaction.executeWithoutResult(status -> mark()));
        }
    }

    private record Ahead(UUID id, boolean marked, boolean changed) {}

    private void mark() {
        var differ = jdbc
                .sql("""
                        select id, starts_at, starts_local, time_zone, clocks_changed from appointment
                         where organization_id = ? and starts_at > ? and starts_local is not null
                           and status in ('pending', 'booked')
                        """)
                .params(CurrentOrganization.id(), Rows.bound(clock.instant()))
                .query((row, n) -> new Ahead(
                        Rows.id(row, "id"),
                        row.getBoolean("clocks_changed"),
                        !LocalDateTime.ofInstant(Rows.instant(row, "starts_at"), ZoneId.of(row.getString("time_zone")))
                                .equals(row.getObject("starts_local", LocalDateTime.class))))
                .list()
                .stream()
                .filter(visit -> visit.marked() != visit.changed())
                .toList();
        var changed = differ.stream().filter(Ahead::changed).toList();
        store(true, changed);
        store(false, differ.stream().filter(Ahead::marked).toList());
        if (!changed.isEmpty()) {
            LOG.warn("Clocks changed under {} visits of organization {}", changed.size(), CurrentOrganization.id());
        }
    }

    private void store(boolean changed, List<Ahead> visits) {
        if (visits.isEmpty()) {
            return;
        }
        var ids = visits.stream().map(Ahead::id).toArray(UUID[]::new);
        jdbc.sql(
                        "update appointment set clocks_changed = ?, version = version + 1 where organization_id = ? and id = any(?)")
                .params(changed, CurrentOrganization.id(), ids)
                .update();
        visits.forEach(visit -> hints.changed(LiveHints.Kind.APPOINTMENT, visit.id()));
    }

    /** Visits ahead that wait for a decision, by start; the first 200. */
    @Transactional(readOnly = true)
    public List<Changed> list() {
        var booked = new ArrayList<Map.Entry<UUID, LocalDateTime>>();
        jdbc.sql("""
                        select id, starts_local from appointment
                         where organization_id = ? and clocks_changed and starts_at > ? and status in ('pending', 'booked')
                         order by starts_at, id limit %d
                        """.formatted(SHOWN))
                .params(CurrentOrganization.id(), Rows.bound(clock.instant()))
                .query(row -> {
                    booked.add(Map.entry(Rows.id(row, "id"), row.getObject("starts_local", LocalDateTime.class)));
                });
        var hours = booked.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return agenda.all(hours.keySet()).stream()
                .map(visit -> new Changed(visit, Objects.requireNonNull(hours.get(visit.id()))))
                .toList();
    }
}
