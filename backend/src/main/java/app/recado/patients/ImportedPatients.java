package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.patients.PhoneConsents.Purpose;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many patients at once: who of them is there already, and all others written by a few statements. The rules are those of
 * the register, one patient at a time would take minutes.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ImportedPatients {

    private final JdbcClient jdbc;
    private final PhoneConsents consents;
    private final JsonMapper json;
    private final Clock clock;

    ImportedPatients(JdbcClient jdbc, PhoneConsents consents, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.consents = consents;
        this.json = json;
        this.clock = clock;
    }

    /** What makes a person the same: each identifier, and the phone with the name. */
    static Set<String> keys(Patient.Particulars patient) {
        var keys = new HashSet<String>();
        patient.identifiers().forEach(one -> keys.add(Patient.stored(one)));
        var name = SearchTokens.sortName(patient.familyName(), patient.givenName());
        patient.phones().numbers().forEach(number -> keys.add(number + " " + name));
        return keys;
    }

    private record Known(UUID id, String[] identifiers) {}

    /**
     * Who of these is there already: by an identifier, else by phone and name unless that patient has another identifier of
     * the same kind.
     *
     * @return by the place in the list; who is new is not in it
     */
    public Map<Integer, UUID> existing(List<Patient.Particulars> people) {
        var byIdentifier = new HashMap<String, UUID>();
        jdbc.sql("""
                        select i.kind || ' ' || i.value as identifier, i.patient_id
                          from unnest(?, ?) as asked (kind, value)
                          join patient_identifier i on i.organization_id = ? and i.kind = asked.kind and i.value = asked.value
                        """)
                .param(people.stream()
                        .flatMap(one -> one.identifiers().stream())
                        .map(one -> one.kind().wireName())
                        .toArray(String[]::new))
                .param(people.stream()
                        .flatMap(one -> one.identifiers().stream())
                        .map(one -> one.value())
                        .toArray(String[]::new))
                .param(CurrentOrganization.id())
                .query(row -> {
                    byIdentifier.put(row.getString(1), row.getObject(2, UUID.class));
                });
        var byPhone = new HashMap<String, Known>();
        jdbc.sql("""
                        select n.phone || ' ' || p.sort_name, p.id, p.identifiers
                          from patient_number n join patient p on p.organization_id = n.organization_id and p.id = n.id
                         where n.organization_id = ? and n.phone = any (?) order by p.id desc
                        """).param(CurrentOrganization.id()).param(phones(people)).query(row -> {
            byPhone.put(row.getString(1), new Known(row.getObject(2, UUID.class), (String[])
                    row.getArray(3).getArray()));
        });
        var found = new HashMap<Integer, UUID>();
        for (int i = 0; i < people.size(); i++) {
            var patient = people.get(i);
            var id = patient.identifiers().stream()
                    .map(one -> byIdentifier.get(Patient.stored(one)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (id == null) {
                id = keys(patient).stream()
                        .map(byPhone::get)
                        .filter(known -> known != null && !isSomebodyElse(known, patient))
                        .map(Known::id)
                        .findFirst()
                        .orElse(null);
            }
            if (id != null) {
                found.put(i, id);
            }
        }
        return found;
    }

    private static boolean isSomebodyElse(Known known, Patient.Particulars patient) {
        return Patient.identifiersOf(known.identifiers()).stream()
                .anyMatch(theirs -> patient.identifiers().stream()
                        .anyMatch(ours ->
                                ours.kind() == theirs.kind() && !ours.value().equals(theirs.value())));
    }

    private static String[] phones(List<Patient.Particulars> people) {
        return people.stream()
                .flatMap(one -> one.phones().numbers().stream())
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    /**
     * Writes new patients. Who is reached at a number that opted out stays opted out.
     *
     * @param country the clinic's
     * @param by the account that imports them
     * @return their ids, in the order of the list
     */
    public List<UUID> add(List<Patient.Particulars> people, String country, String by) {
        if (people.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var phones = phones(people);
        consents.holdAll(List.of(phones));
        var noCare = stopped(phones, Purpose.CARE, "messaging");
        var noMarketing = stopped(phones, Purpose.MARKETING, "marketing");
        var patients = new ArrayList<Patient>();
        for (var particulars : people) {
            var patient = new Patient(particulars, now, by);
            var speaking = patient.phones().speaking();
            if (speaking.stream().anyMatch(noCare::contains)) {
                patient.optOut(now, Patient.BY_PHONE);
            }
            if (speaking.stream().anyMatch(noMarketing::contains)) {
                patient.wantsMarketing(Messaging.OPTED_OUT, now, Patient.BY_PHONE);
            }
            patients.add(patient);
        }
        insert(patients, by);
        insertIdentifiers(patients);
        insertOtherPhones(patients);
        insertTokens(patients, country);
        return patients.stream().map(Patient::id).toList();
    }

    /** The phones of these that opted out: of a patient, or of whoever wrote from them before they were anybody's. */
    private Set<String> stopped(String[] phones, Purpose purpose, String column) {
        return new HashSet<>(jdbc.sql("""
                        select distinct phone from patient
                         where organization_id = ? and phone = any (?) and %1$s = 'opted-out'
                        union
                        select n.phone from patient_other_phone n
                          join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
                         where n.organization_id = ? and n.phone = any (?) and n.own and p.%1$s = 'opted-out'
                        union
                        select phone from (select distinct on (phone) phone, allowed from phone_consent
                                            where organization_id = ? and phone = any (?) and purpose = ?
                                            order by phone, said_at desc, id desc) as last
                         where not allowed
                        """.formatted(column))
                .params(
                        CurrentOrganization.id(),
                        phones,
                        CurrentOrganization.id(),
                        phones,
                        CurrentOrganization.id(),
                        phones,
                        purpose.name().toLowerCase(java.util.Locale.ROOT))
                .query((row, n) -> row.getString(1))
                .list());
    }

    private void insert(List<Patient> patients, String by) {
        var rows = patients.stream().map(ImportedPatients::row).toList();
        jdbc.sql("""
                        insert into patient (organization_id, id, given_name, family_name, sort_name, phone, phone_extension,
                                             phone_owner, phone_owner_name, other_phones, birth_date, language, notes, gender, email, identifiers, tags, custom_fields,
                                             messaging, opted_out_at, opted_out_by, marketing, marketing_changed_at,
                                             marketing_changed_by, created_at, created_by, updated_at, updated_by, version)
                        select :org, r.id, r.given_name, r.family_name, r.sort_name, r.phone, r.phone_extension,
                               r.phone_owner, r.phone_owner_name, cast(r.other_phones as jsonb), r.birth_date,
                               r.language, r.notes, r.gender, r.email, r.identifiers, r.tags, r.custom_fields,
                               r.messaging, case r.messaging when 'opted-out' then :now end,
                               case r.messaging when 'opted-out' then 'phone' end,
                               r.marketing, case r.marketing when 'opted-out' then :now end,
                               case r.marketing when 'opted-out' then 'phone' end, :now, :by, :now, :by, 0
                          from jsonb_to_recordset(cast(:rows as jsonb)) as r (
                               id uuid, given_name text, family_name text, sort_name text, phone text, phone_extension text,
                               phone_owner text, phone_owner_name text, other_phones text, birth_date date, language text, notes text, gender text, email text, identifiers text[],
                               tags text[], custom_fields jsonb, messaging text, marketing text)
                        """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(patients.getFirst().createdAt()))
                .param("by", by)
                .param("rows", json.writeValueAsString(rows))
                .update();
    }

    private static Map<String, @Nullable Object> row(Patient patient) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("id", patient.id().toString());
        row.put("given_name", patient.givenName());
        row.put("family_name", patient.familyName());
        row.put("sort_name", patient.sortName());
        row.put("phone", patient.phone());
        row.put("phone_extension", patient.phoneExtension());
        var first = patient.phones().writtenTo();
        row.put("phone_owner", first != null && first.owner() instanceof Relationship owner ? owner.wireName() : null);
        row.put("phone_owner_name", first == null ? null : first.ownerName());
        row.put("other_phones", PatientPhone.stored(patient.phones().others()));
        row.put("birth_date", patient.birthDate() == null ? null : String.valueOf(patient.birthDate()));
        row.put("language", patient.languages().preferred());
        row.put("notes", patient.notes());
        row.put("gender", patient.gender() instanceof Gender gender ? gender.wireName() : null);
        row.put("email", patient.email());
        row.put(
                "identifiers",
                patient.identifiers().stream().map(Patient::stored).toList());
        row.put("tags", patient.tags());
        row.put("custom_fields", patient.customFields().typed());
        row.put("messaging", patient.messaging().wireName());
        row.put("marketing", patient.marketing().wireName());
        return row;
    }

    private void insertIdentifiers(List<Patient> patients) {
        var ids = new ArrayList<UUID>();
        var kinds = new ArrayList<String>();
        var values = new ArrayList<String>();
        patients.forEach(patient -> patient.identifiers().forEach(one -> {
            ids.add(patient.id());
            kinds.add(one.kind().wireName());
            values.add(one.value());
        }));
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            insert into patient_identifier (organization_id, kind, value, patient_id)
                            select ?, kind, value, patient_id from unnest(?, ?, ?) as r (kind, value, patient_id)
                            """)
                    .param(CurrentOrganization.id())
                    .param(kinds.toArray(String[]::new))
                    .param(values.toArray(String[]::new))
                    .param(ids.toArray(UUID[]::new))
                    .update();
        }
    }

    private void insertOtherPhones(List<Patient> patients) {
        var ids = new ArrayList<UUID>();
        var phones = new ArrayList<String>();
        var own = new ArrayList<String>();
        patients.forEach(patient -> patient.phones().others().forEach(one -> {
            ids.add(patient.id());
            phones.add(one.e164());
            own.add(String.valueOf(one.isOwn()));
        }));
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            insert into patient_other_phone (organization_id, phone, patient_id, own)
                            select ?, phone, patient_id, cast(own as boolean) from unnest(?, ?, ?) as r (phone, patient_id, own)
                            """)
                    .param(CurrentOrganization.id())
                    .param(phones.toArray(String[]::new))
                    .param(ids.toArray(UUID[]::new))
                    .param(own.toArray(String[]::new))
                    .update();
        }
    }

    private void insertTokens(List<Patient> patients, String country) {
        jdbc.sql("""
                        insert into patient_search (organization_id, patient_id, sort_name, token)
                        select ?, r.id, r.name, unnest(string_to_array(r.tokens, chr(10)))
                          from unnest(?, ?, ?) as r (id, name, tokens)
                        """)
                .param(CurrentOrganization.id())
                .param(patients.stream().map(Patient::id).toArray(UUID[]::new))
                .param(patients.stream().map(Patient::sortName).toArray(String[]::new))
                .param(patients.stream()
                        .map(patient -> String.join("\n", SearchTokens.of(patient, country)))
                        .toArray(String[]::new))
                .update();
    }
}
