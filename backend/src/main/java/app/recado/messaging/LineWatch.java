package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStateChanged;
import app.recado.whatsapp.WaitingMessages;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What lines and waiting messages know of each other. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LineWatch implements WaitingMessages {

    private final Messages messages;
    private final JdbcClient jdbc;

    LineWatch(Messages messages, JdbcClient jdbc) {
        this.messages = messages;
        this.jdbc = jdbc;
    }

    @EventListener
    public void changed(LineStateChanged line) {
        if (line.state() == LineState.LINKED) {
            messages.lineIsBack();
        }
    }

    @Override
    public int count() {
        return jdbc.sql("""
                        select (select count(*) from message
                                 where organization_id = ? and state in ('queued', 'handed', 'accepted'))
                             + (select count(*) from message
                                 where organization_id = ? and state = 'planned' and due_at <= ?)
                        """)
                .params(CurrentOrganization.id(), CurrentOrganization.id(), SqlTime.at(messages.now()))
                .query(Integer.class)
                .single();
    }
}
