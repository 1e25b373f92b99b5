package app.recado.booking;

import app.recado.kernel.Versioned;
import app.recado.patients.identifiers.IdentifierKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is shown of pre-registrations. */
final class PreregistrationViews {

    private PreregistrationViews() {}

    /**
     * A link by which a patient completes their card, as staff see it.
     *
     * @param link its address, to be copied; null when it counts no more
     * @param expiresAt from when it counts no more
     * @param sentAt when it was sent last over WhatsApp; null when it never was
     * @param sent how often it was sent
     * @param openedAt when somebody first opened it
     * @param completedAt when the patient answered
     * @param missing what the card lacks now
     * @param differing what the patient said otherwise than staff wrote, until staff decide
     * @param identifierTaken another patient has the number of their paper: the two are among the likely duplicates
     * @param consents what the patient agreed to or not; empty before they answered
     */
    @Schema(name = "Preregistration")
    record View(
            UUID id,
            UUID patientId,
            PreregistrationState state,

            @Schema(example = "https://recado.example/reservar/arrayan#p=3vT9") @Nullable
            String link,

            Instant expiresAt,
            @Nullable Instant sentAt,
            @Schema(example = "1") int sent,
            @Nullable Instant openedAt,
            @Nullable Instant completedAt,
            List<PreregistrationDetail> missing,
            List<Difference> differing,
            boolean identifierTaken,
            List<ConsentGiven> consents,
            Instant createdAt,
            long version)
            implements Versioned {}

    /**
     * What staff wrote and what the patient says.
     *
     * @param detail what of the card
     * @param said as it would stand on the card; {@code true} for a wish
     * @param written null when there is nothing
     */
    @Schema(name = "PreregistrationDifference")
    record Difference(
            PreregistrationDetail detail,
            @Schema(example = "Sarmiento") @Nullable String written,
            @Schema(example = "Sarmiento Paz") String said) {

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Difference[" + detail + "]";
        }
    }

    /**
     * What a patient agreed to, or not.
     *
     * @param purpose what for
     * @param given whether they agreed
     * @param text the sentence they saw
     */
    @Schema(name = "PreregistrationConsent")
    record ConsentGiven(
            ConsentPurpose purpose,
            boolean given,

            @Schema(example = "Quiero que Arrayán me escriba por WhatsApp sobre mis visitas.")
            String text,

            Instant at) {}

    /**
     * Pre-registrations of a patient.
     *
     * @param items the newest first, twenty at most
     */
    @Schema(name = "Preregistrations")
    record ViewList(List<View> items) {}

    /**
     * What is asked behind a link.
     *
     * @param clinicName the clinic's name
     * @param expiresAt from when the link counts no more
     * @param country ISO 3166-1 alpha-2
     * @param language the patient's
     * @param phone the clinic's; null for none
     * @param address where patients come to; null for none
     * @param completed it was answered: nothing is asked any more
     * @param givenName as staff wrote it; null when they did not, or it was answered
     * @param familyName likewise
     * @param identifierKind what people of the clinic's country have
     * @param insurances which the clinic takes, by name
     * @param consents what is asked, in each language
     */
    @Schema(name = "PreregistrationForm")
    record Form(
            @Schema(example = "Odontología Arrayán") String clinicName,
            @Schema(example = "AR") String country,

            @Schema(allowableValues = {"es", "en", "pt-BR"}) String language,

            @Schema(example = "+543515550148") @Nullable String phone,

            @Schema(example = "Av. Hipólito Yrigoyen 412") @Nullable String address,

            boolean completed,
            @Schema(example = "Julieta") @Nullable String givenName,
            @Schema(example = "Sarmiento") @Nullable String familyName,
            IdentifierKind identifierKind,
            List<AcceptedInsurance> insurances,
            List<ConsentTexts> consents,
            Instant expiresAt) {}

    /** An insurance that the clinic takes. */
    @Schema(name = "PreregistrationInsurance")
    record AcceptedInsurance(
            UUID id, @Schema(example = "OSDE 210") String name) {}

    /** The sentences beside the boxes. */
    @Schema(name = "PreregistrationConsentTexts")
    record ConsentTexts(
            @Schema(allowableValues = {"es", "en", "pt-BR"}) String language,

            @Schema(description = "That the clinic keeps the data", example = "Acepto que se guarden estos datos.")
            String data,

            @Schema(description = "Messages about visits", example = "Quiero recordatorios de mis visitas.")
            String care,

            @Schema(description = "News and offers", example = "Quiero recibir novedades.")
            String marketing) {}
}
