package app.recado.booking;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.messaging.VerificationMessages;
import app.recado.organizations.ClinicPhones;
import app.recado.scheduling.OnlineAppointments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A clinic's settings of its booking page. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/booking-page")
@Tag(name = "Booking page")
class BookingPageController {

    private final BookingPages pages;
    private final OnlineAppointments appointments;
    private final VerificationMessages codes;
    private final ClinicPhones phones;

    BookingPageController(
            BookingPages pages, OnlineAppointments appointments, VerificationMessages codes, ClinicPhones phones) {
        this.pages = pages;
        this.appointments = appointments;
        this.codes = codes;
        this.phones = phones;
    }

    /** Money that is asked for with each booking. */
    @Schema(name = "BookingDepositRule")
    record DepositInput(
            @Schema(
                    description =
                            "The clinic's payment page on the public web, with {reference} (the visit's id) and, if wanted, "
                                    + "{amount} and {currency}; it is shown to the patient and never called",
                    example = "https://pagos.example/arrayan?ref={reference}&monto={amount}")
            @NotBlank @Size(max = 500) String link,

            @Schema(description = "In the currency's smallest unit, for example cents", example = "500000")
            @NotNull @Min(1) @Max(100_000_000_000L) Long amountMinor,

            @Schema(description = "ISO 4217", example = "ARS") @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,

            @Schema(
                    description = "Hours from the booking within which it is to be paid; then the visit is released",
                    example = "12")
            @NotNull @Min(1) @Max(168) Integer hours) {

        DepositRule rule() {
            DepositRule.check(link.strip(), currency);
            return new DepositRule(link.strip(), amountMinor, currency, hours);
        }

        static DepositInput of(DepositRule rule) {
            return new DepositInput(rule.link(), rule.minor(), rule.currency(), rule.hours());
        }
    }

    /** How the clinic takes bookings from its page. */
    @Schema(name = "BookingPageInput")
    record Input(
            @Schema(description = "Whether the page takes bookings", example = "true") @NotNull Boolean enabled,

            @Schema(description = "True when staff accept each booking; otherwise it stands at once", example = "false")
            @NotNull Boolean byHand,

            @Schema(description = "How long before a visit it can be booked at the latest, in minutes", example = "120")
            @NotNull @Min(0) @Max(20_160) Integer noticeMinutes,

            @Schema(description = "How many days ahead visits can be booked", example = "60") @NotNull @Min(1) @Max(365) Integer horizonDays,

            @Schema(
                    description = "How long before a visit its patient can move or cancel it at the latest, in minutes",
                    example = "1440")
            @NotNull @Min(0) @Max(20_160) Integer changeNoticeMinutes,

            @Schema(description = "Shown above the page; null for none", example = "Traé tu carnet.")
            @Size(max = 500) @Nullable String welcome,

            @Schema(
                    description = "The clinic's phone for whoever gets no further, as people type it; null for none",
                    example = "0351 555 0148")
            @Size(max = 60) @Nullable String phone,

            @Schema(
                    description = "Where patients come to; null for none",
                    example = "Av. Hipólito Yrigoyen 412, 2.º piso")
            @Size(max = 200) @Nullable String address,

            @Schema(description = "What is offered on the page; at least one while it takes bookings")
            @NotNull @Size(max = 200) List<@NotNull UUID> serviceIds,

            @Schema(description = "What is asked for with each booking; left out or null, nothing") @Valid @Nullable DepositInput deposit) {}

    /** How the clinic takes bookings from its page. */
    @Schema(name = "BookingPage")
    record View(
            @Schema(description = "Whether the page takes bookings", example = "true")
            boolean enabled,

            @Schema(description = "True when staff accept each booking", example = "false")
            boolean byHand,

            @Schema(description = "How long before a visit it can be booked at the latest, in minutes", example = "120")
            int noticeMinutes,

            @Schema(description = "How many days ahead visits can be booked", example = "60")
            int horizonDays,

            @Schema(
                    description = "How long before a visit its patient can move or cancel it at the latest, in minutes",
                    example = "1440")
            int changeNoticeMinutes,

            @Schema(description = "Shown above the page; null for none", example = "Traé tu carnet.") @Nullable String welcome,

            @Schema(description = "The clinic's phone in E.164; null for none", example = "+543515550148") @Nullable String phone,

            @Schema(description = "Where patients come to; null for none", example = "Av. Hipólito Yrigoyen 412")
            @Nullable String address,

            @Schema(description = "What is offered on the page")
            List<UUID> serviceIds,

            @Schema(description = "What is asked for with each booking; null for nothing") @Nullable DepositInput deposit,

            @Schema(
                    description = "Whether codes can leave now; false without a linked line, and on official lines",
                    example = "true")
            boolean codesPossible,

            long version)
            implements Versioned {}

    @Operation(
            operationId = "getBookingPage",
            summary = "How the clinic takes bookings from its page",
            description = "The page stands at `/reservar/{alias}`. It is off until an owner turns it on.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    @Transactional(readOnly = true)
    public View get(@PathVariable UUID organizationId) {
        return view();
    }

    @Operation(operationId = "replaceBookingPage", summary = "Set up the booking page, turn it on or off")
    @Access(Allow.OWNER)
    @Refuses(Problem.HEALTHCARE_SERVICE_UNKNOWN)
    @PutMapping
    @Transactional
    public View replace(@PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody Input input) {
        expected.mustBe(pages.current().version());
        var known =
                appointments.offers().stream().map(OnlineAppointments.Offer::id).collect(Collectors.toSet());
        for (int i = 0; i < input.serviceIds().size(); i++) {
            if (!known.contains(input.serviceIds().get(i))) {
                throw Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                        "/serviceIds/" + i, "unknown-value", "Choose some of the clinic's services");
            }
        }
        if (input.enabled() && input.serviceIds().isEmpty()) {
            throw Problem.INVALID_FIELDS.at("/serviceIds", "required", "A page that takes bookings offers something");
        }
        var phone = blankToNull(input.phone());
        pages.replace(new BookingPage(
                input.enabled(),
                input.byHand(),
                Duration.ofMinutes(input.noticeMinutes()),
                input.horizonDays(),
                Duration.ofMinutes(input.changeNoticeMinutes()),
                blankToNull(input.welcome()),
                phone == null ? null : phones.dialled(phone, "/phone"),
                blankToNull(input.address()),
                input.serviceIds().stream().distinct().toList(),
                input.deposit() == null ? null : input.deposit().rule(),
                expected.value()));
        return view();
    }

    private View view() {
        var page = pages.current();
        return new View(
                page.enabled(),
                page.byHand(),
                Math.toIntExact(page.notice().toMinutes()),
                page.horizonDays(),
                Math.toIntExact(page.changeNotice().toMinutes()),
                page.welcome(),
                page.phone(),
                page.address(),
                page.serviceIds(),
                page.deposit() == null ? null : DepositInput.of(page.deposit()),
                codes.possible(),
                page.version());
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
