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

    @Bean
    PatientErasure erasedBookingCodes() {
        return PatientErasure.of(
                "booking_code", "delete from booking_code where organization_id = :org and phone = any (:phones)");
    }
}
