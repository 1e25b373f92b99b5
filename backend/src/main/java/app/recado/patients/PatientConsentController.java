package app.recado.patients;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.ContactData;
import app.recado.kernel.security.Scope;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What patients said about being written to, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/consents")
@Tag(name = "Patients")
class PatientConsentController {

    private final PatientConsents consents;
    private final PatientReads reads;

    PatientConsentController(PatientConsents consents, PatientReads reads) {
        this.consents = consents;
        this.reads = reads;
    }

    /** What messages are for. */
    @Schema(name = "ConsentPurpose")
    enum Purpose {
        @JsonProperty("care")
        CARE,
        @JsonProperty("marketing")
        MARKETING
    }

    /** Who said or wrote it down. */
    @Schema(name = "ConsentSource")
    enum Source {
        /** Whoever holds the number, in a message. */
        @JsonProperty("patient")
        PATIENT,
        /** Whoever holds the number told the messages' provider. */
        @JsonProperty("provider")
        PROVIDER,
        /** Staff wrote down what they were told. */
        @JsonProperty("staff")
        STAFF
    }

    /**
     * A wish about being written to, of a number.
     *
     * @param phone the number whose holder said it, E.164; one of the patient's
     * @param purpose what messages it is about
     * @param channel how messages travel
     * @param allowed whether they are wanted
     * @param source who said or wrote it down
     * @param evidence what proves it: the words of the message, or what staff saw; null for wishes from before it was kept
     * @param saidAt when it was said
     */
    @Schema(name = "PatientConsent")
    record ConsentView(
            UUID id,
            @ContactData @Nullable String phone,
            Purpose purpose,
            @Schema(allowableValues = {"whatsapp"}) String channel,
            boolean allowed,
            Source source,

            @Schema(example = "Firmó el formulario del 24/11") @Nullable String evidence,

            Instant saidAt) {

        static ConsentView of(PatientConsents.Statement said) {
            return new ConsentView(
                    said.id(),
                    said.phone(),
                    Purpose.valueOf(said.purpose().toUpperCase(Locale.ROOT)),
                    said.channel(),
                    said.allowed(),
                    Source.valueOf(said.source().toUpperCase(Locale.ROOT)),
                    said.evidence(),
                    said.saidAt());
        }
    }

    /** Wishes. @param items the latest first; the first of a number and purpose is what holds */
    @Schema(name = "PatientConsents")
    record ConsentList(List<ConsentView> items) {}

    /**
     * What a patient told staff about marketing.
     *
     * @param allowed whether they want it
     * @param evidence what proves it, such as a form that was signed
     */
    @Schema(name = "MarketingConsentInput")
    record MarketingConsent(
            @NotNull Boolean allowed,

            @Schema(example = "Firmó el formulario del 24/11") @OneLine @NotBlank @Size(max = 500) String evidence) {}

    @Operation(
            operationId = "listPatientConsents",
            summary = "What was said about being written to, of a patient's number",
            description =
                    "By purpose: messages about care, and marketing. Without a wish for marketing nobody gets a campaign."
                            + " What was said of one number says nothing of another.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @GetMapping
    ConsentList list(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "Of all numbers of the patient instead of the one that is written to")
                    @RequestParam(defaultValue = "false")
                    boolean allNumbers) {
        var said = consents.of(id, allNumbers);
        reads.shown(PatientPart.RECORD, id);
        return view(said);
    }

    @Operation(
            operationId = "recordMarketingConsent",
            summary = "Write down whether a patient wants marketing, and what proves it",
            description = "It holds for their number, hence for whoever shares it. Care is changed on the patient.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_WRITE})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<ConsentList> record(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody MarketingConsent body) {
        var said = consents.marketing(id, body.allowed(), body.evidence());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/patients/%s/consents".formatted(organizationId, id)))
                .body(view(said));
    }

    private static ConsentList view(List<PatientConsents.Statement> said) {
        return new ConsentList(said.stream().map(ConsentView::of).toList());
    }
}
