package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.AutomaticReplies;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens tickets, by hand and for messages of chosen categories, and takes them to their end. */
@Service
@Transactional
class Tickets {

    /** The name of the jobs that call people when a message opened a ticket. */
    static final String NOTICE_JOB = "ticket-notice";

    /** What other systems are told of a ticket whose topic nobody knows. */
    private static final String UNSORTED = "unknown";

    private final TicketViews views;
    private final ConversationStore conversations;
    private final TicketSettings settings;
    private final TicketCategories categories;
    private final Contacts contacts;
    private final PatientContacts patients;
    private final WhatsAppLines lines;
    private final AutomaticReplies replies;
    private final OrganizationProfiles organizations;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    Tickets(
            TicketViews views,
            ConversationStore conversations,
            TicketSettings settings,
            TicketCategories categories,
            Contacts contacts,
            PatientContacts patients,
            WhatsAppLines lines,
            AutomaticReplies replies,
            OrganizationProfiles organizations,
            Jobs jobs,
            JdbcClient jdbc,
            LiveHints hints,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.views = views;
        this.conversations = conversations;
        this.settings = settings;
        this.categories = categories;
        this.contacts = contacts;
        this.patients = patients;
        this.lines = lines;
        this.replies = replies;
        this.organizations = organizations;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.hints = hints;
        this.publisher = publisher;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The other side wrote something that waits for staff: opens a ticket when the clinic wants one for it and none is
     * open. Part of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void heard(UUID conversationId, @Nullable String text) {
        var wanted = settings.current();
        if (text == null || wanted.openedFor().isEmpty()) {
            return;
        }
        categories
                .of(text, wanted.rules())
                .filter(found -> wanted.openedFor().contains(found.category()))
                .filter(found -> isFree(conversationId))
                .ifPresent(found -> {
                    var id = insert(conversationId, found.category(), found.by(), null);
                    jobs.schedule(NOTICE_JOB, JobId.of(id), clock.instant());
                });
    }

    private boolean isFree(UUID conversationId) {
        return jdbc.sql("""
                        select not exists (select from ticket
                                            where organization_id = ? and conversation_id = ? and state <> 'closed')
                        """)
                .params(CurrentOrganization.id(), conversationId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Somebody of the clinic answered. Part of the caller's transaction. @param by their account; null when not known */
    @Transactional(propagation = Propagation.MANDATORY)
    public void answered(UUID conversationId, @Nullable String by, Instant at) {
        jdbc.sql("""
                        update ticket
                           set first_answered_at = coalesce(first_answered_at, ?),
                               first_answered_by = case when first_answered_at is null then ? else first_answered_by end,
                               state = 'in-progress', version = version + 1
                         where organization_id = ? and conversation_id = ? and state = 'open'
                        returning id
                        """)
                .param(SqlTime.at(at))
                .param(by)
                .param(CurrentOrganization.id())
                .param(conversationId)
                .query(UUID.class)
                .list()
                .forEach(this::turned);
    }

    /** Opens one by hand.
     *
     * @param category null when it is not known
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code ticket-open} when the conversation has one */
    public TicketView open(UUID conversationId, @Nullable TicketCategory category, Staff by) {
        conversations.lock(conversationId);
        if (!isFree(conversationId)) {
            throw Problem.TICKET_OPEN.because("Close that one first, or go on with it");
        }
        return views.one(insert(conversationId, category, category == null ? null : TicketCategory.By.STAFF, by));
    }

    /** A flow opens one, of which it tells the other side; where one is open it goes on. Part of the caller's transaction.
     *
     * @return its number */
    @Transactional(propagation = Propagation.MANDATORY)
    public long openByItself(UUID conversationId) {
        conversations.lock(conversationId);
        if (isFree(conversationId)) {
            var id = insert(conversationId, null, null, null);
            jobs.schedule(NOTICE_JOB, JobId.of(id), clock.instant());
        }
        return jdbc.sql("""
                        update ticket set acknowledged_at = coalesce(acknowledged_at, ?), version = version + 1
                         where organization_id = ? and conversation_id = ? and state <> 'closed'
                        returning number
                        """)
                .params(SqlTime.at(now()), CurrentOrganization.id(), conversationId)
                .query((row, n) -> row.getLong("number"))
                .single();
    }

    private UUID insert(
            UUID conversationId,
            @Nullable TicketCategory category,
            TicketCategory.@Nullable By categoryBy,
            @Nullable Staff by) {
        var id = Ids.next();
        jdbc.sql("""
                        insert into ticket (organization_id, id, number, conversation_id, category, category_by, state, opened_at,
                                            opened_by)
                        values (?, ?, ?, ?, ?, ?, 'open', ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(settings.nextNumber())
                .param(conversationId)
                .param(category == null ? null : category.wireName())
                .param(categoryBy == null ? null : categoryBy.wireName())
                .param(SqlTime.at(now()))
                .param(by == null ? null : by.name())
                .update();
        hints.changed(LiveHints.Kind.TICKET, id);
        publisher.publishEvent(new TicketTurned(
                id, true, TicketState.OPEN.wireName(), category == null ? UNSORTED : category.wireName()));
        return id;
    }

    /** Consoles show it anew and other systems are told how far it is. */
    private void turned(UUID id) {
        hints.changed(LiveHints.Kind.TICKET, id);
        publisher.publishEvent(jdbc.sql("select state, category from ticket where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new TicketTurned(
                        id,
                        false,
                        row.getString("state"),
                        row.getString("category") instanceof String category ? category : UNSORTED))
                .single());
    }

    /** How far it came and what it is about.
     *
     * @param category null when it is not known
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code ticket-open} for one that is
     *     opened again while its conversation has another */
    public TicketView change(
            UUID id, ExpectedVersion expected, TicketState state, @Nullable TicketCategory category, Staff by) {
        var before = lock(id, expected);
        if (before.state() == TicketState.CLOSED && state != TicketState.CLOSED && !isFree(before.conversationId())) {
            throw Problem.TICKET_OPEN.because("Its conversation has another one by now");
        }
        boolean closes = state == TicketState.CLOSED;
        boolean told = category != before.category();
        jdbc.sql("""
                        update ticket
                           set state = ?, closed_at = case when ? then coalesce(closed_at, ?) end,
                               closed_by = case when ? then coalesce(closed_by, ?) end,
                               category = ?, category_by = case when ? then ? else category_by end, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .param(state.wireName())
                .param(closes)
                .param(SqlTime.at(now()))
                .param(closes)
                .param(by.name())
                .param(category == null ? null : category.wireName())
                .param(told)
                .param(category == null ? null : TicketCategory.By.STAFF.wireName())
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        turned(id);
        return views.one(id);
    }

    /** A ticket whose other side is told that it was received. @param notice the message that tells it */
    record Acknowledged(TicketView ticket, UUID notice) {}

    /** Tells the other side, in one sentence with its number, that it was received. It answers nothing: they go on waiting.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code ticket-not-in-that-state} when they
     *     were told or it is closed, {@code line-down} while nothing can leave */
    public Acknowledged acknowledge(UUID id, ExpectedVersion expected) {
        var ticket = lock(id, expected);
        if (ticket.acknowledgedAt() != null || ticket.state() == TicketState.CLOSED) {
            throw Problem.TICKET_NOT_IN_THAT_STATE.because("They were told, or it is closed");
        }
        var line = jdbc.sql("select line_id from conversation where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), ticket.conversationId())
                .query(UUID.class)
                .single();
        if (!lines.find(line).map(LineFacts::linked).orElse(false)) {
            throw Problem.LINE_DOWN.because("Nothing was sent: link the line first");
        }
        var contact = contacts.find(ticket.contact().id()).orElseThrow();
        var people = contact.phone() == null ? List.<PatientContact>of() : patients.byPhone(contact.phone());
        var only = people.size() == 1 ? people.getFirst() : null;
        var notice = replies.tell(
                contact.id(),
                only == null ? null : only.id(),
                line,
                received(only == null ? organizations.current().locale() : only.language(), ticket.number()));
        jdbc.sql("update ticket set acknowledged_at = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(SqlTime.at(now()), CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.TICKET, id);
        return new Acknowledged(views.one(id), notice);
    }

    private static String received(String language, long number) {
        return switch (language) {
            case "en" -> "We received your request. Its number is " + number + ".";
            case "pt-BR" -> "Recebemos seu pedido. O número dele é " + number + ".";
            default -> "Recibimos tu pedido. Su número es " + number + ".";
        };
    }

    /** In which conversation one is; empty when it is gone. */
    @Transactional(readOnly = true)
    public Optional<UUID> conversationOf(UUID id) {
        return jdbc.sql("select conversation_id from ticket where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(UUID.class)
                .optional();
    }

    private TicketView lock(UUID id, ExpectedVersion expected) {
        var locked = jdbc.sql("select version from ticket where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional();
        if (locked.isEmpty()) {
            throw Problem.NOT_FOUND.because("This clinic has no such ticket");
        }
        var ticket = views.one(id);
        expected.mustBe(ticket.version());
        return ticket;
    }

    /** Two conversations turned out to be one: their tickets are too, and of two open ones the other's is closed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void joined(UUID kept, UUID other) {
        if (!isFree(kept)) {
            jdbc.sql("""
                            update ticket set state = 'closed', closed_at = ?, version = version + 1
                             where organization_id = ? and conversation_id = ? and state <> 'closed'
                            returning id
                            """)
                    .params(SqlTime.at(now()), CurrentOrganization.id(), other)
                    .query(UUID.class)
                    .list()
                    .forEach(this::turned);
        }
        jdbc.sql("update ticket set conversation_id = ? where organization_id = ? and conversation_id = ?")
                .params(kept, CurrentOrganization.id(), other)
                .update();
    }
}
