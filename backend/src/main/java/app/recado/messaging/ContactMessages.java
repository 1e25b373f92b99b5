package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.ContactKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps messages with whom they are for. What was said to somebody before their number was known was said at that number:
 * bare words may answer it. How it was addressed stays, so that a call that is repeated is the same call.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ContactMessages {

    private final JdbcClient jdbc;
    private final LiveHints hints;

    ContactMessages(JdbcClient jdbc, LiveHints hints) {
        this.jdbc = jdbc;
        this.hints = hints;
    }

    @EventListener
    public void known(ContactKnown known) {
        var contact = known.contact();
        var all = new ArrayList<>(known.others());
        all.add(contact.id());
        List<UUID> changed = jdbc.sql("""
                        update message
                           set contact_id = ?, phone = case when recipient is null then phone else coalesce(phone, ?) end
                         where organization_id = ? and id in (
                               select id from message
                                where organization_id = ? and contact_id = any (?)
                                order by id for update)
                        returning id
                        """)
                .param(contact.id())
                .param(contact.phone())
                .param(CurrentOrganization.id())
                .param(CurrentOrganization.id())
                .param(all.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        changed.forEach(id -> hints.changed(LiveHints.Kind.MESSAGE, id));
    }
}
