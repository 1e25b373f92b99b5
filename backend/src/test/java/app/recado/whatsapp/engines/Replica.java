package app.recado.whatsapp.engines;

import app.recado.kernel.live.DatabaseNotifications;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionTemplate;

/** Another process of the backend, as far as direct engines are concerned: imported by tests that need one. */
class Replica {

    private final EngineLanes lanes;
    private final EngineCommands commands;
    private final Outcomes outcomes;
    private final EngineLines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final ObjectProvider<MediaObjects> media;
    private final DatabaseNotifications notifications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Replica(
            EngineLanes lanes,
            EngineCommands commands,
            Outcomes outcomes,
            EngineLines lines,
            CredentialStore credentials,
            Providers providers,
            ObjectProvider<MediaObjects> media,
            DatabaseNotifications notifications,
            TransactionTemplate transaction,
            Clock clock) {
        this.lanes = lanes;
        this.commands = commands;
        this.outcomes = outcomes;
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.media = media;
        this.notifications = notifications;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Its sender, not started yet. */
    EngineSender with(EngineSettings settings) {
        return new EngineSender(
                lanes,
                commands,
                outcomes,
                new EngineRestoreHold(settings, lanes, commands, transaction),
                lines,
                credentials,
                providers,
                media,
                settings,
                transaction,
                notifications,
                clock);
    }
}
