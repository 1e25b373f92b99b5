package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.media.Media;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.ContactConsents;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What staff write by hand, to a patient or to a contact who is none. It takes the same way as everything else, so it waits for a line that is down,
 * keeps its place in the conversation and is never sent twice; quiet hours do not hold it back, because a person chose the
 * moment. Who opted out is not written to by hand either.
 */
@Component
@Transactional
class ManualMessages implements PatientMessages, StaffReplies, AutomaticReplies {

    /** A line that is down longer than this has overtaken whatever was meant. */
    private static final Duration USEFUL = Duration.ofHours(24);

    /** What Recado says by itself is of this moment. */
    private static final Duration SAID_AT_ONCE = Duration.ofHours(1);

    private final Messages messages;
    private final PatientContacts patients;
    private final Contacts contacts;
    private final ContactConsents consents;
    private final WritingLines writing;
    private final WhatsAppLines lines;
    private final OrganizationProfiles organizations;
    private final ClinicPhones phones;
    private final CampaignEligibility campaigns;
    private final JdbcClient jdbc;

    ManualMessages(
            Messages messages,
            PatientContacts patients,
            Contacts contacts,
            ContactConsents consents,
            WritingLines writing,
            WhatsAppLines lines,
            OrganizationProfiles organizations,
            ClinicPhones phones,
            CampaignEligibility campaigns,
            JdbcClient jdbc) {
        this.messages = messages;
        this.patients = patients;
        this.contacts = contacts;
        this.consents = consents;
        this.writing = writing;
        this.lines = lines;
        this.organizations = organizations;
        this.phones = phones;
        this.campaigns = campaigns;
        this.jdbc = jdbc;
    }

    /**
     * A file that was uploaded to be sent.
     *
     * @param seconds how long a voice note is; null for everything else
     */
    record Upload(
            UUID id,
            String contentType,
            long size,
            @Nullable Integer seconds) {}

    Upload remember(Media.ToSend kept) {
        var stored = kept.file();
        var id = Ids.next();
        jdbc.sql("""
                insert into outbound_media (organization_id, id, key, content_type, size, sha256, seconds, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(stored.key())
                .param(stored.contentType())
                .param(stored.size())
                .param(stored.sha256())
                .param(kept.seconds())
                .param(SqlTime.at(messages.now()))
                .update();
        return new Upload(id, stored.contentType(), stored.size(), kept.seconds());
    }

    @Override
    public UUID attach(Media.Stored file) {
        return remember(new Media.ToSend(file, null)).id();
    }

    /** Keeps a message to be sent at once.
     *
     * @param to a contact gets it on the chosen line, or on what is the default one now
     * @param lineId the line it is to leave on; null for the default one
     * @param despiteRestriction somebody who was told that the processing of their data is restricted writes all the same
     * @param by the account that wrote it
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}, {@code patient-restricted}, {@code invalid-fields}, {@code line-unknown},
     *     {@code window-closed} */
    UUID write(Addressee to, @Nullable UUID lineId, ManualContent content, boolean despiteRestriction, String by) {
        return write(to, lineId, payload(content), despiteRestriction, by);
    }

    private UUID write(Addressee to, @Nullable UUID lineId, Payload content, boolean despiteRestriction, String by) {
        if (!despiteRestriction) {
            mustNotBeRestricted(to);
        }
        var line = to.patientId() == null ? lineTo(to, lineId) : checked(to.patientId(), lineId);
        return messages.insertWritten(
                StoredMessage.MANUAL, to, line, content, messages.now().plus(USEFUL), by);
    }

    /** Of a number, when all who are reached there are: otherwise it is written to somebody else. */
    private void mustNotBeRestricted(Addressee to) {
        var reached = to.patientId() != null
                ? patients.find(to.patientId()).stream().toList()
                : contactOf(to).map(Contact::phone).map(patients::byPhone).orElse(List.of());
        if (!reached.isEmpty() && reached.stream().allMatch(PatientContact::restricted)) {
            throw Problem.PATIENT_RESTRICTED.because("Write with despiteRestriction once you have made sure");
        }
    }

    @Override
    public UUID write(UUID patient, String text, String by) {
        return write(Addressee.patient(patient), null, new ManualContent.Text(text), false, by);
    }

    @Override
    public Reply reply(
            UUID contactId,
            @Nullable UUID patientId,
            UUID lineId,
            ManualContent content,
            @Nullable Quoted quoting,
            String by) {
        var payload = payload(content);
        if (quoting != null) {
            if (!(payload instanceof Payload.Text text)) {
                throw Problem.INVALID_FIELDS.at("/quotedId", "not-accepted", "Only words answer a message they quote");
            }
            mustQuote(lineId, "/quotedId");
            payload = new Payload.Text(text.text(), quoting);
        }
        return new Reply(
                write(person(contactId, patientId), lineId, payload, false, by), messages.now(), words(payload));
    }

    @Override
    public Reply react(UUID contactId, @Nullable UUID patientId, UUID lineId, Quoted to, String emoji, String by) {
        mustQuote(lineId, "/emoji");
        var payload = new Payload.Reaction(to, emoji);
        return new Reply(write(person(contactId, patientId), lineId, payload, false, by), messages.now(), emoji);
    }

    private static Addressee person(UUID contactId, @Nullable UUID patientId) {
        return patientId == null ? Addressee.contact(contactId) : Addressee.patient(patientId);
    }

    private void mustQuote(UUID lineId, String pointer) {
        if (!lines.find(lineId).map(LineFacts::quotes).orElse(false)) {
            throw Problem.INVALID_FIELDS.at(pointer, "not-accepted", "This kind of line can neither quote nor react");
        }
    }

    @Override
    public UUID tell(UUID contactId, @Nullable UUID patientId, UUID lineId, String text) {
        var to = patientId == null ? Addressee.contact(contactId) : Addressee.patient(patientId);
        return messages.insertWritten(
                StoredMessage.HAND_OVER,
                to,
                lineId,
                new Payload.Text(text),
                messages.now().plus(SAID_AT_ONCE),
                null);
    }

    @Override
    public void say(
            UUID contactId,
            @Nullable UUID patientId,
            UUID lineId,
            String text,
            List<Tap> choices,
            @Nullable String list) {
        ofFlow(
                contactId,
                patientId,
                lineId,
                choices.isEmpty()
                        ? new Payload.Text(text)
                        : new Payload.Question(
                                text,
                                choices.stream()
                                        .map(tap -> new Payload.Button(tap.id(), tap.title()))
                                        .toList(),
                                list));
    }

    @Override
    public void send(UUID contactId, @Nullable UUID patientId, UUID lineId, ManualContent content) {
        ofFlow(contactId, patientId, lineId, payload(content));
    }

    private void ofFlow(UUID contactId, @Nullable UUID patientId, UUID lineId, Payload content) {
        var to = patientId == null ? Addressee.contact(contactId) : Addressee.patient(patientId);
        messages.insertWritten(
                StoredMessage.FLOW, to, lineId, content, messages.now().plus(SAID_AT_ONCE), null);
    }

    @Override
    public Optional<String> fileType(UUID mediaId) {
        return upload(mediaId).map(file -> file.media().contentType());
    }

    @Override
    public void keepFiles(Collection<UUID> mediaIds) {
        jdbc.sql("update outbound_media set kept = true where organization_id = ? and id = any (?) and not kept")
                .params(List.of(CurrentOrganization.id(), mediaIds.toArray(UUID[]::new)))
                .update();
    }

    private @Nullable UUID checked(UUID patientId, @Nullable UUID lineId) {
        var patient = patients.find(patientId)
                .orElseThrow(() -> Problem.PATIENT_UNKNOWN.because("This clinic has no such patient"));
        if (patient.phone() == null) {
            throw Problem.INVALID_FIELDS.at("/patientId", "no-phone", "This patient has no phone number");
        }
        if (patient.optedOut()) {
            throw Problem.INVALID_FIELDS.at("/patientId", "opted-out", "This patient asked not to be written to");
        }
        writing.mustTake(lineId, patient.phone());
        return lineId;
    }

    private UUID lineTo(Addressee to, @Nullable UUID lineId) {
        var contact = contactOf(to)
                .orElseThrow(() ->
                        Problem.INVALID_FIELDS.at("/contactId", "unknown-value", "This clinic has no such contact"));
        if (consents.optedOut(contact.id(), contact.phone())) {
            throw Problem.INVALID_FIELDS.at("/contactId", "opted-out", "This person asked not to be written to");
        }
        return writing.mustReach(lineId, contact).id();
    }

    private Optional<Contact> contactOf(Addressee to) {
        return Optional.ofNullable(to.contactId()).flatMap(contacts::find);
    }

    /** The same once more, on the line it left on.
     *
     * @throws app.recado.kernel.ProblemException {@code window-closed}, {@code patient-restricted} */
    UUID writeAgain(StoredMessage message, String by) {
        mustNotBeRestricted(message.addressee());
        var content = message.content();
        if (content == null) {
            throw new IllegalStateException("Message " + message.id() + " was not written by hand");
        }
        var phone = Optional.ofNullable(message.patientId())
                .flatMap(patients::find)
                .map(PatientContact::phone)
                .orElse(null);
        if (phone != null) {
            writing.mustTake(message.lineId(), phone);
        }
        contactOf(message.addressee()).ifPresent(contact -> writing.mustReach(message.lineId(), contact));
        var id = messages.insertWritten(
                StoredMessage.MANUAL,
                message.addressee(),
                message.lineId(),
                content,
                messages.now().plus(USEFUL),
                by);
        messages.markRetried(message, id);
        return id;
    }

    private Payload payload(ManualContent content) {
        return switch (content) {
            case ManualContent.Text text -> new Payload.Text(text.text());
            case ManualContent.Image image -> {
                var media = uploaded(image.mediaId()).media();
                if (!Media.mayBeShown(media.contentType())) {
                    throw Problem.INVALID_FIELDS.at("/content/mediaId", "not-a-picture", "This file is no picture");
                }
                yield new Payload.Image(media, image.text());
            }
            case ManualContent.Document document -> {
                var uploaded = uploaded(document.mediaId());
                if (uploaded.seconds() != null) {
                    throw Problem.INVALID_FIELDS.at("/content/mediaId", "not-a-document", "This file is a voice note");
                }
                yield new Payload.Document(uploaded.media(), document.fileName().strip(), document.text());
            }
            case ManualContent.Voice voice -> {
                var uploaded = uploaded(voice.mediaId());
                if (uploaded.seconds() == null) {
                    throw Problem.INVALID_FIELDS.at(
                            "/content/mediaId", "not-a-voice-note", "This file is no recording");
                }
                yield new Payload.Voice(uploaded.media(), uploaded.seconds());
            }
            case ManualContent.Location place ->
                new Payload.Location(place.latitude(), place.longitude(), place.name(), place.address());
            case ManualContent.Contact contact ->
                new Payload.Contact(contact.name().strip(), List.of(phones.dialled(contact.phone(), "/content/phone")));
        };
    }

    private record Uploaded(
            Payload.MediaRef media, @Nullable Integer seconds) {}

    private Uploaded uploaded(UUID id) {
        return upload(id)
                .orElseThrow(() ->
                        Problem.INVALID_FIELDS.at("/content/mediaId", "unknown-value", "No such file was uploaded"));
    }

    private Optional<Uploaded> upload(UUID id) {
        return jdbc.sql("""
                        select key, content_type, size, sha256, seconds from outbound_media
                         where organization_id = ? and id = ?
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Uploaded(
                        new Payload.MediaRef(
                                row.getString("key"),
                                row.getString("content_type"),
                                row.getLong("size"),
                                row.getString("sha256")),
                        row.getObject("seconds", Integer.class)))
                .optional();
    }

    /** Whether messages that are about no visit may go now, by their ids; asked again at the moment of sending. */
    Map<UUID, Verdict> check(List<StoredMessage> waiting) {
        var verdicts = new HashMap<UUID, Verdict>(
                checkWritten(waiting.stream().filter(StoredMessage::isWritten).toList()));
        var ofCampaigns = waiting.stream()
                .filter(StoredMessage::isCampaign)
                .map(message -> new CampaignEligibility.Due(
                        message.id(), message.subjectId(), message.ofPatient(), message.usefulUntil()))
                .toList();
        if (!ofCampaigns.isEmpty()) {
            verdicts.putAll(campaigns.check(ofCampaigns));
        }
        return verdicts;
    }

    private Map<UUID, Verdict> checkWritten(List<StoredMessage> written) {
        var known = patients.findAll(written.stream()
                .map(StoredMessage::patientId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return written.stream().collect(Collectors.toMap(StoredMessage::id, message -> verdict(message, known)));
    }

    private Verdict verdict(StoredMessage message, Map<UUID, PatientContact> known) {
        if (!messages.now().isBefore(message.usefulUntil())) {
            return new Verdict.Expired(Verdict.Expired.TOO_LATE);
        }
        return message.patientId() == null ? toContact(message) : toPatient(message, known.get(message.patientId()));
    }

    private Verdict toPatient(StoredMessage message, @Nullable PatientContact patient) {
        if (patient == null) {
            return new Verdict.Suppress("patient-gone");
        }
        return patient.phone() == null
                ? new Verdict.Suppress("no-phone")
                : send(message, patient.optedOut(), patient.language(), patient.phone());
    }

    private Verdict toContact(StoredMessage message) {
        var contact = contactOf(message.addressee()).orElseThrow();
        var address = Optional.ofNullable(message.lineId())
                .flatMap(lines::find)
                .flatMap(line -> writing.address(line, contact));
        if (address.isEmpty()) {
            return new Verdict.Suppress("no-address");
        }
        boolean optedOut = consents.optedOut(contact.id(), contact.phone());
        return send(message, optedOut, organizations.current().locale(), address.get());
    }

    private Verdict send(StoredMessage message, boolean optedOut, String language, String recipient) {
        return optedOut && message.isManual()
                ? new Verdict.Suppress("opted-out")
                : new Verdict.Send(
                        new Verdict.Content.ByHand(words(message.content()), language),
                        recipient,
                        message.usefulUntil());
    }

    private static @Nullable String words(@Nullable Payload content) {
        return switch (content) {
            case Payload.Text text -> text.text();
            case Payload.Image image -> image.caption();
            case Payload.Document document -> document.caption();
            case Payload.Voice voice -> null;
            case Payload.Template template -> template.text();
            case Payload.Question question -> question.text();
            case Payload.Reaction reaction -> reaction.text();
            case Payload.Location place -> place.name();
            case Payload.Contact contact -> contact.name();
            case null -> null;
        };
    }
}
