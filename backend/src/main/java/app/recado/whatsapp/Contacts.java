package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is who on WhatsApp, in the current organization. A phone, a LID and business-scoped user ids that were seen together
 * once are one contact from then on, and an event that carries only one of them is of the same person. A contact has at
 * most one phone; an opaque identity that comes with another phone has moved to that phone's contact.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Contacts {

    /** So long what was found out needs no confirmation. */
    private static final Duration CONFIRMED_FOR = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Contacts(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Finds or remembers somebody, with everything that was told about them.
     *
     * @param lineId where it was told: user ids are of one business, so a line is answered with its own
     * @param name as they call themselves; null leaves what is known
     * @return empty when nothing was told that names a person
     */
    public Optional<Contact> seen(UUID lineId, ContactIds ids, @Nullable String name) {
        if (ids.nobody()) {
            return Optional.empty();
        }
        lock(ids);
        var byPhone = ids.phone() == null ? null : byPhone(ids.phone()).orElse(null);
        var others = holders(ids);
        var contact = choose(ids, byPhone, others);
        boolean phoneIsNew = contact.phone() == null && ids.phone() != null;
        if (phoneIsNew) {
            contact = new Contact(contact.id(), ids.phone(), contact.name());
            update("phone = ?", contact.id(), ids.phone());
        }
        if (name != null && !name.equals(contact.name())) {
            contact = new Contact(contact.id(), contact.phone(), name);
            update("name = ?", contact.id(), name);
        }
        var gone = join(contact, others);
        attach(lineId, contact, ids, others);
        if (phoneIsNew || !gone.isEmpty()) {
            told(contact, gone);
        }
        return Optional.of(contact);
    }

    /** Empty for unknown ids and for contacts of other organizations alike. */
    public Optional<Contact> find(UUID id) {
        return jdbc.sql("select id, phone, name from contact where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(Contacts::contact)
                .optional();
    }

    public Optional<Contact> byPhone(String e164) {
        return jdbc.sql("select id, phone, name from contact where organization_id = ? and phone = ?")
                .params(CurrentOrganization.id(), e164)
                .query(Contacts::contact)
                .optional();
    }

    /**
     * Whether a number has WhatsApp, as lines found out.
     *
     * @param at when they did
     */
    public record OnWhatsApp(boolean has, Instant at) {}

    /**
     * A line found out whether a number has WhatsApp: it wrote, a message came there, or WhatsApp does not know it. The same
     * again is written down once a month.
     */
    public void foundOut(String e164, boolean has, Instant at) {
        var known = onWhatsApp(List.of(e164)).get(e164);
        boolean isNews = known == null
                || known.at().isBefore(at) && (known.has() != has || known.at().isBefore(at.minus(CONFIRMED_FOR)));
        if (!isNews) {
            return;
        }
        if (!has) {
            lock(ContactIds.phone(e164));
        }
        // Of whom nothing else is known nothing was ever heard, so only that they have none is worth a contact.
        var contact = has ? byPhone(e164) : Optional.of(byPhone(e164).orElseGet(() -> insert(e164)));
        contact.ifPresent(one -> jdbc.sql("""
                        update contact set on_whatsapp = ?, on_whatsapp_at = ? where organization_id = ? and id in (
                               select id from contact where organization_id = ? and id = ? for no key update skip locked)
                        """)
                .params(has, SqlTime.at(at), CurrentOrganization.id(), CurrentOrganization.id(), one.id())
                .update());
    }

    /** What is known of these numbers; those of which nothing is are left out. */
    public Map<String, OnWhatsApp> onWhatsApp(Collection<String> phones) {
        var known = new HashMap<String, OnWhatsApp>();
        jdbc.sql("""
                        select phone, on_whatsapp, on_whatsapp_at from contact
                         where organization_id = ? and phone = any (?) and on_whatsapp_at is not null
                        """)
                .params(CurrentOrganization.id(), phones.toArray(String[]::new))
                .query(row -> {
                    known.put(
                            row.getString("phone"),
                            new OnWhatsApp(row.getBoolean("on_whatsapp"), SqlTime.instant(row, "on_whatsapp_at")));
                });
        return known;
    }

    /** Everything known to address somebody by on a line. User ids of other lines may be another business's and are left
     * out. */
    public ContactIds idsOn(UUID lineId, UUID contactId) {
        var known = new LinkedHashMap<String, String>();
        jdbc.sql("""
                        select kind, value from contact_identity
                         where organization_id = ? and contact_id = ? and (kind <> 'user-id' or line_id = ?)
                         order by seen_at, value
                        """)
                .params(CurrentOrganization.id(), contactId, lineId)
                .query((row, n) -> Map.entry(row.getString("kind"), row.getString("value")))
                .list()
                .forEach(one -> known.put(one.getKey(), one.getValue()));
        var phone = find(contactId).map(Contact::phone).orElse(null);
        return new ContactIds(phone, known.get("lid"), known.get("user-id"), known.get("address"));
    }

    /**
     * Somebody has another number now: it, and the identities told with it, are this contact's, and whoever was known by
     * them is the same person.
     */
    public Contact changed(UUID lineId, UUID contactId, ContactIds to) {
        var contact = find(contactId).orElseThrow();
        lock(to);
        var gone = new ArrayList<UUID>();
        if (to.phone() != null && !to.phone().equals(contact.phone())) {
            var holder = byPhone(to.phone());
            holder.ifPresent(other -> gone.add(absorb(contact, other)));
            update("phone = ?", contactId, to.phone());
        }
        var now = find(contactId).orElseThrow();
        attach(lineId, now, to, holders(to));
        told(now, gone);
        return now;
    }

    /** Whoever keeps rows of them moves these first; then nothing points at those that are gone. */
    private void told(Contact contact, List<UUID> gone) {
        events.publishEvent(new ContactKnown(contact, gone));
        for (var id : gone) {
            jdbc.sql("delete from contact where organization_id = ? and id = ?")
                    .params(CurrentOrganization.id(), id)
                    .update();
        }
    }

    /** Two events of one person at the same time make one contact. In one order, so that none waits for the other. */
    private void lock(ContactIds ids) {
        Stream.concat(Stream.ofNullable(ids.phone()), ids.opaque().map(ContactIds.Opaque::value))
                .sorted()
                .forEach(value -> jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/contact/' || ?, 0))")
                        .params(CurrentOrganization.id().toString(), value)
                        .query((row, n) -> n)
                        .list());
    }

    private Map<String, Contact> holders(ContactIds ids) {
        var holders = new LinkedHashMap<String, Contact>();
        ids.opaque()
                .forEach(one -> jdbc.sql("""
                                select c.id, c.phone, c.name from contact_identity i
                                  join contact c on c.organization_id = i.organization_id and c.id = i.contact_id
                                 where i.organization_id = ? and i.kind = ? and i.value = ?
                                """)
                        .params(CurrentOrganization.id(), one.kind(), one.value())
                        .query(Contacts::contact)
                        .optional()
                        .ifPresent(contact -> holders.put(one.kind(), contact)));
        return holders;
    }

    private Contact choose(ContactIds ids, @Nullable Contact byPhone, Map<String, Contact> holders) {
        if (byPhone != null) {
            return byPhone;
        }
        return holders.values().stream()
                .filter(holder -> ids.phone() == null || holder.phone() == null)
                .min(Comparator.comparing((Contact holder) -> holder.phone() == null)
                        .thenComparing(Contact::id))
                .orElseGet(() -> insert(ids.phone()));
    }

    private Contact insert(@Nullable String phone) {
        var id = Ids.next();
        var now = SqlTime.at(clock.instant());
        jdbc.sql("insert into contact (organization_id, id, phone, created_at, updated_at) values (?, ?, ?, ?, ?)")
                .param(CurrentOrganization.id())
                .param(id)
                .param(phone)
                .param(now)
                .param(now)
                .update();
        return new Contact(id, phone, null);
    }

    /** Whoever else was known by these identities and has no phone of their own is this person. */
    private List<UUID> join(Contact contact, Map<String, Contact> holders) {
        return holders.values().stream()
                .filter(holder -> !holder.id().equals(contact.id()) && holder.phone() == null)
                .distinct()
                .map(holder -> absorb(contact, holder))
                .toList();
    }

    private UUID absorb(Contact contact, Contact other) {
        jdbc.sql("update contact_identity set contact_id = ? where organization_id = ? and contact_id = ?")
                .params(contact.id(), CurrentOrganization.id(), other.id())
                .update();
        update("phone = ?", other.id(), null); // the number is free for whoever they are
        return other.id();
    }

    private void attach(UUID lineId, Contact contact, ContactIds ids, Map<String, Contact> holders) {
        ids.opaque().forEach(one -> {
            var holder = holders.get(one.kind());
            boolean mayMove = holder == null || holder.phone() == null || Objects.equals(contact.phone(), ids.phone());
            if (holder == null || holder.id().equals(contact.id()) || mayMove) {
                jdbc.sql("""
                        insert into contact_identity (organization_id, kind, value, contact_id, line_id, seen_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (organization_id, kind, value) do update
                           set contact_id = excluded.contact_id, line_id = excluded.line_id, seen_at = excluded.seen_at
                         where (contact_identity.contact_id, contact_identity.line_id)
                               is distinct from (excluded.contact_id, excluded.line_id)
                        """)
                        .params(
                                CurrentOrganization.id(),
                                one.kind(),
                                one.value(),
                                contact.id(),
                                lineId,
                                SqlTime.at(clock.instant()))
                        .update();
            }
        });
    }

    private void update(String what, UUID id, @Nullable String value) {
        jdbc.sql("update contact set " + what + ", updated_at = ? where organization_id = ? and id = ?")
                .param(value)
                .param(SqlTime.at(clock.instant()))
                .param(CurrentOrganization.id())
                .param(id)
                .update();
    }

    private static Contact contact(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Contact(row.getObject("id", UUID.class), row.getString("phone"), row.getString("name"));
    }
}
