package app.recado.clinicalnotes;

import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Notes follow a merge, stand in the copy of a patient's data with what they said before, and go when the patient is erased. */
@Configuration(proxyBeanMethods = false)
class PatientsOfNotes {

    @Bean
    PatientReference clinicalNotePatient() {
        return new PatientReference("clinical_note", "patient_id");
    }

    @Bean
    PatientData clinicalNoteData() {
        return new PatientData("clinicalNotes", "clinical_note", """
                select json_build_object('writtenAt', n.written_at, 'author', n.author_name, 'text', n.text,
                                         'correctedAt', n.corrected_at, 'correctedBy', n.corrected_by_name,
                                         'former', (select json_agg(json_build_object('text', r.text, 'author', r.author_name,
                                                                                      'writtenAt', r.written_at) order by r.version)
                                                      from clinical_note_revision r
                                                     where r.organization_id = n.organization_id and r.note_id = n.id))
                  from clinical_note n where n.organization_id = :org and n.patient_id = :patient order by n.written_at, n.id
                """);
    }

    /** They are remarks of colleagues, not the medical record that has to be kept. */
    @Bean
    PatientErasure erasedNotes() {
        return PatientErasure.of(
                "clinical_note",
                """
                delete from clinical_note_revision
                 where organization_id = :org and note_id in (
                       select id from clinical_note where organization_id = :org and patient_id = any (:cards))
                """,
                "delete from clinical_note where organization_id = :org and patient_id = any (:cards)");
    }
}
