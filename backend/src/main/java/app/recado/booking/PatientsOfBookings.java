package app.recado.booking;

import app.recado.patients.PatientErasure;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Numbers of people who booked by themselves go with them, before the rows do. */
@Configuration(proxyBeanMethods = false)
class PatientsOfBookings {

    @Bean
    PatientErasure erasedBookings() {
        return PatientErasure.of(
                "online_booking",
                "update online_booking set phone = null where organization_id = :org and phone = any (:phones)");
    }

    /** Links end, what was said and not decided on goes; what they agreed to, in the words they saw, stays as proof. */
    @Bean
    PatientErasure erasedPreregistrations() {
        return PatientErasure.of("preregistration", """
                update preregistration
                   set differing = '{}', revoked_at = coalesce(revoked_at, :now), version = version + 1
                 where organization_id = :org and patient_id = any (:cards)
                """);
    }

    @Bean
    PatientErasure erasedClaims() {
        return PatientErasure.of("patient_identifier_claim", """
                delete from patient_identifier_claim where organization_id = :org and patient_id = any (:cards)
                """);
    }

    @Bean
    PatientErasure erasedBookingCodes() {
        return PatientErasure.of(
                "booking_code", "delete from booking_code where organization_id = :org and phone = any (:phones)");
    }
}
