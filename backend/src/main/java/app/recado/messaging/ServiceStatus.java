package app.recado.messaging;

import app.recado.whatsapp.LineState;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a clinic can rely on what it pays for, now and in the last days. Numbers and times only: no patient.
 *
 * @param at when this was found out
 * @param recado whether messages that could leave do
 * @param whatsApp whether WhatsApp works for others, as far as the lines of all clinics tell
 * @param lines the clinic's own, the default one first
 * @param waiting messages that are due and wait for a line
 * @param oldestWaitingAt since when the one that waits longest is due; null when none waits
 * @param late days on which messages waited for a line, the newest first; days without such are left out
 */
record ServiceStatus(
        Instant at,
        Standing recado,
        Standing whatsApp,
        List<LineStanding> lines,
        long waiting,
        @Nullable Instant oldestWaitingAt,
        List<LateDay> late) {

    /** How a part is. */
    enum Standing {
        @JsonProperty("works")
        WORKS,
        /** It works, later than it should. */
        @JsonProperty("slow")
        SLOW,
        /** It does not work for many. */
        @JsonProperty("trouble")
        TROUBLE
    }

    /**
     * One of the clinic's lines.
     *
     * @param name what staff call it
     * @param works whether messages leave on it now
     */
    record LineStanding(UUID id, String name, LineState state, boolean works) {}

    /**
     * A day on which messages waited because a line was down.
     *
     * @param day in the clinic's zone
     * @param held how many waited
     * @param tooLate how many of those were never sent, because they would have been of no use any more
     * @param longestMinutes how long the one that waited longest did, in minutes, among those that left
     */
    record LateDay(LocalDate day, long held, long tooLate, long longestMinutes) {}
}
