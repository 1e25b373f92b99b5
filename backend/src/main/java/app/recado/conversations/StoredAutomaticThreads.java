package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.CampaignMessages;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads conversations for whoever speaks by itself. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredAutomaticThreads implements AutomaticThreads {

    /** For so long after somebody of the clinic wrote, the conversation is theirs. */
    private static final Duration A_PERSON_WAS_THERE = Duration.ofHours(12);

    private static final String FIRST = """
            not exists (select from inbound_message o
                         where o.organization_id = i.organization_id and o.contact_id = i.contact_id and o.line_id = i.line_id
                           and o.id <> i.id and not o.from_me)
            """;

    private final JdbcClient jdbc;
    private final InboundMessages inbound;
    private final HandOvers handOvers;
    private final Tickets tickets;
    private final CampaignMessages campaigns;
    private final Clock clock;

    StoredAutomaticThreads(
            JdbcClient jdbc,
            InboundMessages inbound,
            HandOvers handOvers,
            Tickets tickets,
            CampaignMessages campaigns,
            Clock clock) {
        this.jdbc = jdbc;
        this.inbound = inbound;
        this.handOvers = handOvers;
        this.tickets = tickets;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @Override
    public Optional<Heard> heard(UUID inboundId) {
        return jdbc.sql("""
                        select i.id, c.id as conversation_id, i.contact_id, i.line_id, o.phone, i.kind, i.text, i.choice_id,
                               i.media_id is not null as attachment, i.received_at, %s as first
                          from inbound_message i
                          join conversation c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
                               and c.line_id = i.line_id
                          join contact o on o.organization_id = i.organization_id and o.id = i.contact_id
                         where i.organization_id = ? and i.id = ? and i.chat_kind = 'direct' and not i.from_me
                        """.formatted(FIRST))
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> new Heard(
                        row.getObject("id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("phone"),
                        row.getString("kind"),
                        row.getString("text"),
                        row.getString("choice_id"),
                        row.getBoolean("attachment"),
                        row.getBoolean("first"),
                        SqlTime.instant(row, "received_at")))
                .optional();
    }

    @Override
    public boolean isFirst(UUID inboundId, UUID contactId, UUID lineId) {
        return !jdbc.sql("""
                        select exists (select from inbound_message
                                        where organization_id = ? and contact_id = ? and line_id = ? and id <> ? and not from_me)
                        """)
                .params(CurrentOrganization.id(), contactId, lineId, inboundId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean answersCampaign(UUID inboundId) {
        return jdbc.sql("""
                        select i.line_id, o.phone, i.quoted_provider_message_id, i.sent_at
                          from inbound_message i
                          join contact o on o.organization_id = i.organization_id and o.id = i.contact_id
                         where i.organization_id = ? and i.id = ? and o.phone is not null
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> campaigns.isAnswer(
                        row.getObject("line_id", UUID.class),
                        row.getString("phone"),
                        row.getString("quoted_provider_message_id"),
                        SqlTime.instant(row, "sent_at")))
                .optional()
                .orElse(false);
    }

    @Override
    public long openTicket(UUID conversationId) {
        return tickets.openByItself(conversationId);
    }

    @Override
    public boolean withPerson(UUID contactId, UUID lineId) {
        return jdbc.sql("""
                        select c.state = 'open' and (c.assignee is not null or c.waiting_since is not null)
                               or coalesce(c.last_answer_at > ?, false)
                               or exists (select from hand_over h
                                           where h.organization_id = c.organization_id and h.conversation_id = c.id
                                             and h.state = 'waiting')
                          from conversation c
                         where c.organization_id = ? and c.contact_id = ? and c.line_id = ?
                        """)
                .params(
                        SqlTime.at(clock.instant().minus(A_PERSON_WAS_THERE)),
                        CurrentOrganization.id(),
                        contactId,
                        lineId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    @Override
    public void leaveToPerson(UUID inboundId, String reason, boolean asked) {
        inbound.leftToPerson(inboundId, reason);
        if (asked) {
            heard(inboundId)
                    .ifPresent(message -> handOvers.request(message.conversationId(), HandOvers.Cause.PATIENT, null));
        }
    }

    @Override
    public Optional<Thread> thread(UUID conversationId) {
        return jdbc.sql("""
                        select c.contact_id, c.line_id, o.phone
                          from conversation c
                          join contact o on o.organization_id = c.organization_id and o.id = c.contact_id
                         where c.organization_id = ? and c.id = ?
                        """)
                .params(CurrentOrganization.id(), conversationId)
                .query((row, n) -> new Thread(
                        row.getObject("contact_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("phone")))
                .optional();
    }
}
