package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Households over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Patients")
class HouseholdController {

    private final Households households;
    private final PatientReads reads;

    HouseholdController(Households households, PatientReads reads) {
        this.households = households;
        this.reads = reads;
    }

    /**
     * A household as staff write it down.
     *
     * @param givenName Given name of whoever answers the phone; given or family name may be left out, not both
     * @param familyName Family name of whoever answers the phone
     * @param phone The number they answer, as people type it in the clinic's country, or E.164
     * @param members Patients who are reached there unless they have a number of their own; twenty at most, each once, and
     *     one of them at most is who answers
     */
    @Schema(name = "HouseholdInput")
    record HouseholdRequest(
            @Schema(example = "Ana") @OneLine @Size(max = 100) @Nullable String givenName,

            @Schema(example = "Núñez") @OneLine @Size(max = 100) @Nullable String familyName,

            @Schema(example = "011 15-2345-6789") @NotNull @Size(max = 60) String phone,

            @NotEmpty @Size(max = 20) @Valid List<@NotNull MemberRequest> members) {

        Households.Draft draft() {
            return new Households.Draft(
                    textOrNull(givenName),
                    textOrNull(familyName),
                    phone,
                    members.stream()
                            .map(one -> new Households.Member(one.patientId(), one.relationship()))
                            .toList());
        }

        private static @Nullable String textOrNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }

        /** Names and number belong to people: never printed. */
        @Override
        public String toString() {
            return "HouseholdRequest";
        }
    }

    /**
     * A patient of a household.
     *
     * @param relationship What whoever answers the phone is to the patient
     */
    @Schema(name = "HouseholdMemberInput")
    record MemberRequest(@NotNull UUID patientId, @NotNull Relationship relationship) {}

    /**
     * Households of a patient.
     *
     * @param items The oldest first; one or none for nearly everybody
     */
    @Schema(name = "Households")
    record HouseholdList(List<HouseholdView> items) {}

    @Operation(operationId = "listHouseholdsOfPatient", summary = "The households in which a patient is")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.PATIENT_REPLACED)
    @GetMapping("/patients/{id}/households")
    HouseholdList of(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var found = households.of(id);
        found.forEach(this::shown);
        return new HouseholdList(found);
    }

    @Operation(
            operationId = "createHousehold",
            summary = "Say who answers the phone for some patients",
            description =
                    "Members without a number are reached at this one. Messages to a member there greet whoever answers and"
                            + " name the patient. A number that wants no messages stays so for everybody who is reached at it.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/households")
    ResponseEntity<HouseholdView> create(@PathVariable UUID organizationId, @Valid @RequestBody HouseholdRequest body) {
        var household = households.create(body.draft());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/households/%s".formatted(organizationId, household.id())))
                .body(household);
    }

    @Operation(operationId = "getHousehold", summary = "One household")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/households/{id}")
    HouseholdView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var household = households.get(id);
        shown(household);
        return household;
    }

    private void shown(HouseholdView household) {
        reads.shown(
                PatientPart.RECORD,
                household.members().stream()
                        .map(HouseholdView.Member::patientId)
                        .toList());
    }

    @Operation(
            operationId = "updateHousehold",
            summary = "Replace what is written about a household",
            description =
                    "With another number, members who were reached at the old one are reached there. Who is left out keeps"
                            + " their number and is greeted by their own name. Where one of the members is who answers, changing"
                            + " the number of that patient changes the household's too.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @PutMapping("/households/{id}")
    HouseholdView update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody HouseholdRequest body) {
        return households.replace(id, expected, body.draft());
    }

    @Operation(
            operationId = "deleteHousehold",
            summary = "Forget who answers the phone for some patients",
            description = "They keep their numbers and are greeted by their own names.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/households/{id}")
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        households.remove(id, expected);
    }
}
