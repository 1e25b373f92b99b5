package app.recado.scheduling;

import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of the agenda follows when two patients are merged, and stands in the copy of a patient's data. */
@Configuration(proxyBeanMethods = false)
class PatientsOfAppointments {

    @Bean
    PatientReference appointmentPatient() {
        return new PatientReference("appointment", "patient_id");
    }

    @Bean
    PatientReference waitlistEntryPatient() {
        return new PatientReference("waitlist_entry", "patient_id");
    }

    /** That there was a visit, when, with whom, for what and how it ended stays: records of a clinic have to be kept. */
    @Bean
    PatientErasure erasedAppointments() {
        return PatientErasure.of("appointment", """
                update appointment_event set text = null
                 where organization_id = :org and text is not null and appointment_id in (
                       select id from appointment where organization_id = :org and patient_id = any (:cards))
                """, """
                update appointment
                   set note = null, participation_text = null, cancellation_reason = null, noshow_reason = null,
                       external_id = null,
                       custom_fields = '{}', version = version + 1
                 where organization_id = :org and patient_id = any (:cards)
                """)
                .unless("""
                select exists (select from appointment
                                where organization_id = :org and patient_id = any (:cards)
                                  and status in ('arrived', 'checked-in') and ends_at > :now)
                """, "They are in the house for a visit; try again when it is over");
    }

    @Bean
    PatientErasure erasedCoverage() {
        return PatientErasure.of(
                "coverage", "delete from coverage where organization_id = :org and patient_id = any (:cards)");
    }

    @Bean
    PatientErasure erasedWaitlist() {
        return PatientErasure.of("waitlist_entry", """
                update waitlist_entry
                   set note = null, state = case when state in ('active', 'offered') then 'withdrawn' else state end,
                       version = version + 1
                 where organization_id = :org and patient_id = any (:cards)
                """);
    }

    @Bean
    PatientReference coveragePatient() {
        return new PatientReference("coverage", "patient_id");
    }

    @Bean
    PatientData coverageData() {
        return new PatientData("coverage", "coverage", """
                select json_build_object('insurance', i.name, 'memberNumber', c.member_number, 'writtenAt', c.updated_at)
                  from coverage c
                  left join insurance i on i.organization_id = c.organization_id and i.id = c.insurance_id
                 where c.organization_id = :org and c.patient_id = :patient order by c.updated_at, c.id
                """);
    }

    @Bean
    PatientData appointmentData() {
        return new PatientData("appointments", "appointment", """
                select json_build_object('id', a.id, 'start', a.starts_at, 'end', a.ends_at, 'timeZone', a.time_zone,
                                         'status', a.status, 'practitioner', d.display_name, 'service', s.name, 'location', l.name,
                                         'insurance', i.name, 'note', a.note,
                                         'customFields', (select json_agg(json_build_object('field', f.label, 'value', v.value)
                                                                          order by f.position, f.id)
                                                            from jsonb_each(a.custom_fields) as v
                                                            join custom_field f on f.organization_id = a.organization_id
                                                                and f.subject = 'appointment' and f.key = v.key),
                                         'cancellationCode', a.cancellation_code,
                                         'cancellationReason', a.cancellation_reason, 'noShowCode', a.noshow_code,
                                         'noShowReason', a.noshow_reason, 'participation', a.participation,
                                         'participationText', a.participation_text, 'source', a.source, 'bookedAt', a.created_at,
                                         'history', (select json_agg(json_build_object('at', e.at, 'what', e.kind, 'by', e.source,
                                                                                       'text', e.text) order by e.at, e.id)
                                                       from appointment_event e
                                                      where e.organization_id = a.organization_id and e.appointment_id = a.id))
                  from appointment a
                  join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
                  join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
                  left join location l on l.organization_id = a.organization_id and l.id = a.location_id
                  left join insurance i on i.organization_id = a.organization_id and i.id = a.insurance_id
                 where a.organization_id = :org and a.patient_id = :patient order by a.starts_at, a.id
                """);
    }

    @Bean
    PatientData waitlistData() {
        return new PatientData("waitlist", "waitlist_entry", """
                select json_build_object('service', s.name, 'practitioner', d.display_name, 'location', l.name,
                                         'firstDay', w.first_day, 'lastDay', w.last_day, 'note', w.note, 'state', w.state,
                                         'since', w.created_at)
                  from waitlist_entry w
                  join healthcare_service s on s.organization_id = w.organization_id and s.id = w.healthcare_service_id
                  left join practitioner d on d.organization_id = w.organization_id and d.id = w.practitioner_id
                  left join location l on l.organization_id = w.organization_id and l.id = w.location_id
                 where w.organization_id = :org and w.patient_id = :patient order by w.created_at, w.id
                """);
    }
}
