package app.recado.engines.setup;

import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Providers;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.TemplateApprovals;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands templates in with the credentials of the line they are for. */
@Component
class ProviderApprovals implements TemplateApprovals {

    private final Lines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final TransactionTemplate transaction;

    ProviderApprovals(Lines lines, CredentialStore credentials, Providers providers, TransactionTemplate transaction) {
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.transaction = transaction;
    }

    @Override
    public Answer submit(UUID lineId, Draft draft, @Nullable String providerId) {
        return with(lineId, secret -> providers.of(secret).submit(secret, draft, providerId));
    }

    @Override
    public Answer ask(UUID lineId, String name, @Nullable String language, @Nullable String providerId) {
        return with(lineId, secret -> providers.of(secret).approval(secret, name, language, providerId));
    }

    private Answer with(UUID lineId, Function<LineCredentials, Answer> call) {
        LineEngineKind engine = Objects.requireNonNull(
                transaction.execute(status -> lines.get(lineId).engine()));
        try {
            return credentials
                    .open(lineId, engine)
                    .map(call)
                    .orElseGet(() -> new Answer.Refused("credentials-missing", null));
        } catch (SecretVault.Unreadable e) {
            return new Answer.Later("credentials-unreadable");
        }
    }
}
