package app.recado.calendars;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.scheduling.PractitionerCalendar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The addresses at which calendar programs read a practitioner's visits, and what stands there. */
@Service
class CalendarFeeds {

    private static final String KIND = "calendar-feed";

    /** How far a calendar looks back and ahead. */
    private static final Duration BEHIND = Duration.ofDays(30);

    private static final Duration AHEAD = Duration.ofDays(180);

    /** Programs ask every few minutes; that they do is written down more seldom. */
    private static final Duration NOTED = Duration.ofHours(1);

    private static final int MOST_OF_A_PRACTITIONER = 10;

    private final JdbcClient jdbc;
    private final Cursors seals;
    private final PractitionerCalendar agenda;
    private final Clock clock;

    CalendarFeeds(JdbcClient jdbc, Cursors seals, PractitionerCalendar agenda, Clock clock) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.agenda = agenda;
        this.clock = clock;
    }

    /**
     * An address.
     *
     * @param patientNames whether the calendar says who comes
     * @param readAt when a program last read it, within an hour; null while none did
     */
    record Feed(
            UUID id,
            UUID practitionerId,
            boolean patientNames,
            Instant createdAt,
            @Nullable Instant readAt) {}

    /**
     * What stands at an address.
     *
     * @param name whose visits they are
     * @param patientNames whether they say who comes
     */
    record Content(String name, boolean patientNames, List<PractitionerCalendar.Visit> visits) {}

    /** The oldest first. */
    @Transactional(readOnly = true)
    public List<Feed> all() {
        return jdbc.sql("select * from calendar_feed where organization_id = ? order by created_at, id")
                .param(CurrentOrganization.id())
                .query((row, n) -> read(row))
                .list();
    }

    /** @throws ProblemException {@code practitioner-unknown}, {@code invalid-fields} when they have ten already */
    @Transactional
    public Feed create(UUID practitionerId, boolean patientNames) {
        if (agenda.nameOf(practitionerId).isEmpty()) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "unknown-value", "Choose one of the clinic's practitioners");
        }
        var theirs = all().stream()
                .filter(feed -> feed.practitionerId().equals(practitionerId))
                .count();
        if (theirs >= MOST_OF_A_PRACTITIONER) {
            throw Problem.INVALID_FIELDS.at(
                    "/practitionerId",
                    "out-of-range",
                    "A practitioner has at most %d calendar addresses: take one back"
                            .formatted(MOST_OF_A_PRACTITIONER));
        }
        var feed = new Feed(Ids.next(), practitionerId, patientNames, clock.instant(), null);
        jdbc.sql("""
                        insert into calendar_feed (organization_id, id, practitioner_id, patient_names, created_at, created_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        feed.id(),
                        practitionerId,
                        patientNames,
                        SqlTime.at(feed.createdAt()),
                        Caller.current().subject())
                .update();
        return feed;
    }

    /** The address counts no more from now on.
     *
     * @throws ProblemException {@code not-found} */
    @Transactional
    public void revoke(UUID id) {
        int gone = jdbc.sql("delete from calendar_feed where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        if (gone == 0) {
            throw unknown();
        }
    }

    /** What is sealed into its address: nobody can make one, and another clinic's opens nothing here. */
    String tokenOf(Feed feed) {
        return seals.seal(KIND, feed.id().toString());
    }

    /**
     * What stands at an address now.
     *
     * @throws ProblemException {@code not-found} for an address that was never handed out or was taken back, and
     *     while the clinic is suspended
     */
    @Transactional
    public Content read(String token) {
        var id = opened(token);
        var feed = jdbc.sql("""
                        select f.* from calendar_feed f join organization o on o.id = f.organization_id
                         where f.organization_id = ? and f.id = ? and o.state = 'active'
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(CalendarFeeds::unknown);
        var now = clock.instant();
        jdbc.sql("""
                        update calendar_feed set read_at = :now
                         where organization_id = :org and id = :id and (read_at is null or read_at < :noted)
                        """)
                .param("now", SqlTime.at(now))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("noted", SqlTime.at(now.minus(NOTED)))
                .update();
        return new Content(
                agenda.nameOf(feed.practitionerId()).orElseThrow(CalendarFeeds::unknown),
                feed.patientNames(),
                agenda.visits(feed.practitionerId(), now.minus(BEHIND), now.plus(AHEAD)));
    }

    private UUID opened(String token) {
        try {
            return UUID.fromString(
                    Objects.requireNonNull(seals.open(KIND, token)).getFirst());
        } catch (ProblemException unknown) {
            throw unknown();
        }
    }

    /** The same answer for an address that is nobody's and for one that is not served now. */
    static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no calendar at this address");
    }

    private static Feed read(ResultSet row) throws SQLException {
        return new Feed(
                row.getObject("id", UUID.class),
                row.getObject("practitioner_id", UUID.class),
                row.getBoolean("patient_names"),
                SqlTime.instant(row, "created_at"),
                SqlTime.instantOrNull(row, "read_at"));
    }
}
