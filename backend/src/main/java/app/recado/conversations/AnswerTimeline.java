package app.recado.conversations;

import app.recado.scheduling.TimelineEntry;
import app.recado.scheduling.TimelineSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Shows what patients wrote where their appointment's story is told. */
@Component
class AnswerTimeline implements TimelineSource {

    private final InboundViews inbound;

    AnswerTimeline(InboundViews inbound) {
        this.inbound = inbound;
    }

    @Override
    public List<TimelineEntry> entries(UUID appointmentId) {
        return inbound.about(appointmentId).stream()
                .map(message -> new TimelineEntry(
                        message.sentAt(),
                        "answer",
                        message.id(),
                        null,
                        message.outcome().wireName(),
                        message.reason(),
                        message.text()))
                .toList();
    }
}
