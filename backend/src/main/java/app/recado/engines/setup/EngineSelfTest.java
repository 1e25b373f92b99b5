package app.recado.engines.setup;

import app.recado.engines.EngineClients;
import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.Providers;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Capabilities;
import app.recado.whatsapp.LineEngineKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpGet;
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
    private final OutgoingHttp http;

    EngineSelfTest(
            CredentialStore credentials,
            Providers providers,
            TemplateCheck templates,
            EngineSettings settings,
            TransactionTemplate transaction,
            EngineClients clients) {
        this.credentials = credentials;
        this.providers = providers;
        this.templates = templates;
        this.settings = settings;
        this.transaction = transaction;
        this.http = clients.fixed();
    }

    /**
     * One thing that was tried.
     *
     * @param name {@code credentials}, {@code provider}, {@code public-address}, {@code webhook} or {@code templates}
     * @param code {@code ok} or what is wrong
     * @param fix what to do, in English; empty when all is well
     * @param about an occasion and language, such as {@code reminder/es}, with {@code /confirmed} for the template of patients
     *     who have confirmed already; null when it is about the line
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
        } catch (SecretVault.Unreadable e) {
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
            case LINKED -> Check.ok("provider");
            case RECONNECTING ->
                Check.failed(
                        "provider",
                        "provider-unreachable",
                        "The provider does not answer. Try again; if it stays so, look at its status page and at the"
                                + " network's way out.");
            case PAIRING, NEEDS_PAIRING ->
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
        } catch (OutgoingHttp.Failed e) {
            checks.add(Check.failed(
                    "public-address",
                    "public-address-unreachable",
                    "Nothing answers at RECADO_PUBLIC_URL. Look at DNS, the certificate and the proxy or tunnel."));
            return false;
        }
    }

    private Check webhook(UUID lineId, LineCredentials secret) {
        try {
            var probe = providers.of(secret).probe(lineId, secret, path -> address(lineId, secret.engine(), path));
            var reply = http.call(probe.request());
            boolean echoed =
                    probe.echo() == null || new String(reply.body(), StandardCharsets.UTF_8).equals(probe.echo());
            return reply.ok() && echoed
                    ? Check.ok("webhook")
                    : Check.failed(
                            "webhook",
                            "webhook-refused",
                            "A genuine delivery was refused on its way here. The proxy in front must pass address, query,"
                                    + " headers and body on unchanged.");
        } catch (OutgoingHttp.Failed e) {
            return Check.failed(
                    "webhook", "webhook-unreachable", "The webhook's address does not answer from outside.");
        }
    }

    private String address(UUID lineId, LineEngineKind engine, String path) {
        return Objects.requireNonNull(transaction.execute(status -> credentials.webhook(lineId, engine, path)))
                .orElseThrow(() -> new IllegalStateException(
                        "No address for a line with credentials in " + CurrentOrganization.id()));
    }
}
