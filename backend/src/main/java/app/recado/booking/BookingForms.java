package app.recado.booking;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.scheduling.SlotHolds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of forms, of the current organization; needs an open transaction. */
@Repository
class BookingForms {

    private final JdbcClient jdbc;
    private final Clock clock;

    BookingForms(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The form that was begun with that key, if one was; two requests with one key wait for each other. */
    Optional<BookingForm> begunWith(String key) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/booking/' || ?, 0))")
                .params(List.of(CurrentOrganization.id().toString(), key))
                .query((row, n) -> n)
                .list();
        return jdbc.sql("select * from online_booking where organization_id = ? and request_key = ?")
                .params(List.of(CurrentOrganization.id(), key))
                .query(BookingForm::of)
                .optional();
    }

    /** Reads and holds the row until the transaction ends.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    BookingForm hold(UUID id) {
        return jdbc.sql("select * from online_booking where organization_id = ? and id = ? for update")
                .params(List.of(CurrentOrganization.id(), id))
                .query(BookingForm::of)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This form counts no more"));
    }

    BookingForm insert(String key, UUID serviceId, SlotHolds.Held held) {
        var id = Ids.next();
        jdbc.sql("""
                insert into online_booking (organization_id, id, request_key, healthcare_service_id, practitioner_id,
                                            starts_at, ends_at, hold_id, expires_at, created_at, updated_at)
                values (:org, :id, :key, :service, :practitioner, :start, :end, :hold, :expires, :now, :now)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("key", key)
                .param("service", serviceId)
                .param("practitioner", held.practitionerId())
                .param("start", SqlTime.at(held.start()))
                .param("end", SqlTime.at(held.end()))
                .param("hold", held.id())
                .param("expires", SqlTime.at(held.expiresAt()))
                .param("now", SqlTime.at(clock.instant()))
                .update();
        return hold(id);
    }

    /** The form is for another time, or for the same one kept anew. */
    BookingForm keep(UUID id, UUID serviceId, SlotHolds.Held held) {
        jdbc.sql("""
                update online_booking
                   set healthcare_service_id = :service, practitioner_id = :practitioner, starts_at = :start, ends_at = :end,
                       hold_id = :hold, expires_at = :expires, updated_at = :now
                 where organization_id = :org and id = :id
                """)
                .param("service", serviceId)
                .param("practitioner", held.practitionerId())
                .param("start", SqlTime.at(held.start()))
                .param("end", SqlTime.at(held.end()))
                .param("hold", held.id())
                .param("expires", SqlTime.at(held.expiresAt()))
                .param("now", SqlTime.at(clock.instant()))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        return hold(id);
    }

    void codeSent(UUID id, String phone, String language, String hash, Instant codeExpiresAt, Instant heldUntil) {
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                update online_booking
                   set phone = :phone, language = :language, code_hash = :hash, code_sent_at = :now,
                       code_expires_at = :codeExpires, codes = codes + 1, tries = 0,
                       expires_at = greatest(expires_at, :held), updated_at = :now
                 where organization_id = :org and id = :id
                """)
                .param("phone", phone)
                .param("language", language)
                .param("hash", hash)
                .param("now", now)
                .param("codeExpires", SqlTime.at(codeExpiresAt))
                .param("held", SqlTime.at(heldUntil))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        jdbc.sql("insert into booking_code (organization_id, id, phone, sent_at) values (:org, :id, :phone, :now)")
                .param("org", CurrentOrganization.id())
                .param("id", Ids.next())
                .param("phone", phone)
                .param("now", now)
                .update();
    }

    void wrongCode(UUID id) {
        jdbc.sql("update online_booking set tries = tries + 1 where organization_id = ? and id = ?")
                .params(List.of(CurrentOrganization.id(), id))
                .update();
    }

    void became(UUID id, UUID appointmentId) {
        jdbc.sql("""
                update online_booking set appointment_id = ?, updated_at = ? where organization_id = ? and id = ?
                """)
                .params(List.of(appointmentId, SqlTime.at(clock.instant()), CurrentOrganization.id(), id))
                .update();
    }

    /** Forms and the counting of codes are of no use for long, and hold phones. */
    @Configuration(proxyBeanMethods = false)
    static class Old {

        @Bean
        Retained oldBookingForms(JdbcClient jdbc) {
            return new OldRows(jdbc, "booking-forms", Retained.Term.TECHNICAL, "online_booking", "updated_at", "true");
        }

        @Bean
        Retained oldBookingCodes(JdbcClient jdbc) {
            return new OldRows(jdbc, "booking-codes", Retained.Term.TECHNICAL, "booking_code", "sent_at", "true");
        }
    }
}
