package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.AutomaticReplies;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What somebody reads who writes something for staff while the clinic is closed: once until it opens again. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ClosedReplies {

    /** What arrives later than this was held up on its way: the clinic may have been open when it was written. */
    private static final Duration FRESH = Duration.ofMinutes(30);

    private final InboxSettings settings;
    private final ReceptionHours hours;
    private final Contacts contacts;
    private final PatientContacts patients;
    private final AutomaticReplies replies;
    private final JdbcClient jdbc;
    private final Clock clock;

    ClosedReplies(
            InboxSettings settings,
            ReceptionHours hours,
            Contacts contacts,
            PatientContacts patients,
            AutomaticReplies replies,
            JdbcClient jdbc,
            Clock clock) {
        this.settings = settings;
        this.hours = hours;
        this.contacts = contacts;
        this.patients = patients;
        this.replies = replies;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The other side wrote something that waits for staff.
     *
     * @param row the conversation, locked
     * @param at when it was written */
    void heard(Conversation.Stored row, Instant at) {
        var text = settings.current().outOfHoursText();
        var now = clock.instant();
        if (text == null || at.isBefore(now.minus(FRESH))) {
            return;
        }
        var around = hours.around(now);
        if (around.open(now)) {
            return;
        }
        var told = jdbc.sql("select told_closed_at from conversation where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), row.id())
                .query((found, n) -> Optional.ofNullable(SqlTime.instantOrNull(found, "told_closed_at")))
                .single();
        if (told.isPresent() && !told.get().isBefore(around.closedSince(now))) {
            return;
        }
        jdbc.sql("update conversation set told_closed_at = ? where organization_id = ? and id = ?")
                .params(SqlTime.at(now), CurrentOrganization.id(), row.id())
                .update();
        var phone = contacts.find(row.contactId()).orElseThrow().phone();
        var people = phone == null ? List.<PatientContact>of() : patients.byPhone(phone);
        replies.tell(row.contactId(), people.size() == 1 ? people.getFirst().id() : null, row.lineId(), text);
    }
}
