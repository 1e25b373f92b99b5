package app.recado.whatsapp.engines;

import app.recado.kernel.Problem;
import app.recado.whatsapp.LineEngineKind;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people ask of a line whose engine is called over HTTP. Calls go over the network: never inside a transaction. */
@Component
public class EngineDesk {

    private final CredentialStore credentials;
    private final EngineLines lines;
    private final Providers providers;
    private final QrCodes codes;
    private final EngineSettings settings;
    private final TransactionTemplate transaction;

    EngineDesk(
            CredentialStore credentials,
            EngineLines lines,
            Providers providers,
            QrCodes codes,
            EngineSettings settings,
            TransactionTemplate transaction) {
        this.credentials = credentials;
        this.lines = lines;
        this.providers = providers;
        this.codes = codes;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** Checks what a person typed as an Evolution server's address.
     *
     * @return a code such as {@code address-not-public}, or empty when it may be called */
    public Optional<String> refusedAddress(String typed) {
        try {
            providers.guard().base(typed);
            return Optional.empty();
        } catch (AddressGuard.Refused e) {
            return Optional.of(e.code());
        }
    }

    /** Keeps a line's credentials. A line that is up asks its provider with them at once, so that a typo is seen now.
     *
     * @throws app.recado.kernel.ProblemException {@code credentials-not-kept} */
    public CredentialStore.Known put(UUID lineId, LineCredentials given, String by) {
        if (!settings.keepsCredentials()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
        boolean up = Boolean.TRUE.equals(transaction.execute(status -> lines.linked(lineId)));
        var known = Objects.requireNonNull(transaction.execute(status -> credentials.put(lineId, given, by)));
        if (up) {
            report(lineId, providers.check(given));
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
        if (opened.get() instanceof LineCredentials.Evolution evolution) {
            var hook = Objects.requireNonNull(transaction.execute(
                            status -> credentials.webhook(lineId, engine, "/" + evolution.hookSecret())))
                    .orElseThrow(() -> Problem.PUBLIC_ADDRESS_MISSING.because("Set RECADO_PUBLIC_URL"));
            var started = providers.evolution().start(evolution, hook, phone);
            if (started.qr() instanceof Said.Qr qr) {
                codes.show(lineId, qr);
            }
            report(lineId, started.standing());
            return;
        }
        report(lineId, providers.check(opened.get()));
    }

    /** Nothing leaves until it is started again. */
    public void stop(UUID lineId) {
        codes.forget(lineId);
        report(lineId, new Provider.Standing("stopped", "stopped-here", null, null));
    }

    /** Unlinks the phone where there is one, and forgets the credentials. */
    public void logOut(UUID lineId, LineEngineKind engine) {
        if (engine == LineEngineKind.EVOLUTION
                && open(lineId, engine).orElse(null) instanceof LineCredentials.Evolution evolution) {
            providers.evolution().logOut(evolution);
        }
        codes.forget(lineId);
        transaction.executeWithoutResult(status -> credentials.forget(lineId));
        report(lineId, new Provider.Standing("stopped", "logged-out-here", null, null));
    }

    /** Empty when they cannot be opened: then the line has been reported {@code halted}. */
    private Optional<LineCredentials> open(UUID lineId, LineEngineKind engine) {
        try {
            var opened = credentials.open(lineId, engine);
            if (opened.isEmpty()) {
                throw Problem.LINE_CREDENTIALS_MISSING.because("An owner enters what the provider gave the clinic");
            }
            return opened;
        } catch (EngineVault.Unreadable e) {
            report(lineId, Provider.Standing.halted("credentials-unreadable"));
            return Optional.empty();
        }
    }

    /**
     * Looks at a line nobody asked about. An answer that only says "not now" is believed when it is repeated: until then
     * the line is left as it is, for every restart of a provider would otherwise be news.
     *
     * @return false when the provider did not answer
     */
    public boolean look(UUID lineId, LineEngineKind engine, boolean believeSilence) {
        Optional<LineCredentials> opened;
        try {
            opened = credentials.open(lineId, engine);
        } catch (EngineVault.Unreadable e) {
            report(lineId, Provider.Standing.halted("credentials-unreadable"));
            return true;
        }
        var standing = opened.map(providers::check).orElseGet(() -> Provider.Standing.halted("not-configured"));
        boolean silent = standing.state().equals("reconnecting");
        if (!silent || believeSilence) {
            report(lineId, standing);
        }
        return !silent;
    }

    private void report(UUID lineId, Provider.Standing standing) {
        transaction.executeWithoutResult(status -> lines.report(
                lineId, standing.state(), standing.cause(), null, standing.phone(), standing.profileName()));
    }
}
