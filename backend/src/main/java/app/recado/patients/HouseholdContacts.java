package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who answers the phone at which patients are reached, when that is somebody else, and what follows from it. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class HouseholdContacts {

    private final JdbcClient jdbc;
    private final Clock clock;

    HouseholdContacts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * By patient, how the contact is called. A patient with a number of their own, or whose card is the contact's, is left
     * out; of two households with one number the older counts.
     */
    public Map<UUID, String> names(Collection<Patient> patients) {
        var reached = new HashMap<UUID, String>();
        for (var patient : patients) {
            if (patient.phone() instanceof String phone) {
                reached.put(patient.id(), phone);
            }
        }
        var names = new HashMap<UUID, String>();
        if (reached.isEmpty()) {
            return names;
        }
        // The oldest comes last and stays. A card that became the contact's by a merge is the contact's, whatever else
        // it was.
        jdbc.sql("""
                        select m.patient_id, h.phone, coalesce(h.given_name, h.family_name) as name
                          from household_member m
                          join household h on h.organization_id = m.organization_id and h.id = m.household_id
                         where m.organization_id = :org and m.patient_id = any (:patients) and m.relationship <> 'self'
                           and not exists (select from household_member own
                                            where own.organization_id = :org and own.household_id = h.id
                                              and own.patient_id = m.patient_id and own.relationship = 'self')
                         order by h.id desc
                        """)
                .param("org", CurrentOrganization.id())
                .param("patients", reached.keySet().toArray(UUID[]::new))
                .query(row -> {
                    var patient = row.getObject("patient_id", UUID.class);
                    if (row.getString("phone").equals(reached.get(patient))) {
                        names.put(patient, row.getString("name"));
                    }
                });
        return names;
    }

    /**
     * Of these patients those who are reached at the number of a household of theirs, and everybody else of those households
     * who is: by patient, the oldest such household.
     */
    public Map<UUID, UUID> together(Collection<UUID> patients) {
        var households = new HashMap<UUID, UUID>();
        if (patients.isEmpty()) {
            return households;
        }
        jdbc.sql("""
                        select m.patient_id, m.household_id
                          from household_member m
                          join household h on h.organization_id = m.organization_id and h.id = m.household_id
                          join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
                         where m.organization_id = :org and p.phone = h.phone and p.replaced_by is null
                           and p.erased_at is null
                           and m.household_id in (select household_id from household_member
                                                   where organization_id = :org and patient_id = any (:patients))
                         order by m.household_id desc
                        """)
                .param("org", CurrentOrganization.id())
                .param("patients", patients.toArray(UUID[]::new))
                .query(row -> {
                    households.put(row.getObject("patient_id", UUID.class), row.getObject("household_id", UUID.class));
                });
        return households;
    }

    /** Other patients who are reached at that number because this one answers it, in the order of their ids. */
    public List<UUID> reachedThrough(UUID contact, String phone) {
        return jdbc.sql("""
                        select distinct m.patient_id
                          from household_member own
                          join household h on h.organization_id = own.organization_id and h.id = own.household_id
                          join household_member m on m.organization_id = h.organization_id and m.household_id = h.id
                          join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
                         where own.organization_id = :org and own.patient_id = :contact and own.relationship = 'self'
                           and h.phone = :phone and p.phone = :phone and p.id <> :contact
                         order by m.patient_id
                        """)
                .param("org", CurrentOrganization.id())
                .param("contact", contact)
                .param("phone", phone)
                .query((row, n) -> row.getObject("patient_id", UUID.class))
                .list();
    }

    /** The same of several contacts, each at the number of their card; none of themselves. */
    public List<UUID> reachedThrough(Collection<UUID> contacts) {
        return jdbc.sql("""
                        select distinct m.patient_id
                          from household_member own
                          join patient c on c.organization_id = own.organization_id and c.id = own.patient_id
                          join household h on h.organization_id = own.organization_id and h.id = own.household_id
                          join household_member m on m.organization_id = h.organization_id and m.household_id = h.id
                          join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
                         where own.organization_id = :org and own.patient_id = any (:contacts) and own.relationship = 'self'
                           and h.phone = c.phone and p.phone = c.phone and p.id <> all (:contacts)
                         order by m.patient_id
                        """)
                .param("org", CurrentOrganization.id())
                .param("contacts", contacts.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("patient_id", UUID.class))
                .list();
    }

    /**
     * Until the transaction ends nobody else changes these cards or merges them; records about them may be written.
     * Whoever changes several, or a household, asks this first: rows are locked in one order, patients before households.
     *
     * @return those who are patients of this clinic, and no remains of a merge
     */
    public Set<UUID> lock(Collection<UUID> patients) {
        return new HashSet<>(jdbc.sql("""
                        select id from patient where organization_id = ? and id = any (?) and replaced_by is null
                           and erased_at is null
                         order by id for no key update
                        """)
                .params(CurrentOrganization.id(), patients.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /**
     * Households of that number have another one.
     *
     * @param contact only those of which this patient is the contact; null for all
     * @param by the account
     */
    public void moved(@Nullable UUID contact, String from, String to, String by) {
        jdbc.sql("""
                        update household h set phone = :to, version = version + 1, updated_at = :now, updated_by = :by
                         where h.organization_id = :org and h.phone = :from
                           and (cast(:contact as uuid) is null
                                or exists (select from household_member m
                                            where m.organization_id = :org and m.household_id = h.id
                                              and m.patient_id = cast(:contact as uuid) and m.relationship = 'self'))
                        """)
                .param("to", to)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by)
                .param("org", CurrentOrganization.id())
                .param("from", from)
                .param("contact", contact)
                .update();
    }
}
