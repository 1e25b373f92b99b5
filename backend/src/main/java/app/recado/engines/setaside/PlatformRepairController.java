package app.recado.engines.setaside;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.jobs.DeadJobs;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was given up, for those who run the platform: ids and causes, and a way to have it done again. */
@RestController
@Tag(name = "Platform")
@RequestMapping("/api/v1/platform")
class PlatformRepairController {

    private final DeadJobs jobs;
    private final SetAsideEvents setAside;
    private final EventReplay replay;

    PlatformRepairController(DeadJobs jobs, SetAsideEvents setAside, EventReplay replay) {
        this.jobs = jobs;
        this.setAside = setAside;
        this.replay = replay;
    }

    /** Jobs that failed as often as they may, the newest first. */
    record DeadJobList(List<DeadJobs.DeadJob> items) {}

    /** Events that could not be stored, the newest first. */
    record SetAsideEventList(List<SetAsideEvents.SetAside> items) {}

    @Operation(
            operationId = "listDeadJobs",
            summary = "Jobs that failed as often as they may",
            description = "Media fetches, alarms and the like, over all clinics. The newest two hundred.")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping("/dead-jobs")
    DeadJobList deadJobs() {
        return new DeadJobList(jobs.newest());
    }

    @Operation(
            operationId = "repeatDeadJob",
            summary = "Have a dead job done again",
            description = "From its first attempt on. 404 when somebody else was faster.")
    @Access(Allow.PLATFORM_ADMIN)
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/dead-jobs/{organizationId}/{id}/repeat")
    ResponseEntity<Void> repeat(@PathVariable UUID organizationId, @PathVariable UUID id) {
        jobs.repeat(organizationId, id);
        return ResponseEntity.noContent().build();
    }

    @Operation(
            operationId = "listSetAsideEvents",
            summary = "Events of the gateway and of providers that could not be stored",
            description = "Over all clinics, without what they hold. The newest two hundred.")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping("/set-aside-events")
    SetAsideEventList setAsideEvents() {
        return new SetAsideEventList(setAside.newest());
    }

    @Operation(
            operationId = "replaySetAsideEvent",
            summary = "Store an event that was set aside",
            description = "409 conflict when it still cannot be stored: then it stays.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.CONFLICT)
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/set-aside-events/{organizationId}/{id}/replay")
    ResponseEntity<Void> replay(@PathVariable UUID organizationId, @PathVariable UUID id) {
        replay.replay(organizationId, id);
        return ResponseEntity.noContent().build();
    }
}
