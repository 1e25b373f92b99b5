package app.recado.patients.requests;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Within how many days a request has to be answered. As the laws stood in November 2026; extensions, which all of them tie to
 * telling the patient, are left to people.
 *
 * @param days counted from the day after it was received
 * @param working whether only working days count
 * @param law where that is written; null where no rule of the clinic's country is known, and the shortest common term stands
 */
@Schema(name = "ResponseTerm")
record ResponseTerm(
        @Schema(example = "10") int days,
        boolean working,
        @Schema(example = "Ley 25.326, art. 14") @Nullable String law) {

    /** When Ley 21.719 takes the place of Ley 19.628. */
    private static final LocalDate CHILE_2026 = LocalDate.of(2026, 12, 1);

    /** @param country ISO 3166-1 alpha-2 */
    static ResponseTerm of(String country, RequestKind kind, LocalDate receivedOn) {
        boolean access = kind == RequestKind.ACCESS;
        return switch (country) {
            case "AR" -> access ? calendar(10, "Ley 25.326, art. 14") : working(5, "Ley 25.326, art. 16");
            case "BR" -> calendar(15, "Lei 13.709 (LGPD), art. 19");
            case "CL" -> {
                if (receivedOn.isBefore(CHILE_2026)) {
                    yield working(2, "Ley 19.628, art. 16");
                }
                yield kind == RequestKind.RESTRICTION ? working(2, "Ley 21.719") : calendar(30, "Ley 21.719");
            }
            case "CO" -> access ? working(10, "Ley 1581 de 2012, art. 14") : working(15, "Ley 1581 de 2012, art. 15");
            case "EC" -> calendar(15, "LOPDP (2021)");
            case "MX" -> working(20, "LFPDPPP (2025)");
            case "PE" -> working(access ? 20 : 10, "Ley 29733, D.S. 016-2024-JUS");
            case "UY" -> working(5, access ? "Ley 18.331, art. 14" : "Ley 18.331, art. 15");
            default -> calendar(10, null);
        };
    }

    private static ResponseTerm calendar(int days, @Nullable String law) {
        return new ResponseTerm(days, false, law);
    }

    private static ResponseTerm working(int days, String law) {
        return new ResponseTerm(days, true, law);
    }
}
