package app.recado.messaging;

import app.recado.kernel.Problem;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.Recipient;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** On which lines a patient or a contact may be written to by hand, and until when. */
@Component
@Transactional(readOnly = true)
class WritingLines {

    /** WhatsApp's own rule for official engines, counted from the patient's last message. */
    static final Duration WINDOW = Duration.ofHours(24);

    private final WhatsAppLines lines;
    private final LastWritten written;
    private final PatientContacts patients;
    private final Contacts contacts;
    private final Clock clock;

    WritingLines(WhatsAppLines lines, LastWritten written, PatientContacts patients, Contacts contacts, Clock clock) {
        this.lines = lines;
        this.written = written;
        this.patients = patients;
        this.contacts = contacts;
        this.clock = clock;
    }

    /**
     * A line as somebody sees it who is about to write to one person.
     *
     * @param defaultLine messages leave on it when none is chosen
     * @param suggested the line to offer first: the one they last wrote to, or else the default one
     * @param window24h any words may be written only within 24 hours of their last message
     * @param windowClosesAt the end of that time; null when it is over or never began, and on lines that have no such rule
     * @param reachable false when the line's engine has no address for them: nobody knows their number, and they never
     *     wrote to a line of that kind
     */
    record WritingLine(
            UUID lineId,
            String name,
            LineState state,
            boolean defaultLine,
            boolean suggested,
            boolean window24h,
            @Nullable Instant windowClosesAt,
            boolean reachable) {}

    /** The default line first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for patients of other organizations as well */
    public List<WritingLine> of(UUID patientId) {
        var patient = patients.find(patientId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such patient"));
        Map<UUID, Instant> last = patient.phone() == null ? Map.of() : written.to(patient.phone());
        return seen(last, line -> true);
    }

    /** The same for somebody who is no patient, or whose number nobody knows.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for contacts of other organizations as well */
    public List<WritingLine> ofContact(UUID contactId) {
        var contact = contacts.find(contactId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic knows nobody under that id"));
        return seen(last(contact), line -> address(line, contact).isPresent());
    }

    private Map<UUID, Instant> last(Contact contact) {
        return contact.phone() == null ? written.by(contact.id()) : written.to(contact.phone());
    }

    /** How the line's engine addresses them; empty when it cannot. */
    Optional<String> address(LineFacts line, Contact contact) {
        return contact.phone() == null
                ? Recipient.of(contacts.idsOn(line.id(), contact.id()), line.engine())
                : Optional.of(contact.phone());
    }

    private List<WritingLine> seen(Map<UUID, Instant> last, Predicate<LineFacts> reachable) {
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
                        closesAt(line, last),
                        reachable.test(line)))
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

    /** Whether any words may be sent on this line now. */
    private boolean takesAnyWords(LineFacts line, Supplier<Map<UUID, Instant>> last) {
        return !line.window24h() || closesAt(line, last.get()) != null;
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
        if (line.isPresent() && !takesAnyWords(line.get(), () -> written.to(phone))) {
            throw closed();
        }
    }

    /**
     * The same for a contact.
     *
     * @return the line, also where none was chosen: another one may know them under another address
     * @throws app.recado.kernel.ProblemException {@code line-unknown}, {@code window-closed}, {@code invalid-fields}
     *     with {@code no-address} when the line's engine cannot write to them
     */
    LineFacts mustReach(@Nullable UUID chosen, Contact contact) {
        var line = (chosen == null ? lines.defaultLine() : lines.find(chosen))
                .orElseThrow(() -> Problem.LINE_UNKNOWN.at("/lineId", "unknown-value", "This clinic has no such line"));
        if (address(line, contact).isEmpty()) {
            throw Problem.INVALID_FIELDS.at(
                    "/lineId", "no-address", "Nobody knows their number, and this line has no other address of theirs");
        }
        if (!takesAnyWords(line, () -> last(contact))) {
            throw closed();
        }
        return line;
    }

    private static RuntimeException closed() {
        return Problem.WINDOW_CLOSED.because(
                "On an official line any words may be written within 24 hours of their last message");
    }
}
