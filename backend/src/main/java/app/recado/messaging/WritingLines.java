package app.recado.messaging;

import app.recado.kernel.Problem;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** On which lines a patient may be written to by hand, and until when. */
@Component
@Transactional(readOnly = true)
class WritingLines {

    /** WhatsApp's own rule for official engines, counted from the patient's last message. */
    static final Duration WINDOW = Duration.ofHours(24);

    private final WhatsAppLines lines;
    private final LastWritten written;
    private final PatientContacts contacts;
    private final Clock clock;

    WritingLines(WhatsAppLines lines, LastWritten written, PatientContacts contacts, Clock clock) {
        this.lines = lines;
        this.written = written;
        this.contacts = contacts;
        this.clock = clock;
    }

    /**
     * A line as somebody sees it who is about to write to one patient.
     *
     * @param defaultLine messages leave on it when none is chosen
     * @param suggested the line to offer first: the one the patient last wrote to, or else the default one
     * @param window24h any words may be written only within 24 hours of the patient's last message
     * @param windowClosesAt the end of that time; null when it is over or never began, and on lines that have no such rule
     */
    record WritingLine(
            UUID lineId,
            String name,
            LineState state,
            boolean defaultLine,
            boolean suggested,
            boolean window24h,
            @Nullable Instant windowClosesAt) {}

    /** The default line first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for patients of other organizations as well */
    public List<WritingLine> of(UUID patientId) {
        var patient = contacts.find(patientId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such patient"));
        Map<UUID, Instant> last = patient.phone() == null ? Map.of() : written.to(patient.phone());
        var all = lines.each();
        var suggested = suggested(all, last).map(LineFacts::id).orElse(null);
        return all.stream()
                .map(line -> new WritingLine(
                        line.id(),
                        line.name(),
                        line.state(),
                        line.isDefault(),
                        line.id().equals(suggested),
                        line.window24h(),
                        closesAt(line, last)))
                .toList();
    }

    /** A line that somebody stopped is not answered on any more. */
    private static Optional<LineFacts> suggested(List<LineFacts> all, Map<UUID, Instant> last) {
        return all.stream()
                .filter(line -> last.containsKey(line.id()) && line.state() != LineState.STOPPED)
                .max(Comparator.comparing(line -> last.get(line.id())))
                .or(() -> all.stream().filter(LineFacts::isDefault).findFirst());
    }

    private @Nullable Instant closesAt(LineFacts line, Map<UUID, Instant> last) {
        var from = last.get(line.id());
        if (!line.window24h() || from == null) {
            return null;
        }
        var closes = from.plus(WINDOW);
        return clock.instant().isBefore(closes) ? closes : null;
    }

    /** Whether this number may be sent any words on this line now. */
    boolean takesAnyWords(LineFacts line, String phone) {
        return !line.window24h() || closesAt(line, written.to(phone)) != null;
    }

    /** Refuses what could not be sent anyway.
     *
     * @param chosen the line somebody chose; null for the default one
     * @throws app.recado.kernel.ProblemException {@code line-unknown}, {@code window-closed} */
    void mustTake(@Nullable UUID chosen, String phone) {
        var line = chosen == null
                ? lines.defaultLine()
                : Optional.of(lines.find(chosen)
                        .orElseThrow(() ->
                                Problem.LINE_UNKNOWN.at("/lineId", "unknown-value", "This clinic has no such line")));
        if (line.isPresent() && !takesAnyWords(line.get(), phone)) {
            throw Problem.WINDOW_CLOSED.because(
                    "On an official line any words may be written within 24 hours of the patient's last message");
        }
    }
}
