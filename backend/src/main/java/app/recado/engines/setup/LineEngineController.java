package app.recado.engines.setup;

import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.lines.ProviderLines;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.ClinicPhones;
import app.recado.whatsapp.Line;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.Lines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a line needs whose engine is called over HTTP: the provider's credentials, and an answer to "does it work?". */
@RestController
@Tag(name = "WhatsApp lines")
@RequestMapping("/api/v1/organizations/{organizationId}/whatsapp-lines/{id}")
class LineEngineController {

    private static final int HOOK_SECRET_BYTES = 24;

    private final Lines lines;
    private final ProviderLines service;
    private final EngineSelfTest selfTest;
    private final CredentialStore store;
    private final ClinicPhones phones;
    private final TransactionTemplate transaction;
    private final SecureRandom random = new SecureRandom();

    LineEngineController(
            Lines lines,
            ProviderLines service,
            EngineSelfTest selfTest,
            CredentialStore store,
            ClinicPhones phones,
            TransactionTemplate transaction) {
        this.lines = lines;
        this.service = service;
        this.selfTest = selfTest;
        this.store = store;
        this.phones = phones;
        this.transaction = transaction;
    }

    /** Exactly the one of the line's engine. */
    @Schema(minProperties = 1, maxProperties = 1)
    record CredentialsRequest(
            @Valid @Nullable CloudApiCredentials cloudApi,
            @Valid @Nullable TwilioCredentials twilio,
            @Valid @Nullable EvolutionCredentials evolution) {}

    /**
     * Of the WhatsApp Business Platform.
     *
     * @param phoneNumberId the number's id there
     * @param businessAccountId the id of the WhatsApp Business Account
     * @param accessToken of a system user
     * @param appSecret of the app whose webhooks come here
     * @param verifyToken any text of the clinic's, to be entered there as well
     */
    record CloudApiCredentials(
            @NotNull @Pattern(regexp = "\\d{5,30}") String phoneNumberId,

            @NotNull @Pattern(regexp = "\\d{5,30}") String businessAccountId,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{16,1000}") String accessToken,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{16,200}") String appSecret,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{8,200}") String verifyToken) {
        @Override
        public String toString() {
            return "CloudApiCredentials[]";
        }
    }

    /**
     * Of Twilio.
     *
     * @param from the WhatsApp sender's number; national ones belong to the clinic's country
     */
    record TwilioCredentials(
            @NotNull @Pattern(regexp = "AC[0-9a-fA-F]{32}") String accountSid,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{16,200}") String authToken,

            @NotBlank @Size(max = 40) String from) {
        @Override
        public String toString() {
            return "TwilioCredentials[]";
        }
    }

    /**
     * Of a server with Evolution API v2.
     *
     * @param baseUrl its public https address
     * @param apiKey of the server or the instance
     * @param instance the instance's name; made by starting the line when it is not there
     */
    record EvolutionCredentials(
            @NotBlank @Size(max = 300) String baseUrl,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{8,200}") String apiKey,

            @NotNull @Pattern(regexp = "[A-Za-z0-9_.-]{1,100}") String instance) {
        @Override
        public String toString() {
            return "EvolutionCredentials[]";
        }
    }

    /**
     * What is shown of credentials; never they themselves.
     *
     * @param last4 the end of the token or key; empty when it is short, null when there are none
     * @param setAt when they were entered; null when there are none
     * @param webhookUrl what to enter at the provider for incoming messages; null where it is told by itself, before there
     *     are credentials, and while Recado has no public address
     * @param fallbackUrl what to enter there as the fallback, at Twilio
     */
    record CredentialsView(
            boolean set,
            @Nullable String last4,
            @Nullable Instant setAt,
            @Nullable String webhookUrl,
            @Nullable String fallbackUrl) {}

    /** What was tried and how it went. */
    record SelfTestView(boolean ok, List<EngineSelfTest.Check> checks) {}

    @Operation(
            operationId = "getWhatsAppLineCredentials",
            summary = "Whether the line has credentials, and what to enter at the provider",
            description = "The credentials themselves are never shown again.")
    @Access(Allow.OWNER)
    @Refuses(Problem.LINE_NOT_IN_THAT_STATE)
    @GetMapping("/credentials")
    ResponseEntity<CredentialsView> credentials(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return fresh(view(direct(id)));
    }

    @Operation(
            operationId = "setWhatsAppLineCredentials",
            summary = "Give the line what its provider gave the clinic",
            description = "Exactly the object of the line's engine. Write-only. A line that is up is checked with them"
                    + " at once; the address of an Evolution server must be public and https.")
    @Access(Allow.OWNER)
    @Refuses({Problem.LINE_NOT_IN_THAT_STATE, Problem.CREDENTIALS_NOT_KEPT})
    @PutMapping("/credentials")
    ResponseEntity<CredentialsView> setCredentials(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @RequestBody @Valid CredentialsRequest request) {
        var line = direct(id);
        expected.mustBe(line.version());
        var given = read(line, request);
        service.put(id, given, Caller.current().subject(), () -> lines.changed(id, expected));
        return fresh(view(lines.get(id)));
    }

    @Operation(
            operationId = "testWhatsAppLine",
            summary = "Can we reach the provider, can it reach us",
            description = "Calls the provider, and calls this installation from outside as the provider would. Changes"
                    + " nothing and writes to nobody.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.LINE_NOT_IN_THAT_STATE)
    @Idempotent(stored = false)
    @PostMapping("/self-test")
    ResponseEntity<SelfTestView> selfTest(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var checks = selfTest.run(id, direct(id).engine());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new SelfTestView(checks.stream().allMatch(EngineSelfTest.Check::ok), checks));
    }

    private Line direct(UUID id) {
        var line = lines.get(id);
        if (line.engine() == LineEngineKind.LINKED_DEVICE) {
            throw Problem.LINE_NOT_IN_THAT_STATE.because("A linked phone needs no credentials, it is paired");
        }
        return line;
    }

    private LineCredentials read(Line line, CredentialsRequest request) {
        long given = java.util.stream.Stream.of(request.cloudApi(), request.twilio(), request.evolution())
                .filter(Objects::nonNull)
                .count();
        var fitting = switch (line.engine()) {
            case CLOUD_API -> cloudApi(request.cloudApi());
            case TWILIO -> twilio(request.twilio());
            case EVOLUTION -> evolution(request.evolution());
            case LINKED_DEVICE -> null;
        };
        if (given != 1 || fitting == null) {
            throw Problem.INVALID_FIELDS.at(
                    "/" + field(line.engine()), "required", "Send the credentials of this line's engine and no others");
        }
        return fitting;
    }

    private static String field(LineEngineKind engine) {
        return engine == LineEngineKind.CLOUD_API ? "cloudApi" : engine.wireName();
    }

    private static @Nullable LineCredentials cloudApi(@Nullable CloudApiCredentials given) {
        return given == null
                ? null
                : new LineCredentials.CloudApi(
                        given.phoneNumberId(),
                        given.businessAccountId(),
                        given.accessToken(),
                        given.appSecret(),
                        given.verifyToken());
    }

    private @Nullable LineCredentials twilio(@Nullable TwilioCredentials given) {
        if (given == null) {
            return null;
        }
        var from = Objects.requireNonNull(transaction.execute(s -> phones.dialled(given.from(), "/twilio/from")));
        return new LineCredentials.Twilio(given.accountSid(), given.authToken(), from);
    }

    private @Nullable LineCredentials evolution(@Nullable EvolutionCredentials given) {
        if (given == null) {
            return null;
        }
        service.refusedAddress(given.baseUrl()).ifPresent(code -> {
            throw Problem.INVALID_FIELDS.at(
                    "/evolution/baseUrl", code, "Enter the server's public address, beginning with https://");
        });
        var secret = new byte[HOOK_SECRET_BYTES];
        random.nextBytes(secret);
        return new LineCredentials.Evolution(
                given.baseUrl().strip(),
                given.apiKey(),
                given.instance(),
                HexFormat.of().formatHex(secret));
    }

    private CredentialsView view(Line line) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var known = store.known(line.id()).orElse(null);
            // Evolution hears its address from us, and the secret in it is for that server alone.
            boolean told = line.engine() == LineEngineKind.EVOLUTION || known == null;
            var webhook =
                    told ? null : store.webhook(line.id(), line.engine(), "").orElse(null);
            return new CredentialsView(
                    known != null,
                    known == null ? null : known.last4(),
                    known == null ? null : known.setAt(),
                    webhook,
                    webhook != null && line.engine() == LineEngineKind.TWILIO ? webhook + "/fallback" : null);
        }));
    }

    private static ResponseEntity<CredentialsView> fresh(CredentialsView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }
}
