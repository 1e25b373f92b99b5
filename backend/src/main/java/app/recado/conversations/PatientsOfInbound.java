package app.recado.conversations;

import app.recado.patients.PatientData;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of conversations follows when two patients are merged. */
@Configuration(proxyBeanMethods = false)
class PatientsOfInbound {

    @Bean
    PatientReference inboundMessagePatient() {
        return new PatientReference("inbound_message", "patient_id");
    }

    @Bean
    PatientData inboundMessageData() {
        return new PatientData("messagesFromPatient", "inbound_message", """
                select json_build_object('sentAt', sent_at, 'phone', phone, 'kind', kind, 'text', text, 'earlierTexts', earlier_texts,
                                         'fileName', media_name, 'fileType', media_type, 'location', location, 'outcome', outcome,
                                         'revokedAt', revoked_at)
                  from inbound_message where organization_id = :org and patient_id = :patient order by sent_at, id
                """);
    }
}
