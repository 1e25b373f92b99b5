package app.recado.kernel.api;

import app.recado.kernel.KernelSettings;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anybody may ask: is it alive, is it ready, how does the console sign in. */
@RestController
@Tag(name = "System")
@SecurityRequirements
class SystemController {

    /** Alive. */
    record Health(@Schema(allowableValues = "ok") String status, String service) {}

    /** Able to serve; {@code database} is {@code ok} or {@code down}. */
    record Readiness(
            @Schema(allowableValues = {"ok", "down"}) String status,
            @Schema(allowableValues = {"ok", "down"}) String database) {}

    /** What the console needs before anybody has signed in.
     *
     * @param issuer the realm's address
     * @param clientId the console's OAuth client
     * @param simulated true when messages go to the local simulator, not to real phones
     * @param version of the running backend */
    record ConsoleConfiguration(String issuer, String clientId, boolean simulated, String version) {}

    private final KernelSettings settings;
    private final JdbcClient jdbc;
    private final String version;

    SystemController(KernelSettings settings, JdbcClient jdbc, ObjectProvider<BuildProperties> build) {
        this.settings = settings;
        this.jdbc = jdbc;
        var properties = build.getIfAvailable();
        this.version = properties == null ? "development" : String.valueOf(properties.getVersion());
    }

    @Operation(operationId = "getHealth", summary = "Whether the process is alive")
    @Access(Allow.EVERYONE)
    @GetMapping("/api/health")
    Health health() {
        return new Health("ok", "recado");
    }

    @Operation(operationId = "getReadiness", summary = "Whether requests can be served; 503 when not")
    @Access(Allow.EVERYONE)
    @ApiResponse(responseCode = "200", description = "Able to serve", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "503", description = "Not able to serve", useReturnTypeSchema = true)
    @GetMapping("/api/readiness")
    ResponseEntity<Readiness> readiness() {
        try {
            jdbc.sql("select 1").query(Integer.class).single();
            return ResponseEntity.ok(new Readiness("ok", "ok"));
        } catch (org.springframework.dao.DataAccessException e) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Readiness("down", "down"));
        }
    }

    @Operation(operationId = "getConsoleConfiguration", summary = "How the console signs in")
    @Access(Allow.EVERYONE)
    @GetMapping("/api/console-config")
    ConsoleConfiguration consoleConfiguration() {
        return new ConsoleConfiguration(settings.issuer(), settings.consoleClientId(), settings.simulated(), version);
    }
}
