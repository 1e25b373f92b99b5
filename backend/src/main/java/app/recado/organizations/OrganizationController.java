package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.OrganizationView.QuietHours;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Clinics as the platform onboards them, and their settings as their owners change them. */
@RestController
@RequestMapping("/api/v1/organizations")
@Tag(name = "Organizations")
class OrganizationController {

    /** A clinic to onboard with its first owner. */
    record NewOrganization(
            @OneLine @NotBlank @Size(max = 100) String name,

            @NotBlank @Pattern(regexp = "[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
            String alias,

            @NotBlank @Pattern(regexp = "[A-Z]{2}") String country,
            @NotBlank @Size(max = 60) String timeZone,
            @NotBlank @Pattern(regexp = "es|en|pt-BR") String locale,
            @Nullable @Pattern(regexp = "turno|cita") String visitWord,
            @Valid @NotNull NewOwner owner) {

        /** What is decided with it.
         *
         * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a country or zone that there is not */
        Register.Beginning beginning() {
            if (Arrays.stream(Locale.getISOCountries()).noneMatch(country::equals)) {
                throw Problem.INVALID_FIELDS.at("/country", "unknown-value", "Not an ISO 3166 country");
            }
            if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
                throw Problem.INVALID_FIELDS.at("/timeZone", "unknown-value", "Not an IANA time zone");
            }
            return new Register.Beginning(
                    name.strip(), alias, country, timeZone, locale, visitWord == null ? "turno" : visitWord);
        }

        Onboarding.Owner first() {
            return new Onboarding.Owner(owner.email(), owner.givenName(), owner.familyName());
        }
    }

    /** The person who will run the clinic; asked by e-mail to choose a password unless they have an account. */
    record NewOwner(
            @NotBlank @Email(regexp = "[\\x21-\\x7e]+@[\\x21-\\x7e]+") @Size(max = 254) String email,

            @OneLine @NotBlank @PersonName @Size(max = 100) String givenName,
            @OneLine @NotBlank @PersonName @Size(max = 100) String familyName) {}

    /** Settings to change; what is left out stays, and a null {@code quietHours} removes them. */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    record SettingsChange(
            @OneLine @Nullable @Size(min = 1, max = 100) String name,
            @Nullable @Pattern(regexp = "turno|cita") String visitWord,
            @Nullable @Pattern(regexp = "cancel|ask-staff") String declineAction,

            @JsonDeserialize(using = LeftOutOrNull.class) @Nullable Optional<@Valid QuietHoursChange> quietHours) {}

    /** Tells a field that was left out (null) from one that was sent as null (empty): the library takes both for empty. */
    static final class LeftOutOrNull extends ValueDeserializer<Optional<QuietHoursChange>> {

        @Override
        public Optional<QuietHoursChange> deserialize(JsonParser parser, DeserializationContext context) {
            return Optional.of(context.readValue(parser, QuietHoursChange.class));
        }

        @Override
        public Optional<QuietHoursChange> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    /** Local times of the clinic, for example 21:00 and 08:00. */
    record QuietHoursChange(
            @NotNull java.time.LocalTime from, @NotNull java.time.LocalTime to) {}

    private final Onboarding onboarding;
    private final Register register;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;

    OrganizationController(
            Onboarding onboarding, Register register, LiveHints hints, ApplicationEventPublisher events) {
        this.onboarding = onboarding;
        this.register = register;
        this.hints = hints;
        this.events = events;
    }

    @Operation(operationId = "listOrganizations", summary = "All clinics, by name")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping
    @Transactional(readOnly = true)
    public Page<OrganizationView> list(
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return register.page(limit, cursor);
    }

    @Operation(
            operationId = "createOrganization",
            summary = "Onboards a clinic with its first owner",
            description = "Resumable: after 503 repeat the same request with the same key, it continues.")
    @Access(Allow.PLATFORM_ADMIN)
    @Idempotent(stored = false)
    @Refuses({Problem.ALIAS_TAKEN, Problem.ACCOUNT_PROTECTED, Problem.IDENTITY_UNAVAILABLE})
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<OrganizationView> create(
            @RequestHeader("Idempotency-Key") String key, @Valid @RequestBody NewOrganization request) {
        var organization = onboarding.onboard(
                request.beginning(), request.first(), Caller.current().subject() + " " + key);
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + organization.id()))
                .body(organization);
    }

    @Operation(operationId = "getOrganization", summary = "The clinic and its settings")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{organizationId}")
    @Transactional(readOnly = true)
    public OrganizationView get(@PathVariable UUID organizationId) {
        return current();
    }

    @Operation(operationId = "changeOrganization", summary = "Changes settings of the clinic")
    @Access(Allow.OWNER)
    @PatchMapping("/{organizationId}")
    @Transactional
    public OrganizationView change(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody SettingsChange change) {
        var now = current();
        expected.mustBe(now.version());
        var changed = new OrganizationView(
                now.id(),
                change.name() == null ? now.name() : change.name().strip(),
                now.alias(),
                now.country(),
                now.timeZone(),
                now.locale(),
                change.visitWord() == null ? now.visitWord() : change.visitWord(),
                change.declineAction() == null ? now.declineAction() : change.declineAction(),
                quietHours(now, change),
                now.state(),
                now.suspension(),
                now.createdAt(),
                now.version());
        if (!register.update(changed, expected.value())) {
            throw Problem.STALE.because("Somebody else changed the settings just now");
        }
        hints.changed(LiveHints.Kind.ORGANIZATION, now.id());
        events.publishEvent(ClinicSettingsChanged.between(now, changed));
        if (!Objects.equals(changed.quietHours(), now.quietHours())) {
            events.publishEvent(new QuietHoursChanged());
        }
        return current();
    }

    private static @Nullable QuietHours quietHours(OrganizationView now, SettingsChange change) {
        var wanted = change.quietHours();
        if (wanted == null) {
            return now.quietHours();
        }
        return wanted.map(hours -> new QuietHours(hours.from(), hours.to())).orElse(null);
    }

    private OrganizationView current() {
        return register.find(CurrentOrganization.id())
                .orElseThrow(() -> Problem.NOT_FOUND.because("This organization is not registered here"));
    }
}
