package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.whatsapp.OutgoingMessages;
import app.recado.whatsapp.Payload;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Answers engines' questions about messages that leave. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LeavingMessages implements OutgoingMessages {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    LeavingMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> ourIdOf(UUID lineId, String engineMessageId) {
        return jdbc.sql("""
                        select provider_message_id from message
                         where organization_id = ? and line_id = ? and engine_message_id = ?
                        """)
                .params(CurrentOrganization.id(), lineId, engineMessageId)
                .query(String.class)
                .optional();
    }

    @Override
    public boolean isStillToLeave(UUID messageId) {
        return jdbc.sql("""
                        select exists (select from message where organization_id = ? and id = ?
                                        and state in ('planned', 'queued', 'handed', 'accepted'))
                        """)
                .params(CurrentOrganization.id(), messageId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Payload> fetched(UUID messageId, int atMost) {
        return jdbc.sql("""
                        update message set media_fetches = media_fetches + 1
                         where organization_id = ? and id = ? and media_fetches < ? and content is not null
                           and state in ('handed', 'sending', 'sent', 'delivered', 'read', 'unknown')
                        returning content
                        """)
                .params(CurrentOrganization.id(), messageId, atMost)
                .query(String.class)
                .optional()
                .map(content -> JSON.readValue(content, Payload.class));
    }
}
