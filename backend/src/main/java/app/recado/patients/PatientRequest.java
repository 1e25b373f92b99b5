package app.recado.patients;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What staff write down about a patient.
 *
 * @param phone as people type it in the clinic's country, or E.164; null or left out when there is none
 * @param birthDate not in the future
 * @param language to write to them in; left out, the clinic's own (or, in a change, the one they have)
 * @param notes short remarks for the front desk
 * @param messaging only in a change: {@code opted-out} stops all messages, {@code allowed} permits them again; left out,
 *     it stays as it is
 */
@Schema(name = "PatientInput")
record PatientRequest(
        @Schema(example = "Ana") @NotBlank @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String givenName,

        @Schema(example = "Núñez") @NotBlank @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String familyName,

        @Schema(example = "011 15-2345-6789") @Size(max = 40) @Nullable String phone,

        @Nullable LocalDate birthDate,

        @Schema(allowableValues = {"es", "en", "pt-BR"}) @Pattern(regexp = "es|en|pt-BR") @Nullable String language,

        @Size(max = 500) @Nullable String notes,
        @Nullable Messaging messaging) {

    /** Line breaks and terminal controls have no place in a name; emoji and combining marks do. */
    static final String NO_CONTROLS = "[^\\u0000-\\u001f\\u007f]*";
}
