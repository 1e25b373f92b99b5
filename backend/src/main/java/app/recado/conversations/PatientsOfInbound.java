package app.recado.conversations;

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
}
