package app.recado.maintenance;

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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Notices of maintenance: written by those who run the platform, read by every clinic. */
@RestController
@Tag(name = "Platform")
class MaintenanceController {

    private static final String OF_PLATFORM = "/api/v1/platform/maintenance-notices";
    private static final int LONGEST = 300;

    private final MaintenanceNotices notices;

    MaintenanceController(MaintenanceNotices notices) {
        this.notices = notices;
    }

    /**
     * What is under way or to come.
     *
     * @param items the soonest first, twenty at most
     */
    @Schema(name = "MaintenanceNotices")
    record NoticeList(List<MaintenanceNotice> items) {}

    /**
     * Work to announce.
     *
     * @param beginsAt from when on something may be noticed
     * @param endsAt when it is over
     * @param text what will be noticed
     */
    @Schema(name = "MaintenanceNoticeInput")
    record NewNotice(
            @Schema(example = "2026-12-06T05:00:00Z") @NotNull Instant beginsAt,

            @Schema(example = "2026-12-06T05:20:00Z") @NotNull Instant endsAt,

            @Valid @NotNull NewWords text) {}

    /**
     * The same in the three languages of the console.
     *
     * @param es in Spanish
     * @param en in English
     * @param pt in Brazilian Portuguese
     */
    @Schema(name = "MaintenanceWordsInput")
    record NewWords(
            @Schema(example = "Durante unos minutos los mensajes salen más tarde.")
            @OneLine
            @NotBlank @Size(max = LONGEST) String es,

            @Schema(example = "For some minutes messages leave later.") @OneLine @NotBlank @Size(max = LONGEST) String en,

            @Schema(example = "Por alguns minutos as mensagens saem mais tarde.")
            @OneLine
            @NotBlank @Size(max = LONGEST) String pt) {

        MaintenanceNotice.Words trimmed() {
            return new MaintenanceNotice.Words(es.strip(), en.strip(), pt.strip());
        }
    }

    @Operation(
            operationId = "listMaintenanceNotices",
            summary = "Work on Recado that the clinic is told of",
            description = "Under way or to come; what is over is not listed.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/api/v1/organizations/{organizationId}/maintenance-notices")
    NoticeList ofClinic(@PathVariable UUID organizationId) {
        return new NoticeList(notices.current());
    }

    @Operation(operationId = "listAnnouncedMaintenance", summary = "Work on Recado that clinics are told of")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping(OF_PLATFORM)
    NoticeList ofPlatform() {
        return new NoticeList(notices.current());
    }

    @Operation(
            operationId = "announceMaintenance",
            summary = "Tell all clinics of work on Recado",
            description = "In the three languages of the console. Open consoles show it within five minutes.")
    @Access(Allow.PLATFORM_ADMIN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(OF_PLATFORM)
    ResponseEntity<MaintenanceNotice> announce(@Valid @RequestBody NewNotice body) {
        var notice =
                notices.announce(body.beginsAt(), body.endsAt(), body.text().trimmed());
        return ResponseEntity.created(URI.create(OF_PLATFORM + "/" + notice.id()))
                .body(notice);
    }

    @Operation(
            operationId = "withdrawMaintenance",
            summary = "Tell nobody of it any more",
            description = "Because it is over sooner, or will not be. A notice is not changed; write another.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.NOT_FOUND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping(OF_PLATFORM + "/{id}")
    void withdraw(@PathVariable UUID id) {
        notices.withdraw(id);
    }
}
