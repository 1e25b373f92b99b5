package app.recado.notifications;

import app.recado.kernel.live.LiveHints;
import app.recado.messaging.MessageChanged;
import app.recado.messaging.SubjectMessages;
import app.recado.scheduling.MessageSummaries;
import app.recado.scheduling.MessageSummary;
import app.recado.scheduling.TimelineEntry;
import app.recado.scheduling.TimelineSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Shows messages where their appointments are shown. */
@Component
class AppointmentMessages implements MessageSummaries, TimelineSource {

    private final SubjectMessages messages;
    private final LiveHints hints;

    AppointmentMessages(SubjectMessages messages, LiveHints hints) {
        this.messages = messages;
        this.hints = hints;
    }

    @Override
    public Map<UUID, MessageSummary> latest(Collection<UUID> appointmentIds) {
        var summaries = new HashMap<UUID, MessageSummary>();
        messages.latest(appointmentIds)
                .forEach((id, latest) -> summaries.put(
                        id, new MessageSummary(latest.kind(), latest.state().wireName(), latest.at())));
        return summaries;
    }

    @Override
    public List<TimelineEntry> entries(UUID appointmentId) {
        return messages.steps(appointmentId).stream()
                .map(step -> new TimelineEntry(
                        step.at(),
                        "message",
                        step.messageId(),
                        step.kind(),
                        step.state().wireName(),
                        step.reason(),
                        null))
                .toList();
    }

    /** The agenda shows the latest message of each visit. */
    @EventListener
    void changed(MessageChanged message) {
        hints.changed(LiveHints.Kind.APPOINTMENT, message.subjectId());
    }
}
