package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.PatientWrittenTo;
import app.recado.whatsapp.ReadMarks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets patients see that what they wrote was read: understood, taken care of by somebody, or answered. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReadReceipts {

    /** Calls and what the platform itself says have no blue ticks. */
    private static final String READABLE =
            "chat_kind = 'direct' and not from_me and kind not in ('call', 'identity-changed')";

    private final JdbcClient jdbc;
    private final ReadMarks marks;

    ReadReceipts(JdbcClient jdbc, ReadMarks marks) {
        this.jdbc = jdbc;
        this.marks = marks;
    }

    /** Somebody, or Recado itself, has dealt with this message. */
    public void read(UUID inboundId) {
        jdbc.sql("select line_id, provider_message_id from inbound_message where organization_id = ? and id = ? and "
                        + READABLE)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> new Written(row.getObject("line_id", UUID.class), row.getString(2)))
                .optional()
                .ifPresent(written -> mark(written, null));
    }

    @EventListener
    public void answered(PatientWrittenTo answer) {
        jdbc.sql("""
                        select line_id, provider_message_id from inbound_message
                         where organization_id = ? and %s = ? and line_id = ? and %s
                         order by sent_at desc, id desc limit 1
                        """.formatted(answer.contactId() == null ? "phone" : "contact_id", READABLE))
                .param(CurrentOrganization.id())
                .param(answer.contactId() == null ? answer.phone() : answer.contactId())
                .param(answer.lineId())
                .query((row, n) -> new Written(row.getObject("line_id", UUID.class), row.getString(2)))
                .optional()
                .ifPresent(written -> mark(written, answer.messageId()));
    }

    private record Written(UUID lineId, String providerMessageId) {}

    private void mark(Written written, @Nullable UUID answer) {
        marks.read(written.lineId(), written.providerMessageId(), answer);
    }
}
