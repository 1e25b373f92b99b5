package app.recado.organizations;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.MemberAccess;
import app.recado.kernel.security.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
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

            @Schema(description = "What the clinic lets them do beside their roles; only what their roles may hold")
            List<Permission> permissions,

            @Schema(description = "Why nobody can work there now; null while the clinic is not suspended")
            OrganizationView.@Nullable Suspension suspension,

            @Schema(
                    description = "Until when the platform's support may look into it; null while it may not. An"
                            + " administrator of the platform finds such clinics here without a role",
                    example = "2026-11-24T17:00:00Z")
            @Nullable Instant supportUntil) {}

    private final Register register;
    private final MemberAccess members;
    private final Clock clock;
    private final TransactionTemplate transaction;

    MeController(Register register, MemberAccess members, Clock clock, TransactionTemplate transaction) {
        this.register = register;
        this.members = members;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Operation(operationId = "getMe", summary = "The signed-in person, their clinics and their roles there")
    @Access(Allow.SIGNED_IN)
    @GetMapping("/api/v1/me")
    Me me() {
        var caller = Caller.current();
        // Each clinic is asked by itself afterwards: a transaction sees the rows of one organization.
        var clinics = Objects.requireNonNull(transaction.execute(status -> clinicsOf(caller)));
        var organizations = clinics.found().stream()
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
                        permissions(caller, organization.id()),
                        organization.suspension(),
                        clinics.supportUntil().get(organization.id())))
                .toList();
        return new Me(caller.subject(), caller.name(), caller.email(), caller.platformAdmin(), organizations);
    }

    /** @param supportUntil by clinic, until when the platform's support may look into it */
    private record Clinics(List<OrganizationView> found, Map<UUID, Instant> supportUntil) {}

    /** The clinics where somebody has a role, and for the platform's administrators those that let support look in. */
    private Clinics clinicsOf(Caller caller) {
        var support = register.supportUntil(clock.instant());
        var ids = new HashSet<>(caller.organizations().keySet());
        if (caller.platformAdmin()) {
            ids.addAll(support.keySet());
        }
        return new Clinics(register.findAll(ids), support);
    }

    private List<Permission> permissions(Caller caller, UUID clinic) {
        var standing = members.of(clinic, caller.subject());
        return Arrays.stream(Permission.values())
                .filter(permission -> standing.holds(permission, caller.rolesIn(clinic)))
                .toList();
    }
}
