package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.whatsapp.LineEngineKind;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers the two questions of whoever sets a line up: can we reach them, can they reach us. The second is asked from
 * outside, through the public address, with a delivery signed as the provider would and saying nothing.
 */
@Component
public class EngineSelfTest {

    private final CredentialStore credentials;
    private final Providers providers;
    private final TemplateCheck templates;
    private final EngineSettings settings;
    private final TransactionTemplate transaction;
    private final EngineHttp http;

    EngineSelfTest(
            CredentialStore credentials,
            Providers providers,
            TemplateCheck templates,
            EngineSettings settings,
            TransactionTemplate transaction) {
        this.credentials = credentials;
        this.providers = providers;
        this.templates = templates;
        this.settings = settings;
        this.transaction = transaction;
        this.http = new EngineHttp(settings.connectTimeout(), settings.answerTimeout(), AddressGuard.none());
    }

    /**
     * One thing that was tried.
     *
     * @param name {@code credentials}, {@code provider}, {@code public-address}, {@code webhook} or {@code templates}
     * @param code {@code ok} or what is wrong
     * @param fix what to do, in English; empty when all is well
     * @param about an occasion and language, such as {@code reminder/es}; null when it is about the line
     */
    public record Check(
            String name,
            boolean ok,
            String code,
            String fix,
            @Nullable String about) {

        static Check ok(String name) {
            return new Check(name, true, "ok", "", null);
        }

        static Check failed(String name, String code, String fix) {
            return new Check(name, false, code, fix, null);
        }
    }

    /** Tries everything that can be tried; what depends on something that failed is left out. */
    public List<Check> run(UUID lineId, LineEngineKind engine) {
        var checks = new ArrayList<Check>();
        var opened = Optional.<LineCredentials>empty();
        try {
            opened = credentials.open(lineId, engine);
            checks.add(
                    opened.isPresent()
                            ? Check.ok("credentials")
                            : Check.failed(
                                    "credentials",
                                    "credentials-missing",
                                    "An owner enters what the provider gave the clinic."));
        } catch (EngineVault.Unreadable e) {
            checks.add(Check.failed(
                    "credentials",
                    "credentials-unreadable",
                    "Enter the credentials again, or give Recado back the key they were sealed with."));
        }
        opened.ifPresent(secret -> checks.add(provider(providers.check(secret))));
        boolean answered = checks.getLast().ok();
        boolean reachable = publicAddress(checks);
        if (reachable && opened.isPresent()) {
            checks.add(webhook(lineId, opened.get()));
        }
        if (answered && Capabilities.of(engine).templates()) {
            opened.ifPresent(secret -> checks.addAll(templates.run(lineId, secret)));
        }
        return checks;
    }

    private static Check provider(Provider.Standing standing) {
        return switch (standing.state()) {
            case "linked" -> Check.ok("provider");
            case "reconnecting" ->
                Check.failed(
                        "provider",
                        "provider-unreachable",
                        "The provider does not answer. Try again; if it stays so, look at its status page and at the"
                                + " network's way out.");
            case "pairing", "needs-pairing" ->
                Check.failed("provider", "needs-pairing", "Start the line and scan its code with the clinic's phone.");
            default -> Check.failed("provider", standing.cause(), fixOf(standing.cause()));
        };
    }

    private static String fixOf(String cause) {
        return switch (cause) {
            case "authorization-failed" ->
                "The provider does not accept the token or key. Make a new one there and enter it here.";
            case "number-unknown" -> "The provider does not know this number or its id. Compare it with its console.";
            case "banned" -> "The provider has suspended this account. Only its support can help.";
            case "instance-unknown" -> "There is no such instance on that server. Start the line to make it.";
            default -> "The server's address may not be called from here. Use its public https address.";
        };
    }

    private boolean publicAddress(List<Check> checks) {
        var address = settings.publicUrl();
        if (address == null) {
            checks.add(Check.failed(
                    "public-address",
                    "public-address-missing",
                    "Set RECADO_PUBLIC_URL to the https address under which Recado is reached from the internet."));
            return false;
        }
        try {
            var reply = http.call(new HttpGet(URI.create(address.toString().replaceFirst("/+$", "") + "/api/health")));
            var ours = "recado".equals(ProviderEvent.Json.text(LineCredentials.Codec.tree(reply.body()), "service"));
            checks.add(
                    reply.ok() && ours
                            ? Check.ok("public-address")
                            : Check.failed(
                                    "public-address",
                                    "public-address-elsewhere",
                                    "Something else answers at RECADO_PUBLIC_URL. Look at the proxy or tunnel in front."));
            return reply.ok() && ours;
        } catch (EngineHttp.Failed e) {
            checks.add(Check.failed(
                    "public-address",
                    "public-address-unreachable",
                    "Nothing answers at RECADO_PUBLIC_URL. Look at DNS, the certificate and the proxy or tunnel."));
            return false;
        }
    }

    private Check webhook(UUID lineId, LineCredentials secret) {
        try {
            var reply = http.call(probe(lineId, secret));
            boolean echoed = !(secret instanceof LineCredentials.CloudApi)
                    || new String(reply.body(), StandardCharsets.UTF_8).equals(challenge(lineId));
            return reply.ok() && echoed
                    ? Check.ok("webhook")
                    : Check.failed(
                            "webhook",
                            "webhook-refused",
                            "A genuine delivery was refused on its way here. The proxy in front must pass address, query,"
                                    + " headers and body on unchanged.");
        } catch (EngineHttp.Failed e) {
            return Check.failed(
                    "webhook", "webhook-unreachable", "The webhook's address does not answer from outside.");
        }
    }

    private static String challenge(UUID lineId) {
        return "recado-" + lineId;
    }

    /** What the provider would send and what has no effect: a question about the address, or news of nothing. */
    private HttpUriRequestBase probe(UUID lineId, LineCredentials secret) {
        switch (secret) {
            case LineCredentials.CloudApi line -> {
                return new HttpGet(URI.create(address(
                        lineId,
                        line.engine(),
                        "?hub.mode=subscribe&hub.verify_token="
                                + URLEncoder.encode(line.verifyToken(), StandardCharsets.UTF_8)
                                + "&hub.challenge=" + challenge(lineId))));
            }
            case LineCredentials.Twilio line -> {
                var form = new LinkedHashMap<String, String>();
                form.put("AccountSid", line.accountSid());
                form.put("From", "whatsapp:" + line.from());
                form.put("MessageSid", "SM" + "0".repeat(32));
                form.put("MessageStatus", "queued");
                var address = address(lineId, line.engine(), "/status");
                var signed = new StringBuilder(address);
                form.forEach((name, value) -> signed.append(name).append(value));
                var request = new HttpPost(URI.create(address));
                request.setHeader(
                        "X-Twilio-Signature",
                        Base64.getEncoder()
                                .encodeToString(Hmac.of(
                                        "HmacSHA1",
                                        line.authToken(),
                                        signed.toString().getBytes(StandardCharsets.UTF_8))));
                var body = form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
                request.setEntity(new ByteArrayEntity(
                        body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_FORM_URLENCODED));
                return request;
            }
            case LineCredentials.Evolution line -> {
                var request = new HttpPost(URI.create(address(lineId, line.engine(), "/" + line.hookSecret())));
                request.setEntity(new ByteArrayEntity(
                        LineCredentials.Codec.bytes(
                                java.util.Map.of("event", "recado.probe", "instance", line.instance())),
                        ContentType.APPLICATION_JSON));
                return request;
            }
        }
    }

    private String address(UUID lineId, LineEngineKind engine, String path) {
        return Objects.requireNonNull(transaction.execute(status -> credentials.webhook(lineId, engine, path)))
                .orElseThrow(() -> new IllegalStateException(
                        "No address for a line with credentials in " + CurrentOrganization.id()));
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
    }
}
