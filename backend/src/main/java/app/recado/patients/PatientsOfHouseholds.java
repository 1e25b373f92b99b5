package app.recado.patients;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of households follows when two patients are merged. */
@Configuration(proxyBeanMethods = false)
class PatientsOfHouseholds {

    @Bean
    PatientReference householdMemberPatient() {
        return new PatientReference("household_member", "patient_id");
    }
}
