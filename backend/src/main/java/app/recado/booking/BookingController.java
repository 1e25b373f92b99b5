package app.recado.booking;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Booking without sign-in. An address that is nobody's and a clinic that takes no bookings are the same 404; nothing tells
 * whether a phone is a patient's.
 */
@RestController
@RequestMapping("/api/v1/public/booking/{alias}")
@Tag(name = "Online booking")
class BookingController {

    private final BookingPages pages;
    private final BookingCards cards;
    private final OnlineBookings bookings;
    private final BookingTokens tokens;
    private final BookingLimits limits;

    BookingController(
            BookingPages pages,
            BookingCards cards,
            OnlineBookings bookings,
            BookingTokens tokens,
            BookingLimits limits) {
        this.pages = pages;
        this.cards = cards;
        this.bookings = bookings;
        this.tokens = tokens;
        this.limits = limits;
    }

    /** A time that somebody wants. */
    @Schema(name = "BookingTime")
    record Time(
            @NotNull UUID healthcareServiceId,

            @Schema(description = "Left out, anybody who offers the service", example = BookingViews.ID) @Nullable UUID practitionerId,

            @NotNull Instant start) {

        OnlineBookings.Wanted wanted() {
            return new OnlineBookings.Wanted(healthcareServiceId, practitionerId, start);
        }
    }

    /** The phone that is to be proven. */
    @Schema(name = "BookingPhone")
    record PhoneInput(
            @Schema(description = "As people type it in the clinic's country, or E.164", example = "351 555 0164")
            @NotBlank @Size(max = 60) String phone,

            @Schema(
                    description = "Language of the message",
                    allowableValues = {"es", "en", "pt-BR"})
            @NotNull @Pattern(regexp = "es|en|pt-BR") String language) {}

    /** Who books, and the code they were sent. */
    @Schema(name = "BookingConfirmation")
    record ConfirmationInput(
            @Schema(description = "Six digits", example = "417302") @NotNull @Pattern(regexp = "[0-9]{6}") String code,

            @Schema(description = "Given name", example = "Julieta") @OneLine @NotBlank @Size(max = 100) String givenName,

            @Schema(description = "Family name; null for people who have one name only", example = "Sarmiento")
            @OneLine
            @Size(max = 100) @Nullable String familyName,

            @Schema(description = "What the patient wants the clinic to know", example = "Primera vez")
            @Size(max = 300) @Nullable String note) {}

    @Operation(
            operationId = "getBookingCard",
            summary = "The clinic and what can be booked",
            description = "404 for an address that is nobody's and for a clinic that takes no bookings alike.")
    @Access(Allow.EVERYONE)
    @Refuses(Problem.NOT_FOUND)
    @GetMapping
    BookingViews.Card card(@PathVariable String alias) {
        return pages.of(alias, cards::card);
    }

    @Operation(
            operationId = "findBookingSlots",
            summary = "Free times of a service",
            description =
                    "Within the clinic's notice and horizon. Of anybody's times each is shown once, with the first "
                            + "practitioner who is free.")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.HEALTHCARE_SERVICE_UNKNOWN, Problem.PRACTITIONER_UNKNOWN})
    @GetMapping("/slots")
    BookingViews.Slots slots(
            @PathVariable String alias,
            @Parameter(description = "What the visit is for") @RequestParam UUID healthcareServiceId,
            @Parameter(description = "Left out, anybody who offers the service")
                    @RequestParam(required = false)
                    @Nullable UUID practitionerId,
            @Parameter(description = "Left out, wherever they see patients") @RequestParam(required = false) @Nullable UUID locationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 31 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return pages.of(alias, () -> cards.slots(healthcareServiceId, practitionerId, locationId, from, to));
    }

    @Operation(
            operationId = "beginBooking",
            summary = "Hold a time while a form is filled",
            description =
                    "The time is kept for ten minutes; nobody else is offered it. The token of the answer goes into "
                            + "the header Booking-Token of what follows.")
    @Access(Allow.EVERYONE)
    @Refuses({
        Problem.NOT_FOUND,
        Problem.SLOT_TAKEN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.TOO_MANY_REQUESTS
    })
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/bookings")
    ResponseEntity<BookingViews.Held> begin(
            @PathVariable String alias,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody Time time,
            HttpServletRequest request) {
        limits.holdBy(request.getRemoteAddr());
        var held = pages.of(alias, () -> cards.held(bookings.begin(key, time.wanted())));
        return ResponseEntity.status(HttpStatus.CREATED).body(held);
    }

    @Operation(
            operationId = "changeBookingTime",
            summary = "Hold another time for the same form",
            description = "What was typed and proven stays. Also keeps the same time again after it expired.")
    @Access(Allow.EVERYONE)
    @Refuses({
        Problem.NOT_FOUND,
        Problem.SLOT_TAKEN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.APPOINTMENT_NOT_IN_THAT_STATE,
        Problem.TOO_MANY_REQUESTS
    })
    @PutMapping("/bookings")
    BookingViews.Held change(
            @PathVariable String alias,
            @Parameter(description = "Of the form") @RequestHeader(BookingTokens.HEADER) String token,
            @Valid @RequestBody Time time,
            HttpServletRequest request) {
        limits.holdBy(request.getRemoteAddr());
        return pages.of(alias, () -> cards.held(bookings.change(tokens.form(token), time.wanted())));
    }

    @Operation(operationId = "leaveBooking", summary = "Give the time back")
    @Access(Allow.EVERYONE)
    @Refuses(Problem.NOT_FOUND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/bookings")
    void leave(
            @PathVariable String alias,
            @Parameter(description = "Of the form") @RequestHeader(BookingTokens.HEADER) String token) {
        pages.of(alias, () -> {
            bookings.leave(tokens.form(token));
            return alias;
        });
    }

    @Operation(
            operationId = "sendBookingCode",
            summary = "Send a code to the phone that books",
            description =
                    "Six digits over the clinic's own WhatsApp line, valid for ten minutes and five tries. The answer "
                            + "is the same for patients and strangers; asked again within a minute it is the first one. "
                            + "line-down while no code can leave.")
    @Access(Allow.EVERYONE)
    @Refuses({
        Problem.NOT_FOUND,
        Problem.SLOT_TAKEN,
        Problem.LINE_DOWN,
        Problem.APPOINTMENT_NOT_IN_THAT_STATE,
        Problem.TOO_MANY_REQUESTS
    })
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/bookings/code")
    BookingViews.CodeSent sendCode(
            @PathVariable String alias,
            @Parameter(description = "Of the form") @RequestHeader(BookingTokens.HEADER) String token,
            @Valid @RequestBody PhoneInput input,
            HttpServletRequest request) {
        limits.codeBy(request.getRemoteAddr());
        return pages.of(
                alias,
                () -> BookingViews.CodeSent.of(bookings.sendCode(tokens.form(token), input.phone(), input.language())));
    }

    @Operation(
            operationId = "confirmBooking",
            summary = "Book the visit",
            description =
                    "With the code. A form becomes one visit, however often it is confirmed. The token of the answer "
                            + "is the visit's: it shows, moves and cancels it until the visit ends.")
    @Access(Allow.EVERYONE)
    @Refuses({
        Problem.NOT_FOUND,
        Problem.SLOT_TAKEN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.TOO_MANY_REQUESTS
    })
    @PostMapping("/bookings/confirm")
    BookingViews.Visit confirm(
            @PathVariable String alias,
            @Parameter(description = "Of the form") @RequestHeader(BookingTokens.HEADER) String token,
            @Valid @RequestBody ConfirmationInput input) {
        return pages.of(
                alias,
                () -> cards.visit(bookings.confirm(
                        tokens.form(token),
                        new OnlineBookings.Confirmation(
                                input.code(),
                                input.givenName().strip(),
                                blankToNull(input.familyName()),
                                blankToNull(input.note())))));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
