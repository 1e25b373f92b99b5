package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What was written before, as those need it who change it: found by what the network calls it, and locked. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class WrittenMessages {

    private static final String COLUMNS = """
            id, line_id, provider_message_id, contact_id, phone, patient_id, from_me, chat_kind, kind, text,
            quoted_provider_message_id, target_provider_message_id, sent_at, edited_at, outcome, reason, appointment_id,
            message_id, handled_at
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final LiveHints hints;

    WrittenMessages(JdbcClient jdbc, JsonMapper json, LiveHints hints) {
        this.jdbc = jdbc;
        this.json = json;
        this.hints = hints;
    }

    /**
     * A row as it was read.
     *
     * @param sentAt when it was written, which is also when its answer was given
     * @param handled somebody of the clinic took care of it
     */
    record Written(
            UUID id,
            UUID lineId,
            String providerMessageId,
            @Nullable UUID contactId,
            @Nullable String phone,
            @Nullable UUID patientId,
            boolean fromMe,
            boolean direct,
            String kind,
            @Nullable String text,
            @Nullable String quoted,
            @Nullable String target,
            Instant sentAt,
            @Nullable Instant editedAt,
            Outcome outcome,
            @Nullable String reason,
            @Nullable UUID appointmentId,
            @Nullable UUID messageId,
            boolean handled) {

        /** It is known who wrote it, by number or without one. */
        boolean isOfSomebody() {
            return phone != null || contactId != null;
        }

        /** It put a yes or a no into the agenda. */
        boolean answered() {
            return outcome == Outcome.ACCEPTED || outcome == Outcome.CANCELLED || "ask-staff".equals(reason);
        }

        /** It changed something by itself. */
        boolean acted() {
            return answered() || outcome == Outcome.OPTED_OUT;
        }

        /** What it was taken for. */
        Understanding.Meaning meaning() {
            return switch (outcome) {
                case ACCEPTED -> Understanding.Meaning.ACCEPT;
                case OPTED_OUT -> Understanding.Meaning.STOP;
                default -> answered() ? Understanding.Meaning.DECLINE : Understanding.Meaning.NOT_UNDERSTOOD;
            };
        }

        /** What was decided about it. */
        Decision decision() {
            return new Decision(outcome, reason, patientId, appointmentId, messageId);
        }

        /** The same patient, visit and message of ours as before. */
        Decision about(Decision decision) {
            return new Decision(decision.outcome(), decision.reason(), patientId, appointmentId, messageId);
        }

        /** The message as if these had been its words from the beginning. */
        InboundReceived saying(@Nullable String words) {
            var ids = ContactIds.phone(phone);
            return new InboundReceived(
                    id,
                    lineId,
                    providerMessageId,
                    new InboundReceived.Chat("direct", Objects.requireNonNullElse(phone, ""), ids),
                    new InboundReceived.Sender(ids, null),
                    fromMe,
                    sentAt,
                    false,
                    InboundReceived.Content.of("text", words).quoting(quoted));
        }

        /** Number and words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Written[id=" + id + "]";
        }
    }

    /**
     * The message that an edit or a deletion is about, if this author wrote it.
     *
     * @param author null when the engine does not tell; then the id alone must say which
     */
    Optional<Written> lock(InboundReceived revision, @Nullable Contact author) {
        var target = revision.targetProviderMessageId();
        if (target == null) {
            return Optional.empty();
        }
        var found = jdbc.sql("select " + COLUMNS + """
                         from inbound_message
                         where organization_id = ? and line_id = ? and provider_message_id = ?
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), revision.lineId(), target)
                .query(WrittenMessages::written)
                .list();
        var theirs = found.stream()
                .filter(one -> !revision.chat().isDirect() || author == null || isBy(one, author, revision.fromMe()))
                .toList();
        return theirs.size() == 1 ? Optional.of(theirs.getFirst()) : Optional.empty();
    }

    private static boolean isBy(Written one, Contact author, boolean fromMe) {
        boolean samePerson = one.contactId == null
                ? one.phone != null && one.phone.equals(author.phone())
                : one.contactId.equals(author.id());
        return samePerson && one.fromMe == fromMe;
    }

    /** Puts new words in place of the old ones, which are kept.
     *
     * @return false when this edit is known, is older than what stands there, or changes nothing */
    boolean rewrite(Written original, InboundReceived edit) {
        var before = original.editedAt;
        if (Objects.equals(original.text, edit.text())
                || before != null && edit.sentAt().isBefore(before)) {
            return false;
        }
        var earlier = json.writeValueAsString(
                List.of(new EarlierText(Objects.requireNonNullElse(original.text, ""), edit.sentAt())));
        jdbc.sql("""
                update inbound_message
                   set text = ?, edited_at = ?, earlier_texts = coalesce(earlier_texts, '[]') || ?::jsonb,
                       handled_at = null, handled_by = null, version = version + 1
                 where organization_id = ? and id = ?
                """)
                .param(edit.text())
                .param(SqlTime.at(edit.sentAt()))
                .param(earlier)
                .param(CurrentOrganization.id())
                .param(original.id)
                .update();
        return true;
    }

    /** @return false when it was marked before */
    boolean revoke(Written original, Instant at) {
        return jdbc.sql("""
                        update inbound_message set revoked_at = ?, version = version + 1
                         where organization_id = ? and id = ? and revoked_at is null
                        """)
                        .params(SqlTime.at(at), CurrentOrganization.id(), original.id)
                        .update()
                == 1;
    }

    /**
     * What somebody said, to be read again.
     *
     * @param phone the other side in E.164; null when it is not known
     * @param choiceId what was tapped; null when nothing was
     */
    record Words(
            UUID lineId,
            @Nullable String phone,
            boolean fromMe,
            @Nullable String text,
            @Nullable String choiceId,
            Instant sentAt) {

        /** Number and words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Words[lineId=" + lineId + "]";
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    Words said(UUID id) {
        return jdbc.sql("""
                        select line_id, phone, from_me or chat_kind <> 'direct' as from_me, text, choice_id, sent_at
                          from inbound_message where organization_id = ? and id = ?
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Words(
                        row.getObject("line_id", UUID.class),
                        row.getString("phone"),
                        row.getBoolean("from_me"),
                        row.getString("text"),
                        row.getString("choice_id"),
                        SqlTime.instant(row, "sent_at")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such message"));
    }

    /** The latest reaction of the same person to the same message, unless one later than this is known. */
    Optional<Written> reactionBefore(InboundReceived reaction, UUID contactId) {
        return jdbc.sql("select " + COLUMNS + """
                         from inbound_message
                         where organization_id = ? and line_id = ? and target_provider_message_id = ? and kind = 'reaction'
                           and contact_id = ? and provider_message_id <> ? and text is not null
                         order by sent_at desc, id desc limit 1 for update
                        """)
                .params(
                        CurrentOrganization.id(),
                        reaction.lineId(),
                        Objects.requireNonNullElse(reaction.targetProviderMessageId(), ""),
                        contactId,
                        reaction.providerMessageId())
                .query(WrittenMessages::written)
                .optional()
                .filter(last -> !last.sentAt.isAfter(reaction.sentAt()));
    }

    /** Whether the same person reacted to the same message again later than this, or took the reaction back. */
    boolean reactedAfter(InboundReceived reaction, UUID contactId) {
        return jdbc.sql("""
                        select exists (
                            select from inbound_message
                             where organization_id = ? and line_id = ? and target_provider_message_id = ?
                               and kind = 'reaction' and contact_id = ? and sent_at > ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        reaction.lineId(),
                        Objects.requireNonNullElse(reaction.targetProviderMessageId(), ""),
                        contactId,
                        SqlTime.at(reaction.sentAt()))
                .query(Boolean.class)
                .single();
    }

    /** The visits into which its words put an answer: more than one where they were for all that a message told. */
    List<UUID> answeredVisits(Written message) {
        var several = jdbc.sql("""
                        select appointment_id from inbound_message_visit
                         where organization_id = ? and inbound_message_id = ? and outcome is not null
                         order by appointment_id
                        """)
                .params(CurrentOrganization.id(), message.id())
                .query((row, n) -> row.getObject("appointment_id", UUID.class))
                .list();
        return several.isEmpty() && message.appointmentId() instanceof UUID only ? List.of(only) : several;
    }

    /** Whether anything but reactions to this message answered about the visit. */
    boolean anotherAnswer(UUID appointmentId, InboundReceived reaction) {
        return jdbc.sql("""
                        select exists (
                            select from inbound_message
                             where organization_id = ?
                               and id in (select id from inbound_message
                                           where organization_id = ? and appointment_id = ?
                                          union all
                                          select inbound_message_id from inbound_message_visit
                                           where organization_id = ? and appointment_id = ? and outcome is not null)
                               and (outcome in ('accepted', 'cancelled') or reason = 'ask-staff')
                               and target_provider_message_id is distinct from ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        CurrentOrganization.id(),
                        appointmentId,
                        CurrentOrganization.id(),
                        appointmentId,
                        Objects.requireNonNullElse(reaction.targetProviderMessageId(), ""))
                .query(Boolean.class)
                .single();
    }

    /** Open consoles show it anew. */
    void tell(UUID id) {
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
    }

    /**
     * Words as they were before they were edited.
     *
     * @param until when other words took their place
     */
    record EarlierText(String text, Instant until) {
        @Override
        public String toString() {
            return "EarlierText[until=" + until + "]";
        }
    }

    private static Written written(ResultSet row, int n) throws SQLException {
        return new Written(
                row.getObject("id", UUID.class),
                row.getObject("line_id", UUID.class),
                row.getString("provider_message_id"),
                row.getObject("contact_id", UUID.class),
                row.getString("phone"),
                row.getObject("patient_id", UUID.class),
                row.getBoolean("from_me"),
                row.getString("chat_kind").equals("direct"),
                row.getString("kind"),
                row.getString("text"),
                row.getString("quoted_provider_message_id"),
                row.getString("target_provider_message_id"),
                SqlTime.instant(row, "sent_at"),
                SqlTime.instantOrNull(row, "edited_at"),
                Outcome.of(row.getString("outcome")),
                row.getString("reason"),
                row.getObject("appointment_id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getObject("handled_at") != null);
    }
}
