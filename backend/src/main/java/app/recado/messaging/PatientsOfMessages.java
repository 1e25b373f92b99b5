package app.recado.messaging;

import app.recado.patients.PatientData;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of messages follows when two patients are merged, and stands in the copy of a patient's data. */
@Configuration(proxyBeanMethods = false)
class PatientsOfMessages {

    @Bean
    PatientReference messagePatient() {
        return new PatientReference("message", "patient_id");
    }

    @Bean
    PatientData messageData() {
        return new PatientData("messagesToPatient", "message", """
                select json_build_object('kind', kind, 'state', state, 'phone', phone,
                                         'text', coalesce(text, content ->> 'text', content ->> 'caption'), 'fileName', content ->> 'fileName',
                                         'dueAt', due_at, 'sentAt', out_at)
                  from message where organization_id = :org and patient_id = :patient order by due_at, id
                """);
    }
}
