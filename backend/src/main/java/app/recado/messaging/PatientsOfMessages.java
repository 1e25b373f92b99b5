package app.recado.messaging;

import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of messages follows when two patients are merged. */
@Configuration(proxyBeanMethods = false)
class PatientsOfMessages {

    @Bean
    PatientReference messagePatient() {
        return new PatientReference("message", "patient_id");
    }
}
