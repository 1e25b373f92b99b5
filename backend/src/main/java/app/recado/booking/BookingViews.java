package app.recado.booking;

import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.DepositState;
import app.recado.scheduling.Deposits;
import app.recado.scheduling.OnlineAppointments;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the booking page is shown; nothing of it is anybody's but the reader's own. */
final class BookingViews {

    static final String ID = "01937f3e-0000-7000-8000-000000000002";

    private BookingViews() {}

    /** The clinic and what can be booked. */
    @Schema(name = "BookingCard")
    record Card(
            @Schema(description = "The clinic's name", example = "Odontología Arrayán")
            String name,

            @Schema(description = "IANA zone of its days and hours", example = "America/Argentina/Cordoba")
            String timeZone,

            @Schema(description = "ISO 3166-1 alpha-2; phones without a country code are of it", example = "AR")
            String country,

            @Schema(
                    description = "The clinic's language",
                    allowableValues = {"es", "en", "pt-BR"})
            String language,

            @Schema(description = "The clinic's phone; null for none", example = "+543515550148") @Nullable String phone,

            @Schema(description = "Where patients come to; null for none", example = "Av. Hipólito Yrigoyen 412")
            @Nullable String address,

            @Schema(description = "What the clinic says to its patients; null for nothing", example = "Traé tu carnet.")
            @Nullable String welcome,

            @Schema(description = "Whether staff accept each booking first", example = "false")
            boolean byHand,

            @Schema(description = "How long before a visit it can be moved or cancelled, in minutes", example = "1440")
            int changeNoticeMinutes,

            @Schema(description = "Last day that can be booked", example = "2027-01-24")
            LocalDate lastDay,

            @Schema(description = "What can be booked, by name")
            List<Service> services,

            @Schema(description = "Who offers any of it, by name")
            List<Practitioner> practitioners,

            @Schema(description = "Where patients come to, the main location first")
            List<Place> locations,

            @Schema(description = "What is asked for with each booking; null for nothing") @Nullable DepositAsked deposit) {}

    /** What can be booked. */
    @Schema(name = "BookingService")
    record Service(
            UUID id,

            @Schema(description = "What it is called", example = "Limpieza dental")
            String name,

            @Schema(description = "How long it takes", example = "40")
            int durationMinutes,

            @Schema(description = "Who offers it, by name") List<UUID> practitionerIds) {}

    /** Where patients come to. */
    @Schema(name = "BookingLocation")
    record Place(
            @Schema(description = "The location", example = "01937f3e-0000-7000-8000-000000000011")
            UUID id,

            @Schema(description = "What it is called", example = "Sede Nueva Córdoba")
            String name,

            @Schema(description = "Null when none was said", example = "Av. Hipólito Yrigoyen 412") @Nullable String address,

            @Schema(description = "Degrees north, WGS 84; null when none was said", example = "-31.4279") @Nullable Double latitude,

            @Schema(description = "Degrees east, WGS 84; null when none was said", example = "-64.1855") @Nullable Double longitude,

            @Schema(description = "IANA zone of its hours", example = "America/Argentina/Cordoba")
            String timeZone) {

        static Place of(OnlineAppointments.Place place) {
            return new Place(
                    place.id(),
                    place.name(),
                    place.address(),
                    place.latitude(),
                    place.longitude(),
                    place.zone().getId());
        }
    }

    /** Money that is asked for with a booking. */
    @Schema(name = "BookingDepositAsked")
    record DepositAsked(
            @Schema(description = "In the currency's smallest unit, for example cents", example = "500000")
            long amountMinor,

            @Schema(description = "ISO 4217", example = "ARS")
            String currency,

            @Schema(description = "Hours from the booking within which it is to be paid", example = "12")
            int hours) {

        static DepositAsked of(DepositRule rule) {
            return new DepositAsked(rule.minor(), rule.currency(), rule.hours());
        }
    }

    /** The deposit of a visit. */
    @Schema(name = "BookedVisitDeposit")
    record Deposit(
            DepositState state,

            @Schema(description = "In the currency's smallest unit, for example cents", example = "500000")
            long amountMinor,

            @Schema(description = "ISO 4217", example = "ARS")
            String currency,

            @Schema(
                    description = "Until when it is to be paid; then the visit is released",
                    example = "2026-11-24T18:00:00Z")
            Instant dueAt,

            @Schema(description = "Where to pay it", example = "https://pagos.example/arrayan?ref=01937f3e")
            String link) {

        static Deposit of(Deposits.Deposit deposit) {
            var terms = deposit.terms();
            return new Deposit(deposit.state(), terms.minor(), terms.currency(), terms.dueAt(), terms.link());
        }
    }

    /** Who sees patients. */
    @Schema(name = "BookingPractitioner")
    record Practitioner(
            UUID id,

            @Schema(description = "The name as patients know it", example = "Dr. Martín Acosta")
            String displayName,

            @Schema(description = "Null when none was said", example = "Odontología") @Nullable String specialty) {}

    /** Free times. */
    @Schema(name = "BookingSlots")
    record Slots(@Schema(description = "By start") List<Slot> items) {}

    /** A free time. */
    @Schema(name = "BookingSlot")
    record Slot(
            @Schema(description = "Who would see the patient", example = ID)
            UUID practitionerId,

            @Schema(description = "Where it would be", example = "01937f3e-0000-7000-8000-000000000011")
            UUID locationId,

            Instant start,
            Instant end,

            @Schema(
                    description = "How many may still share it; null for a time that is one patient's alone",
                    example = "5")
            @Nullable Integer placesLeft) {}

    /** A time that is kept. */
    @Schema(name = "BookingHeld")
    record Held(
            @Schema(description = "For the header Booking-Token of what follows", example = "x0fTtB2q")
            String token,

            @Schema(description = "Until when it is kept", example = "2026-11-24T13:52:00Z")
            Instant expiresAt,

            @Schema(description = "Who would see the patient", example = ID)
            UUID practitionerId,

            Instant start,
            Instant end) {}

    /** A code is on its way. */
    @Schema(name = "BookingCodeSent")
    record CodeSent(
            @Schema(description = "Where to, in E.164", example = "+5493515550164")
            String phone,

            @Schema(description = "Until when the code is valid", example = "2026-11-24T13:52:00Z")
            Instant codeExpiresAt,

            @Schema(description = "When another one may be asked for", example = "2026-11-24T13:43:00Z")
            Instant againAt,

            @Schema(description = "Until when the time is kept", example = "2026-11-24T13:52:00Z")
            Instant expiresAt) {

        static CodeSent of(OnlineBookings.Sent sent) {
            return new CodeSent(sent.phone(), sent.codeExpiresAt(), sent.againAt(), sent.heldUntil());
        }
    }

    /** A visit as its patient sees it. */
    @Schema(name = "BookedVisit")
    record Visit(
            @Schema(description = "For the header Booking-Token of what its patient does with it", example = "x0fTtB2q")
            String token,

            AppointmentStatus status,
            Instant start,
            Instant end,

            @Schema(description = "The zone in which its hour is meant", example = "America/Argentina/Cordoba")
            String timeZone,

            @Schema(description = "What it is for", example = "Limpieza dental")
            String serviceName,

            @Schema(description = "Whom the patient sees", example = "Dr. Martín Acosta")
            String practitionerName,

            @Schema(description = "Whether its patient can move or cancel it now", example = "true")
            boolean mayChange,

            @Schema(description = "Until when they can", example = "2026-11-24T12:15:00Z")
            Instant changeUntil,

            @Schema(description = "The clinic's name", example = "Odontología Arrayán")
            String clinicName,

            @Schema(description = "The clinic's phone; null for none", example = "+543515550148") @Nullable String phone,

            @Schema(description = "Where to come to; null for none", example = "Av. Hipólito Yrigoyen 412") @Nullable String address,

            @Schema(description = "The location; null for a visit from before there were any") @Nullable Place location,

            @Schema(description = "What was asked for with it; null for nothing") @Nullable Deposit deposit,

            @Schema(description = "Whether the clinic takes bookings now", example = "true")
            boolean bookingOpen) {}
}
