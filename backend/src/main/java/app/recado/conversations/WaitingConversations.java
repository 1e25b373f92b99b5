package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What follows when a conversation waits for the clinic: until when it is to be answered, and that somebody is found for it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WaitingConversations {

    /** The name of the jobs that share a clinic's conversations out; their id is the clinic's. */
    static final String ROUTING_JOB = "conversation-routing";

    /** The name of the jobs that say that the time for an answer runs out. */
    static final String WARNING_JOB = "response-warning";

    private final InboxSettings settings;
    private final ReceptionHours hours;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Clock clock;

    WaitingConversations(InboxSettings settings, ReceptionHours hours, Jobs jobs, JdbcClient jdbc, Clock clock) {
        this.settings = settings;
        this.hours = hours;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A conversation was stored as it is now. */
    void saved(Conversation.Stored row) {
        if (row.state() != ConversationState.OPEN || row.waitingSince() == null) {
            return;
        }
        var now = settings.current();
        if (now.responseMinutes() != null && unpromised(row)) {
            promise(row, now);
        }
        if (now.routing() != InboxSettings.Routing.OFF && row.assignee() == null) {
            shareOut();
        }
    }

    /** Has the clinic's conversations shared out, where somebody is free. */
    void shareOut() {
        jobs.schedule(ROUTING_JOB, JobId.of(CurrentOrganization.id()), clock.instant());
    }

    private boolean unpromised(Conversation.Stored row) {
        return jdbc.sql("select response_due_at is null from conversation where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), row.id())
                .query((found, n) -> found.getBoolean(1))
                .single();
    }

    private void promise(Conversation.Stored row, InboxSettings.Settings now) {
        var since = Objects.requireNonNull(row.waitingSince());
        int minutes = Objects.requireNonNull(now.responseMinutes());
        var around = hours.around(since);
        var due = around.after(since, Duration.ofMinutes(minutes));
        var warn = around.after(since, Duration.ofMinutes(Math.max(0, minutes - now.warningMinutes())));
        jdbc.sql("""
                        update conversation set response_due_at = ?, response_warn_at = ?
                         where organization_id = ? and id = ?
                        """)
                .params(SqlTime.at(due), SqlTime.at(warn), CurrentOrganization.id(), row.id())
                .update();
        jobs.reschedule(WARNING_JOB, JobId.of(row.id()), warn);
    }
}
