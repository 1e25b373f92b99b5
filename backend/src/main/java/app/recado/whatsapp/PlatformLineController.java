package app.recado.whatsapp;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All clinics' lines, for those who run the platform: states, no number and no message. */
@RestController
@Tag(name = "Platform")
class PlatformLineController {

    private final LinesAcrossClinics lines;
    private final OrganizationProfiles organizations;

    PlatformLineController(LinesAcrossClinics lines, OrganizationProfiles organizations) {
        this.lines = lines;
        this.organizations = organizations;
    }

    /**
     * A clinic's line as the platform sees it.
     *
     * @param defaultLine whether its clinic's messages leave on it
     * @param since since when it is in that state; null for a line never started
     * @param downSince since when it does not run although it should; null while it does, or need not
     */
    record PlatformLine(
            UUID organizationId,
            String organizationName,
            UUID id,
            boolean defaultLine,
            LineEngineKind engine,
            LineState state,
            @Schema(implementation = LineCause.class) String cause,
            @Nullable Instant since,
            @Nullable Instant downSince) {}

    /** All of them, by clinic. */
    record PlatformLines(List<PlatformLine> items) {}

    @Operation(
            operationId = "listPlatformWhatsAppLines",
            summary = "All clinics' lines and how they are",
            description = "As they were last reported. No phone numbers.")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping("/api/v1/platform/whatsapp-lines")
    @Transactional(readOnly = true)
    public PlatformLines list() {
        var names = organizations.names();
        return new PlatformLines(lines.all().stream()
                .map(line -> new PlatformLine(
                        line.organizationId(),
                        names.getOrDefault(line.organizationId(), ""),
                        line.lineId(),
                        line.isDefault(),
                        line.engine(),
                        line.state(),
                        line.cause(),
                        line.since(),
                        line.downSince()))
                .toList());
    }
}
