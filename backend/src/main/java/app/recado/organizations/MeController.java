package app.recado.organizations;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a signed-in person may ask about themselves. */
@RestController
@Tag(name = "Me")
class MeController {

    /** Who is signed in, and where they work. */
    record Me(
            String subject,
            @Nullable String name,
            @Nullable String email,
            boolean platformAdmin,
            List<MyOrganization> organizations) {}

    /** One clinic of the caller, with the caller's roles there. */
    record MyOrganization(
            UUID id,
            String alias,
            String name,

            @ArraySchema(schema = @Schema(allowableValues = {"owner", "receptionist", "practitioner"}))
            List<String> roles,

            String country,
            String timeZone,
            @Schema(allowableValues = {"es", "en", "pt-BR"}) String locale,

            @Schema(allowableValues = {"turno", "cita"}) String visitWord,

            @Schema(description = "Why nobody can work there now; null while the clinic is not suspended")
            OrganizationView.@Nullable Suspension suspension) {}

    private final Register register;

    MeController(Register register) {
        this.register = register;
    }

    @Operation(operationId = "getMe", summary = "The signed-in person, their clinics and their roles there")
    @Access(Allow.SIGNED_IN)
    @GetMapping("/api/v1/me")
    @Transactional(readOnly = true)
    public Me me() {
        var caller = Caller.current();
        var organizations = register.findAll(caller.organizations().keySet()).stream()
                .map(organization -> new MyOrganization(
                        organization.id(),
                        organization.alias(),
                        organization.name(),
                        caller.rolesIn(organization.id()).stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList(),
                        organization.country(),
                        organization.timeZone(),
                        organization.locale(),
                        organization.visitWord(),
                        organization.suspension()))
                .toList();
        return new Me(caller.subject(), caller.name(), caller.email(), caller.platformAdmin(), organizations);
    }
}
