package app.recado.bot;

import app.recado.bot.AgendaTools.Who;
import app.recado.bot.assistant.AssistantInput;
import app.recado.bot.assistant.AssistantInput.Fact;
import app.recado.bot.assistant.AssistantInput.Line;
import app.recado.bot.assistant.AssistantInput.Notice;
import app.recado.bot.assistant.AssistantWords;
import app.recado.conversations.AutomaticThreads.Heard;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what a turn knows: of this person, on this line, and of late. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AssistantContext {

    private static final int LINES = 16;
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Duration NOTICE = Duration.ofDays(7);
    private static final int MOST_VISITS = 10;
    private static final int MOST_SERVICES = 40;

    private final JdbcClient jdbc;
    private final FlowAgenda agenda;
    private final AssistantFacts facts;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    AssistantContext(
            JdbcClient jdbc, FlowAgenda agenda, AssistantFacts facts, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.agenda = agenda;
        this.facts = facts;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** What a turn knows, and what of it the log names. @param noticeId the notification; null for none */
    record Gathered(AssistantInput input, @Nullable UUID noticeId) {}

    /** @param unanswered the messages that this turn answers, which are no history
     * @param words what they say together */
    public Gathered gather(Heard message, List<UUID> unanswered, String words) {
        var clinic = organizations.current();
        var people = agenda.people(message.phone());
        var tools = agenda.tools(new Who(message.phone(), people, words, clock.instant()));
        var notice = notice(message.phone());
        var only = people.size() == 1 && !people.getFirst().restricted() ? people.getFirst() : null;
        var language = AssistantWords.language(agenda.language(people));
        return new Gathered(
                new AssistantInput(
                        clinic.name(),
                        language,
                        clinic.timeZone(),
                        clock.instant(),
                        only == null ? null : only.greetingName(),
                        facts.fitting(words).stream()
                                .map(fact -> new Fact(
                                        fact.id(), fact.title(), fact.texts().in(language)))
                                .toList(),
                        notice.map(Told::notice).orElse(null),
                        history(message, unanswered),
                        tools.visits().stream().limit(MOST_VISITS).toList(),
                        tools.services().stream().limit(MOST_SERVICES).toList(),
                        words),
                notice.map(Told::id).orElse(null));
    }

    /** Whether anything but one message was said to somebody since then: a question that was asked then is not the last one. */
    public boolean saidMore(Heard message, Instant since) {
        return jdbc.sql("""
                        select count(*) > 1 from message m
                         where m.organization_id = :org and m.line_id = :line and m.created_at >= :since and m.lead_id is null
                           and (m.phone = :phone or m.contact_id = :contact)
                        """)
                .param("org", CurrentOrganization.id())
                .param("line", message.lineId())
                .param("contact", message.contactId())
                .param("phone", message.phone())
                .param("since", SqlTime.at(since))
                .query(Boolean.class)
                .single();
    }

    private record Told(UUID id, Notice notice) {}

    private Optional<Told> notice(@Nullable String phone) {
        if (phone == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select id, kind, text, out_at, subject_id from message
                         where organization_id = ? and phone = ? and out_at > ? and text is not null
                           and kind in ('confirmation', 'reminder', 'reschedule', 'cancellation')
                         order by out_at desc limit 1
                        """)
                .params(
                        CurrentOrganization.id(),
                        phone,
                        SqlTime.at(clock.instant().minus(NOTICE)))
                .query((row, n) -> new Told(
                        row.getObject("id", UUID.class),
                        new Notice(
                                row.getString("kind"),
                                row.getString("text"),
                                SqlTime.instant(row, "out_at"),
                                row.getObject("subject_id", UUID.class))))
                .optional();
    }

    private List<Line> history(Heard message, List<UUID> unanswered) {
        var newest = jdbc.sql("""
                        select words, patient from (
                            select i.text as words, not i.from_me as patient, i.sent_at as at, i.id
                              from inbound_message i
                             where i.organization_id = :org and i.contact_id = :contact and i.line_id = :line
                               and i.sent_at > :since and i.text is not null and i.id <> all (:unanswered)
                            union all
                            select coalesce(m.text, m.content ->> 'text', m.content ->> 'caption'), false, m.out_at, m.id
                              from message m
                             where m.organization_id = :org and m.line_id = :line and m.out_at > :since
                               and (m.phone = :phone or m.phone is null and m.contact_id = :contact)
                               and m.kind not in ('verification', 'campaign')) said
                         where words is not null
                         order by at desc, id desc limit :limit
                        """)
                .param("org", CurrentOrganization.id())
                .param("contact", message.contactId())
                .param("line", message.lineId())
                .param("phone", message.phone())
                .param("since", SqlTime.at(clock.instant().minus(REMEMBERED)))
                .param("unanswered", unanswered.toArray(UUID[]::new))
                .param("limit", LINES)
                .query((row, n) -> new Line(row.getBoolean("patient"), row.getString("words")))
                .list();
        return newest.reversed();
    }
}
