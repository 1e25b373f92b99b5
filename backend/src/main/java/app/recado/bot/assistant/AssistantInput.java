package app.recado.bot.assistant;

import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowTools.Service;
import app.recado.bot.flow.FlowTools.Visit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a turn of the assistant knows. All of it is about the person it speaks with or is the same for everybody.
 *
 * @param clinicName the clinic's own name
 * @param language what the clinic speaks with them
 * @param zone of the clinic
 * @param now the moment of the turn
 * @param givenName of the only patient at this number; null otherwise
 * @param facts what staff wrote down, the most fitting first
 * @param notice what they were notified of last; null for nothing in the last week
 * @param history what was said before, the oldest first
 * @param visits their awaited visits, the next first
 * @param services what can be booked
 * @param message what they wrote and nobody answered yet
 */
public record AssistantInput(
        String clinicName,
        FlowLanguage language,
        ZoneId zone,
        Instant now,
        @Nullable String givenName,
        List<Fact> facts,
        @Nullable Notice notice,
        List<Line> history,
        List<Visit> visits,
        List<Service> services,
        String message) {

    public AssistantInput {
        facts = List.copyOf(facts);
        history = List.copyOf(history);
        visits = List.copyOf(visits);
        services = List.copyOf(services);
    }

    /** Somebody's words: never printed. */
    @Override
    public String toString() {
        return "AssistantInput";
    }

    /** Something that staff wrote down for patients. */
    public record Fact(UUID id, String title, String text) {}

    /**
     * The last notification.
     *
     * @param kind for example {@code reminder}
     * @param visitId what it was about
     */
    public record Notice(String kind, String text, Instant at, UUID visitId) {
        @Override
        public String toString() {
            return "Notice";
        }
    }

    /** Something that was said. @param patient whether the patient said it */
    public record Line(boolean patient, String text) {
        @Override
        public String toString() {
            return "Line";
        }
    }
}
