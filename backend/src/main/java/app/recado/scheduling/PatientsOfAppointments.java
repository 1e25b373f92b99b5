package app.recado.scheduling;

import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of the agenda follows when two patients are merged. */
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
}
