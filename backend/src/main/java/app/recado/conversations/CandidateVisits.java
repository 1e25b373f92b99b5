package app.recado.conversations;

import app.recado.conversations.InboundView.PatientRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The visits that an answer may be about: whoever wrote was told of each at that number, on that line, before they wrote.
 *
 * @param accepts what the words say: yes, no, or null when they say neither
 * @param items the earliest visit first; empty when none awaits an answer any more
 */
record CandidateVisits(@Nullable Boolean accepts, List<CandidateVisit> items) {

    CandidateVisits {
        items = List.copyOf(items);
    }

    /**
     * A visit that the answer may be about.
     *
     * @param practitionerName whom the patient sees
     * @param serviceName what they come for
     * @param timeZone IANA zone of the place of the visit
     */
    record CandidateVisit(
            UUID appointmentId,
            PatientRef patient,
            @Schema(example = "Dra. Laura Gómez") String practitionerName,
            @Schema(example = "Control") String serviceName,
            Instant start,
            String timeZone) {}
}
