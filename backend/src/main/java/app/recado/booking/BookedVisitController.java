package app.recado.booking;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A visit behind its patient's link; looking at it changes nothing. */
@RestController
@RequestMapping("/api/v1/public/booking/{alias}/visit")
@Tag(name = "Online booking")
class BookedVisitController {

    private final BookingPages pages;
    private final BookingCards cards;
    private final BookedVisits visits;
    private final BookingTokens tokens;

    BookedVisitController(BookingPages pages, BookingCards cards, BookedVisits visits, BookingTokens tokens) {
        this.pages = pages;
        this.cards = cards;
        this.visits = visits;
        this.tokens = tokens;
    }

    /** Where to move a visit. */
    @Schema(name = "BookedVisitMove")
    record Move(@NotNull Instant start) {}

    @Operation(
            operationId = "getBookedVisit",
            summary = "The visit behind a link",
            description = "The link counts until the visit ends, also when the clinic takes no bookings any more.")
    @Access(Allow.EVERYONE)
    @Refuses(Problem.NOT_FOUND)
    @GetMapping
    BookingViews.Visit get(
            @PathVariable String alias,
            @Parameter(description = "Of the visit") @RequestHeader(BookingTokens.HEADER) String token) {
        return pages.of(alias, () -> cards.visit(tokens.visit(token)));
    }

    @Operation(operationId = "findBookedVisitSlots", summary = "Where the visit could be moved")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.HEALTHCARE_SERVICE_UNKNOWN, Problem.PRACTITIONER_UNKNOWN})
    @GetMapping("/slots")
    BookingViews.Slots slots(
            @PathVariable String alias,
            @Parameter(description = "Of the visit") @RequestHeader(BookingTokens.HEADER) String token,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 31 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return pages.of(alias, () -> cards.slotsToMove(tokens.visit(token), from, to));
    }

    @Operation(
            operationId = "cancelBookedVisit",
            summary = "The patient calls the visit off",
            description = "Until the clinic's notice before it; repeating it changes nothing.")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.APPOINTMENT_NOT_IN_THAT_STATE})
    @PostMapping("/cancel")
    BookingViews.Visit cancel(
            @PathVariable String alias,
            @Parameter(description = "Of the visit") @RequestHeader(BookingTokens.HEADER) String token) {
        return pages.of(alias, () -> cards.visit(visits.cancel(tokens.visit(token))));
    }

    @Operation(
            operationId = "moveBookedVisit",
            summary = "The patient moves the visit",
            description = "To a free time of the same practitioner, until the clinic's notice before it.")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.SLOT_TAKEN, Problem.APPOINTMENT_NOT_IN_THAT_STATE})
    @PostMapping("/move")
    BookingViews.Visit move(
            @PathVariable String alias,
            @Parameter(description = "Of the visit") @RequestHeader(BookingTokens.HEADER) String token,
            @Valid @RequestBody Move to) {
        return pages.of(alias, () -> cards.visit(visits.move(tokens.visit(token), to.start())));
    }
}
