package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Phones;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Patients of whom one person answers the phone: a mother for three children. Whoever has no number of their own is reached
 * at the contact's, and so is whoever had the contact's before it changed; the contact is greeted there, never the patient.
 */
@Service
class Households {

    /** Of one patient, that are shown; nearly everybody has one or none. */
    private static final int LISTED = 10;

    private final JdbcClient jdbc;
    private final HouseholdContacts contacts;
    private final PatientRegister register;
    private final PhoneConsents consents;
    private final ClinicPhones phones;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Households(
            JdbcClient jdbc,
            HouseholdContacts contacts,
            PatientRegister register,
            PhoneConsents consents,
            ClinicPhones phones,
            OrganizationProfiles organizations,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.register = register;
        this.consents = consents;
        this.phones = phones;
        this.organizations = organizations;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A patient of a household.
     *
     * @param relationship what the contact is to them
     */
    record Member(UUID patientId, Relationship relationship) {}

    /** What is written down about a household; one of the names is there. */
    record Draft(@Nullable String givenName, @Nullable String familyName, String phone, List<Member> members) {

        List<UUID> patients() {
            return members.stream().map(Member::patientId).toList();
        }

        /** Names and number belong to people: never printed. */
        @Override
        public String toString() {
            return "Draft";
        }
    }

    /**
     * The households in which a patient is, the oldest first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}
     */
    @Transactional(readOnly = true)
    public List<HouseholdView> of(UUID patient) {
        register.get(patient);
        return jdbc
                .sql("""
                        select distinct household_id from household_member
                         where organization_id = ? and patient_id = ? order by household_id limit %d
                        """.formatted(LISTED))
                .params(CurrentOrganization.id(), patient)
                .query((row, n) -> row.getObject("household_id", UUID.class))
                .list()
                .stream()
                .map(this::read)
                .toList();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public HouseholdView get(UUID id) {
        return read(id);
    }

    private HouseholdView read(UUID id) {
        // Two cards of one person may have been merged: they are listed once, the contact's own card first.
        var members = jdbc.sql("""
                        select distinct on (p.sort_name, p.id) p.id, p.given_name, p.family_name, m.relationship,
                               p.phone = h.phone and m.relationship <> 'self' as through_contact
                          from household_member m
                          join household h on h.organization_id = m.organization_id and h.id = m.household_id
                          join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
                         where m.organization_id = ? and m.household_id = ?
                         order by p.sort_name, p.id, m.relationship <> 'self', m.id
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new HouseholdView.Member(
                        row.getObject("id", UUID.class),
                        PatientView.displayName(row.getString("given_name"), row.getString("family_name")),
                        Relationship.of(row.getString("relationship")),
                        row.getBoolean("through_contact")))
                .list();
        return jdbc.sql("select * from household where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new HouseholdView(
                        id,
                        row.getString("given_name"),
                        row.getString("family_name"),
                        PatientView.displayName(row.getString("given_name"), row.getString("family_name")),
                        row.getString("phone"),
                        Phones.national(
                                row.getString("phone"), organizations.current().country()),
                        members,
                        row.getLong("version")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such household"));
    }

    /**
     * Writes a household down.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields}, {@code patient-unknown}
     */
    @Transactional
    public HouseholdView create(Draft draft) {
        var phone = checked(draft);
        hold(draft, phone, List.of());
        var id = Ids.next();
        jdbc.sql("""
                        insert into household (organization_id, id, given_name, family_name, sort_name, phone, created_at,
                                               created_by, updated_at, updated_by, version)
                        values (:org, :id, :given, :family, :name, :phone, :now, :by, :now, :by, 0)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("given", draft.givenName())
                .param("family", draft.familyName())
                .param("name", SearchTokens.sortName(draft.familyName(), draft.givenName()))
                .param("phone", phone)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", Caller.current().subject())
                .update();
        write(id, draft, phone, phone);
        tell(id, draft.patients());
        return read(id);
    }

    /**
     * Replaces what is written about a household. Who is left out of it keeps their number.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}, {@code
     *     patient-unknown}
     */
    @Transactional
    public HouseholdView replace(UUID id, ExpectedVersion expected, Draft draft) {
        var before = read(id);
        expected.mustBe(before.version());
        var phone = checked(draft);
        var members = patients(before);
        hold(draft, phone, members);
        lock(id, expected);
        jdbc.sql("""
                        update household set given_name = :given, family_name = :family, sort_name = :name, phone = :phone,
                                             updated_at = :now, updated_by = :by, version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("given", draft.givenName())
                .param("family", draft.familyName())
                .param("name", SearchTokens.sortName(draft.familyName(), draft.givenName()))
                .param("phone", phone)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", Caller.current().subject())
                .update();
        for (var table : List.of("household_member", "household_search")) {
            jdbc.sql("delete from %s where organization_id = ? and household_id = ?".formatted(table))
                    .params(CurrentOrganization.id(), id)
                    .update();
        }
        write(id, draft, before.phone(), phone);
        tell(
                id,
                Stream.concat(members.stream(), draft.patients().stream())
                        .distinct()
                        .toList());
        return read(id);
    }

    /**
     * The patients stay, with their numbers; each is greeted by their own name again.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public void remove(UUID id, ExpectedVersion expected) {
        lock(id, expected);
        var members = patients(read(id));
        jdbc.sql("delete from household where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        tell(id, members);
    }

    private static List<UUID> patients(HouseholdView household) {
        return household.members().stream().map(HouseholdView.Member::patientId).toList();
    }

    /** @return the number, E.164 */
    private String checked(Draft draft) {
        if (draft.givenName() == null && draft.familyName() == null) {
            throw Problem.INVALID_FIELDS.at("/givenName", "required", "Whoever answers has a given or a family name");
        }
        var seen = new HashSet<UUID>();
        boolean contact = false;
        for (int i = 0; i < draft.members().size(); i++) {
            var member = draft.members().get(i);
            if (!seen.add(member.patientId())) {
                throw Problem.INVALID_FIELDS.at(
                        "/members/" + i + "/patientId", "repeated", "Each patient stands in a household once");
            }
            if (contact && member.relationship() == Relationship.SELF) {
                throw Problem.INVALID_FIELDS.at(
                        "/members/" + i + "/relationship", "repeated", "One of them is who answers");
            }
            contact |= member.relationship() == Relationship.SELF;
        }
        return phones.read(draft.phone(), "/phone").e164();
    }

    /** Phones before rows, as everybody who holds both, and patients before households. */
    private void hold(Draft draft, String phone, List<UUID> others) {
        consents.hold(phone);
        var known = contacts.lock(
                Stream.concat(draft.patients().stream(), others.stream()).toList());
        for (int i = 0; i < draft.members().size(); i++) {
            if (!known.contains(draft.members().get(i).patientId())) {
                throw Problem.PATIENT_UNKNOWN.at(
                        "/members/" + i + "/patientId", "unknown-value", "Register the patient first");
            }
        }
    }

    private void lock(UUID id, ExpectedVersion expected) {
        var version = jdbc.sql("select version from household where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such household"));
        expected.mustBe(version);
    }

    private void write(UUID id, Draft draft, String phoneBefore, String phone) {
        var name = SearchTokens.sortName(draft.familyName(), draft.givenName());
        jdbc.sql("""
                        insert into household_search (organization_id, household_id, token)
                        select :org, :id, unnest(cast(:tokens as text[]))
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("tokens", SearchTokens.beginnings(name).toArray(String[]::new))
                .update();
        for (var member : draft.members()) {
            jdbc.sql("""
                            insert into household_member (organization_id, id, household_id, patient_id, relationship, version)
                            values (?, ?, ?, ?, ?, 0)
                            """)
                    .params(
                            CurrentOrganization.id(),
                            Ids.next(),
                            id,
                            member.patientId(),
                            member.relationship().wireName())
                    .update();
            register.reachThroughContact(member.patientId(), phoneBefore, phone);
        }
    }

    private void tell(UUID id, List<UUID> patients) {
        patients.forEach(patient -> hints.changed(LiveHints.Kind.PATIENT, patient));
        events.publishEvent(new HouseholdChanged(id, patients, Caller.current().subject()));
    }
}
