package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of the outbox that are of campaigns. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredCampaignMessages implements CampaignOutbox, CampaignMessages {

    private final JdbcClient jdbc;
    private final Messages messages;
    private final MessageWriter writer;

    StoredCampaignMessages(JdbcClient jdbc, Messages messages, MessageWriter writer) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.writer = writer;
    }

    @Override
    public void plan(List<CampaignMessage> planned) {
        if (planned.isEmpty()) {
            return;
        }
        var now = messages.now();
        var ids = planned.stream().map(message -> Ids.next()).toArray(UUID[]::new);
        jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id, line_id,
                                             state, due_at, useful_until, next_attempt_at, ready, priority, rank, created_at,
                                             updated_at)
                        select :org, m.id, m.subject_id, 1, 'campaign', 1, m.patient_id, m.line_id, 'planned', :now, m.useful_until,
                               :now, true, 20, 20, :now, :now
                          from unnest(:ids, :subjects, :patients, :lines, cast(:until as timestamptz[]))
                               as m (id, subject_id, patient_id, line_id, useful_until)
                        """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(now))
                .param("ids", ids)
                .param(
                        "subjects",
                        planned.stream().map(CampaignMessage::recipientId).toArray(UUID[]::new))
                .param(
                        "patients",
                        planned.stream().map(CampaignMessage::patientId).toArray(UUID[]::new))
                .param("lines", planned.stream().map(CampaignMessage::lineId).toArray(UUID[]::new))
                .param(
                        "until",
                        planned.stream()
                                .map(message -> message.usefulUntil().toString())
                                .toArray(String[]::new))
                .update();
        writer.steps(Arrays.stream(ids)
                .map(id -> new MessageWriter.Step(id, MessageState.PLANNED, null, now))
                .toList());
        messages.wake();
    }

    @Override
    public int unsettled(UUID lineId) {
        return jdbc.sql("""
                        select count(*) from message
                         where organization_id = ? and line_id = ? and kind = 'campaign'
                           and state in ('planned', 'queued', 'handed', 'accepted', 'sending')
                        """)
                .params(CurrentOrganization.id(), lineId)
                .query(Integer.class)
                .single();
    }

    @Override
    public int plannedSince(UUID lineId, Instant since) {
        return jdbc.sql("""
                        select count(*) from message
                         where organization_id = ? and line_id = ? and kind = 'campaign' and created_at >= ?
                        """)
                .params(CurrentOrganization.id(), lineId, SqlTime.at(since))
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean isAnswer(UUID lineId, String phone, @Nullable String quotedId, Instant at) {
        // The network tells whole seconds: an answer within the second of our message may follow it.
        var until = SqlTime.at(at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        return jdbc.sql("""
                        select kind = 'campaign' from message
                         where organization_id = :org and phone = :phone and line_id = :line and out_at < :until
                           and (cast(:quoted as text) is null or provider_message_id = :quoted or engine_message_id = :quoted)
                         order by out_at desc, id desc limit 1
                        """)
                .param("org", CurrentOrganization.id())
                .param("phone", phone)
                .param("line", lineId)
                .param("until", until)
                .param("quoted", quotedId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }
}
