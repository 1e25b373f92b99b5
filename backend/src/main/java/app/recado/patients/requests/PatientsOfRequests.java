package app.recado.patients.requests;

import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of requests follows when two patients are merged, and stands in the copy of a patient's data. */
@Configuration(proxyBeanMethods = false)
class PatientsOfRequests {

    @Bean
    PatientReference privacyRequestPatient() {
        return new PatientReference("privacy_request", "patient_id");
    }

    @Bean
    PatientData privacyRequestData() {
        return new PatientData("privacyRequests", "privacy_request", """
                select json_build_object('kind', kind, 'state', state, 'receivedOn', received_on, 'dueOn', due_on, 'note', note,
                                         'reason', reason, 'closedAt', closed_at)
                  from privacy_request where organization_id = :org and patient_id = :patient order by received_on, id
                """);
    }

    @Bean
    PatientData householdData() {
        return new PatientData("households", "household_member", """
                select json_build_object('relationship', m.relationship, 'answeredBy', concat_ws(' ', h.given_name, h.family_name),
                                         'phone', h.phone)
                  from household_member m
                  join household h on h.organization_id = m.organization_id and h.id = m.household_id
                 where m.organization_id = :org and m.patient_id = :patient order by m.id
                """);
    }

    /** That they asked, and that it was done in time, stays as the clinic's proof; what they said in words goes. */
    @Bean
    PatientErasure erasedRequests() {
        return PatientErasure.of("privacy_request", """
                update privacy_request
                   set note = null, version = version + 1,
                       closed_at = case when state = 'open' then :now else closed_at end,
                       closed_by = case when state = 'open' then :byName else closed_by end,
                       state = case when state = 'open' then 'done' else state end
                 where organization_id = :org and patient_id = any (:cards)
                """)
                .unless("""
                select exists (select from privacy_request
                                where organization_id = :org and patient_id = any (:cards) and state = 'open' and kind <> 'erasure')
                """, "They asked something else about their data, too; answer that first");
    }

    /** Who wanted messages and who did not proves what was sent, and keeps the number from being written to again. */
    @Bean
    PatientErasure keptConsents() {
        return PatientErasure.kept(
                "phone_consent", "What was said of the number; proof, and nobody writes to it again");
    }

    @Bean
    PatientData claimedIdentifierData() {
        return new PatientData("claimedIdentifiers", "patient_identifier_claim", """
                select json_build_object('kind', kind, 'value', value)
                  from patient_identifier_claim where organization_id = :org and patient_id = :patient order by kind
                """);
    }

    @Bean
    PatientData consentData() {
        return new PatientData("consents", "phone_consent", """
                select json_build_object('phone', c.phone, 'purpose', c.purpose, 'allowed', c.allowed, 'saidBy', c.source,
                                         'saidAt', c.said_at)
                  from patient_number p
                  join phone_consent c on c.organization_id = p.organization_id and c.phone = p.phone
                 where p.organization_id = :org and p.id = :patient order by c.said_at, c.id
                """);
    }
}
