package app.recado.scheduling;

import java.util.List;
import java.util.UUID;

/** Whoever knows a part of an appointment's story that the agenda does not: messages sent, answers received. */
public interface TimelineSource {

    /** In any order; called inside a transaction of the current organization, for an appointment that exists there. */
    List<TimelineEntry> entries(UUID appointmentId);
}
