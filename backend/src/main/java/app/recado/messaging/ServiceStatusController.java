package app.recado.messaging;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a clinic asks when a patient says that nothing came: is it us, is it Recado, is it WhatsApp, and what was late. */
@RestController
@Tag(name = "Messages")
class ServiceStatusController {

    private final ServiceStandings standings;

    ServiceStatusController(ServiceStandings standings) {
        this.standings = standings;
    }

    @Operation(
            operationId = "getServiceStatus",
            summary = "Whether Recado, WhatsApp and each line work, and what was late",
            description =
                    "Of the last seven days those on which messages waited for a line. Waiting for the end of quiet"
                            + " hours is not late.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/api/v1/organizations/{organizationId}/service-status")
    ResponseEntity<ServiceStatus> get(@PathVariable UUID organizationId) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(standings.current());
    }
}
