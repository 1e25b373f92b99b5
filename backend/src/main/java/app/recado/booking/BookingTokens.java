package app.recado.booking;

import app.recado.kernel.Cursors;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a browser holds in place of a sign-in: the id of a form, of a visit or of a pre-registration, sealed with the clinic and with what it is
 * for. Nobody can make one or carry it over to another clinic. It travels in a header, so it stands in no log, and what it
 * still allows is decided by the state of what it names.
 */
@Component
class BookingTokens {

    /** The header in which it travels. */
    static final String HEADER = "Booking-Token";

    private static final String FORM = "booking-form";
    private static final String VISIT = "booking-visit";
    private static final String PREREGISTRATION = "preregistration";

    private final Cursors seals;

    BookingTokens(Cursors seals) {
        this.seals = seals;
    }

    String ofForm(UUID id) {
        return seals.seal(FORM, id.toString());
    }

    /** @throws ProblemException {@code not-found} for anything this clinic did not hand out */
    UUID form(String token) {
        return open(FORM, token);
    }

    String ofVisit(UUID id) {
        return seals.seal(VISIT, id.toString());
    }

    /** @throws ProblemException {@code not-found} for anything this clinic did not hand out */
    UUID visit(String token) {
        return open(VISIT, token);
    }

    String ofPreregistration(UUID id) {
        return seals.seal(PREREGISTRATION, id.toString());
    }

    /** @throws ProblemException {@code not-found} for anything this clinic did not hand out */
    UUID preregistration(String token) {
        return open(PREREGISTRATION, token);
    }

    private UUID open(String kind, String token) {
        try {
            return UUID.fromString(
                    Objects.requireNonNull(seals.open(kind, token)).getFirst());
        } catch (ProblemException unknown) {
            throw Problem.NOT_FOUND.because("This link counts no more");
        }
    }
}
