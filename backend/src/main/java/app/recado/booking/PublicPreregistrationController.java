package app.recado.booking;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A pre-registration behind its link, whether or not the clinic takes bookings. */
@RestController
@RequestMapping("/api/v1/public/booking/{alias}/preregistration")
@Tag(name = "Pre-registration")
class PublicPreregistrationController {

    private final BookingPages pages;
    private final Preregistrations preregistrations;
    private final PreregistrationCards cards;
    private final BookingTokens tokens;
    private final BookingLimits limits;

    PublicPreregistrationController(
            BookingPages pages,
            Preregistrations preregistrations,
            PreregistrationCards cards,
            BookingTokens tokens,
            BookingLimits limits) {
        this.pages = pages;
        this.preregistrations = preregistrations;
        this.cards = cards;
        this.tokens = tokens;
        this.limits = limits;
    }

    @Operation(
            operationId = "getPreregistrationForm",
            summary = "What a patient is asked behind a link",
            description = "Staff see that it was opened. A link that was answered says so and shows nothing else.")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.TOO_MANY_REQUESTS})
    @GetMapping
    PreregistrationViews.Form form(
            @PathVariable String alias,
            @Parameter(description = "Of the link") @RequestHeader(BookingTokens.HEADER) String token,
            HttpServletRequest request) {
        limits.preregistrationBy(request.getRemoteAddr());
        return pages.of(
                alias,
                () -> cards.form(
                        preregistrations.open(tokens.preregistration(token)).id()));
    }

    @Operation(
            operationId = "answerPreregistration",
            summary = "Complete one's card",
            description =
                    "Once; the same answer again changes nothing. It fills what is empty; what staff wrote otherwise stays"
                            + " until they decide. The answer says nothing of what was written.")
    @Access(Allow.EVERYONE)
    @Refuses({Problem.NOT_FOUND, Problem.TOO_MANY_REQUESTS})
    @PostMapping
    PreregistrationViews.Form answer(
            @PathVariable String alias,
            @Parameter(description = "Of the link") @RequestHeader(BookingTokens.HEADER) String token,
            @Valid @RequestBody PreregistrationAnswer body,
            HttpServletRequest request) {
        limits.preregistrationBy(request.getRemoteAddr());
        return pages.of(
                alias,
                () -> cards.form(preregistrations
                        .answer(tokens.preregistration(token), body)
                        .id()));
    }
}
