package app.recado.booking;

import app.recado.kernel.json.OneLine;
import app.recado.patients.PatientCompletion;
import app.recado.patients.identifiers.IdentifierKind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a patient says of themselves.
 *
 * @param identifierKind which paper it is; needed with a number
 * @param language in which the page was shown
 * @param data must be true: that the clinic keeps these data
 * @param care whether they want messages about visits; null when they did not say, which changes nothing
 * @param marketing whether they agreed to news and offers; without agreement there are none
 */
@Schema(name = "PreregistrationAnswer")
record PreregistrationAnswer(
        @Schema(example = "Julieta") @OneLine @NotBlank @Size(max = 100) String givenName,

        @Schema(example = "Sarmiento") @OneLine @Size(max = 100) @Nullable String familyName,

        @Nullable LocalDate birthDate,
        @Nullable IdentifierKind identifierKind,

        @Schema(description = "As people type it", example = "30.123.456") @OneLine @Size(max = 40) @Nullable String identifier,

        @Schema(example = "julieta@example.com") @Email @Size(max = 254) @Nullable String email,

        @Schema(description = "One of the clinic's; null for none") @Nullable UUID insuranceId,

        @Schema(description = "The patient's number there", example = "61 123456 7 01")
        @OneLine
        @Size(max = 40) @Nullable String memberNumber,

        @Schema(allowableValues = {"es", "en", "pt-BR"}) @NotNull @Pattern(regexp = "es|en|pt-BR") String language,

        @NotNull Boolean data,
        @Nullable Boolean care,
        @NotNull Boolean marketing) {

    PatientCompletion.Submission said() {
        return new PatientCompletion.Submission(
                givenName,
                blankToNull(familyName),
                birthDate,
                identifierKind,
                blankToNull(identifier),
                blankToNull(email),
                care,
                marketing);
    }

    @Nullable String number() {
        return blankToNull(memberNumber);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Everything that was answered, as one text. */
    String all() {
        return String.join(
                "\n",
                givenName,
                String.valueOf(familyName),
                String.valueOf(birthDate),
                String.valueOf(identifierKind),
                String.valueOf(identifier),
                String.valueOf(email),
                String.valueOf(insuranceId),
                String.valueOf(memberNumber),
                language,
                String.valueOf(care),
                String.valueOf(marketing));
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return "PreregistrationAnswer";
    }
}
