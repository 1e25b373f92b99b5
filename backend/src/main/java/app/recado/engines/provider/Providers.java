package app.recado.engines.provider;

import app.recado.engines.credentials.LineCredentials;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.MappedTemplates;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The providers, each called with the credentials that are its own. */
@Component
public class Providers {

    private final Map<LineEngineKind, Provider<?>> all = new EnumMap<>(LineEngineKind.class);

    public Providers(List<Provider<?>> providers) {
        providers.forEach(provider -> all.put(provider.engine(), provider));
    }

    public SendOutcome send(LineCredentials credentials, Provider.Outgoing message) {
        return of(credentials).send(credentials, message);
    }

    public Provider.Standing check(LineCredentials credentials) {
        return of(credentials).check(credentials);
    }

    public Provider.Fetched fetch(LineCredentials credentials, String reference, Provider.Keeper keeper) {
        return of(credentials).fetch(credentials, reference, keeper);
    }

    /** Asks for a template; {@code Unknown} at engines that have none. */
    public ProviderTemplate template(LineCredentials credentials, MappedTemplates.Mapped template) {
        return of(credentials).template(credentials, template);
    }

    /** Empty for engines that link no phone. */
    public Optional<PairingProvider<LineCredentials>> pairing(LineCredentials credentials) {
        return of(credentials) instanceof PairingProvider<LineCredentials> pairing
                ? Optional.of(pairing)
                : Optional.empty();
    }

    /** What the number in a failed status means, in the provider's own numbering; {@code failed} when it says nothing. */
    public SendOutcome meaning(LineEngineKind engine, String reason) {
        var meaning = reason.matches("\\d{1,7}") ? of(engine).meaning(Integer.parseInt(reason)) : null;
        return meaning == null ? new SendOutcome.Failed("rejected-by-network") : meaning;
    }

    public Provider<?> of(LineEngineKind engine) {
        return Objects.requireNonNull(all.get(engine), () -> "No provider of " + engine);
    }

    /** Of all providers the one whose credentials these are. */
    @SuppressWarnings("unchecked") // one kind has one form of credentials
    public Provider<LineCredentials> of(LineCredentials credentials) {
        return (Provider<LineCredentials>) of(credentials.engine());
    }
}
