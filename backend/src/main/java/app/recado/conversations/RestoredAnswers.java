package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.ToldHoldsAgain;
import app.recado.messaging.WithdrawLost;
import app.recado.scheduling.Appointments;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A visit that was moved and moved back is what the patient was told, and what they answered to that counts again. Should
 * the notice of the move turn out to have left after all, they are asked anew and the answer is forgotten.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RestoredAnswers {

    private final JdbcClient jdbc;
    private final Appointments appointments;
    private final Clock clock;

    RestoredAnswers(JdbcClient jdbc, Appointments appointments, Clock clock) {
        this.jdbc = jdbc;
        this.appointments = appointments;
        this.clock = clock;
    }

    /**
     * @param messageId the message of ours that was answered; null when staff said which visit was meant
     * @param version the visit's version it told of; 0 without such a message
     */
    private record Given(@Nullable UUID messageId, long version, Instant at) {}

    @EventListener
    public void again(ToldHoldsAgain told) {
        last(told.subjectId())
                .filter(given -> given.messageId() != null && told.messageIds().contains(given.messageId()))
                .ifPresent(given -> appointments.restoreParticipation(told.subjectId(), given.at(), clock.instant()));
    }

    @EventListener
    public void toldOtherwise(WithdrawLost lost) {
        last(lost.subjectId())
                .filter(given -> given.messageId() != null && given.version() < lost.version())
                .ifPresent(given -> appointments.withdrawParticipation(lost.subjectId(), given.at(), clock.instant()));
    }

    /** The last yes or no that was given of a visit, unless it was taken back. */
    private Optional<Given> last(UUID appointmentId) {
        return jdbc.sql("""
                        select m.id, coalesce(m.subject_version, 0) as version, i.sent_at
                          from inbound_message i
                          left join inbound_message_visit v on v.organization_id = i.organization_id
                                                           and v.inbound_message_id = i.id and v.appointment_id = :visit
                          left join message m on m.organization_id = i.organization_id
                                             and m.id = coalesce(v.message_id, i.message_id)
                         where i.organization_id = :org and not i.from_me
                           and i.id in (select id from inbound_message
                                         where organization_id = :org and appointment_id = :visit
                                        union all
                                        select inbound_message_id from inbound_message_visit
                                         where organization_id = :org and appointment_id = :visit and outcome is not null)
                           and (i.outcome in ('accepted', 'declined', 'cancelled') or i.reason = 'ask-staff')
                         order by i.sent_at desc, i.id desc limit 1
                        """)
                .param("org", CurrentOrganization.id())
                .param("visit", appointmentId)
                .query((row, n) -> new Given(
                        row.getObject("id", UUID.class), row.getLong("version"), SqlTime.instant(row, "sent_at")))
                .optional();
    }
}
