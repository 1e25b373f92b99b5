package app.recado.engines.lines;

import app.recado.engines.EngineClients;
import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.Providers;
import app.recado.kernel.Problem;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Capabilities;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.PairingOffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people ask of a line whose engine is called over HTTP. Calls go over the network: never inside a transaction. */
@Component
public class ProviderLines {

    private final CredentialStore credentials;
    private final Lines lines;
    private final LineStates states;
    private final Providers providers;
    private final AddressGuard guard;
    private final QrCodes codes;
    private final EngineSettings settings;
    private final TransactionTemplate transaction;

    ProviderLines(
            CredentialStore credentials,
            Lines lines,
            LineStates states,
            Providers providers,
            EngineClients clients,
            QrCodes codes,
            EngineSettings settings,
            TransactionTemplate transaction) {
        this.credentials = credentials;
        this.lines = lines;
        this.states = states;
        this.providers = providers;
        this.guard = clients.guard();
        this.codes = codes;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** Checks what a person typed as an Evolution server's address.
     *
     * @return a code such as {@code address-not-public}, or empty when it may be called */
    public Optional<String> refusedAddress(String typed) {
        try {
            guard.base(typed);
            return Optional.empty();
        } catch (AddressGuard.Refused e) {
            return Optional.of(e.code());
        }
    }

    /** Keeps a line's credentials. A line that is up asks its provider with them at once, so that a typo is seen now.
     *
     * @param change counts the change in the same transaction, or refuses it when the line has moved on
     * @throws app.recado.kernel.ProblemException {@code credentials-not-kept}, {@code stale} */
    public CredentialStore.Known put(UUID lineId, LineCredentials given, String by, Runnable change) {
        if (!settings.keepsCredentials()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
        boolean up = Boolean.TRUE.equals(transaction.execute(
                status -> lines.find(lineId).filter(LineFacts::linked).isPresent()));
        long asked = observation(lineId);
        var known = Objects.requireNonNull(transaction.execute(status -> {
            change.run();
            return credentials.put(lineId, given, by);
        }));
        if (up) {
            observed(lineId, asked, providers.check(given));
        }
        return known;
    }

    /** Asks the provider whether the line can be used, and reports what it says.
     *
     * @throws app.recado.kernel.ProblemException {@code line-credentials-missing}, {@code public-address-missing} */
    public void start(UUID lineId, LineEngineKind engine) {
        start(lineId, engine, null);
    }

    /** Asks for a code to type into that phone, on an engine that links one. It may arrive a little later.
     *
     * @param phone E.164
     * @throws app.recado.kernel.ProblemException {@code line-credentials-missing}, {@code public-address-missing} */
    public void pair(UUID lineId, LineEngineKind engine, String phone) {
        start(lineId, engine, phone);
    }

    private void start(UUID lineId, LineEngineKind engine, @Nullable String phone) {
        var opened = open(lineId, engine);
        if (opened.isEmpty()) {
            return;
        }
        long asked = wanted(lineId, true);
        var secret = opened.get();
        var pairing = providers.pairing(secret);
        if (pairing.isEmpty()) {
            observed(lineId, asked, providers.check(secret));
            return;
        }
        var path = pairing.get().webhookPath(secret);
        var hook = Objects.requireNonNull(transaction.execute(status -> credentials.webhook(lineId, engine, path)))
                .orElseThrow(() -> Problem.PUBLIC_ADDRESS_MISSING.because("Set RECADO_PUBLIC_URL"));
        var started = pairing.get().start(secret, hook, phone);
        if (started.qr() instanceof ProviderEvent.Qr qr) {
            codes.show(lineId, qr);
        }
        observed(lineId, asked, started.standing());
    }

    /** Nothing leaves until it is started again. */
    public void stop(UUID lineId) {
        stopped(lineId, "stopped-here");
    }

    /** Unlinks the phone where there is one, and forgets the credentials. */
    public void logOut(UUID lineId, LineEngineKind engine) {
        if (Capabilities.of(engine).qr()) {
            open(lineId, engine)
                    .ifPresent(secret -> providers.pairing(secret).ifPresent(pairing -> pairing.logOut(secret)));
        }
        transaction.executeWithoutResult(status -> credentials.forget(lineId));
        stopped(lineId, "logged-out-here");
    }

    /** Unlinks the phone where there is one, and forgets the credentials, if there are any. */
    public void forget(UUID lineId, LineEngineKind engine) {
        boolean known = Boolean.TRUE.equals(
                transaction.execute(status -> credentials.known(lineId).isPresent()));
        if (known) {
            logOut(lineId, engine);
        }
    }

    /** Empty when they cannot be opened: then the line has been reported {@code halted}. */
    private Optional<LineCredentials> open(UUID lineId, LineEngineKind engine) {
        try {
            var opened = credentials.open(lineId, engine);
            if (opened.isEmpty()) {
                throw Problem.LINE_CREDENTIALS_MISSING.because("An owner enters what the provider gave the clinic");
            }
            return opened;
        } catch (SecretVault.Unreadable e) {
            observed(lineId, observation(lineId), Provider.Standing.halted("credentials-unreadable"));
            return Optional.empty();
        }
    }

    /**
     * Looks at a line nobody asked about.
     *
     * @return false when the provider did not answer: then the line is left as it is
     */
    boolean look(UUID lineId, LineEngineKind engine) {
        long asked = observation(lineId);
        Optional<LineCredentials> opened;
        try {
            opened = credentials.open(lineId, engine);
        } catch (SecretVault.Unreadable e) {
            observed(lineId, asked, Provider.Standing.halted("credentials-unreadable"));
            return true;
        }
        var standing = opened.map(providers::check).orElseGet(() -> Provider.Standing.halted("not-configured"));
        boolean answered = standing.state() != LineState.RECONNECTING;
        if (answered) {
            observed(lineId, asked, standing);
        }
        return answered;
    }

    /** What the line offers to be linked with now. */
    public PairingOffer offer(UUID lineId) {
        return codes.offer(lineId);
    }

    private void stopped(UUID lineId, String cause) {
        transaction.executeWithoutResult(status ->
                states.observed(LineStatus.of(lineId, LineState.STOPPED, cause), states.wanted(lineId, false)));
    }

    private long wanted(UUID lineId, boolean running) {
        return Objects.requireNonNull(transaction.execute(status -> states.wanted(lineId, running)));
    }

    private long observation(UUID lineId) {
        return Objects.requireNonNull(
                transaction.execute(status -> lines.get(lineId).observation()));
    }

    private void observed(UUID lineId, long asked, Provider.Standing standing) {
        transaction.executeWithoutResult(status -> states.observed(standing.of(lineId), asked));
    }
}
