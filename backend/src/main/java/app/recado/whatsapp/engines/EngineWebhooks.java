package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.MarketingPreferenceReported;
import app.recado.whatsapp.OutgoingMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what providers deliver: first whose it is, then whether they sent it, only then what it says. Each part is stored
 * in a transaction of its own with all its effects, once however often it is delivered.
 */
@Component
public class EngineWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(EngineWebhooks.class);

    private final CredentialStore credentials;
    private final EngineLines lines;
    private final OutgoingMessages outgoing;
    private final ProviderStatuses statuses;
    private final EngineMedia media;
    private final QrCodes codes;
    private final Contacts contacts;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    EngineWebhooks(
            CredentialStore credentials,
            EngineLines lines,
            OutgoingMessages outgoing,
            ProviderStatuses statuses,
            EngineMedia media,
            QrCodes codes,
            Contacts contacts,
            TransactionTemplate transaction,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        this.credentials = credentials;
        this.lines = lines;
        this.outgoing = outgoing;
        this.statuses = statuses;
        this.media = media;
        this.codes = codes;
        this.contacts = contacts;
        this.transaction = transaction;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What is to be answered. */
    public enum Taken {
        /** Everything of it that is the line's is committed. */
        STORED,
        /** No line has this address, or it was about another account or number. */
        NOT_OURS,
        /** Not by whom it pretends to be. Nothing was stored. */
        NOT_GENUINE,
        /** It cannot be read. */
        UNREADABLE,
        /** The line's credentials cannot be opened: it must be delivered again later. */
        LATER
    }

    private record Line(UUID lineId, LineCredentials credentials) {}

    /** Answers what the Cloud API asks of an address before it delivers to it: the challenge, or empty. */
    public Optional<String> challenge(
            UUID address, @Nullable String mode, @Nullable String token, @Nullable String challenge) {
        if (!"subscribe".equals(mode) || token == null || challenge == null || challenge.length() > 200) {
            count(LineEngineKind.CLOUD_API, Taken.NOT_GENUINE);
            return Optional.empty();
        }
        var owner = ownerOf(address);
        var fits = owner.isPresent()
                && CurrentOrganization.get(owner.get().organizationId(), () -> {
                    try {
                        return open(owner.get(), LineEngineKind.CLOUD_API)
                                .map(line -> (LineCredentials.CloudApi) line.credentials())
                                .filter(line -> Hmac.equal(line.verifyToken(), token))
                                .isPresent();
                    } catch (EngineVault.Unreadable e) {
                        return false;
                    }
                });
        if (!fits) {
            count(LineEngineKind.CLOUD_API, Taken.NOT_GENUINE);
        }
        return fits ? Optional.of(challenge) : Optional.empty();
    }

    /** @param signature the header X-Hub-Signature-256 */
    public Taken cloudApi(UUID address, byte[] body, @Nullable String signature) {
        return take(address, LineEngineKind.CLOUD_API, line -> {
            var secret = (LineCredentials.CloudApi) line.credentials();
            if (!CloudApi.signed(secret.appSecret(), body, signature)) {
                return Taken.NOT_GENUINE;
            }
            var json = LineCredentials.Codec.tree(body);
            if (!json.isObject()) {
                return Taken.UNREADABLE;
            }
            var reading = CloudApiWebhook.read(secret, json, clock.instant());
            if (reading.notOurs() > 0) {
                // An account's numbers share one address at the platform: refusing would have it all repeated for days.
                metrics.counter("recado.webhooks.foreign", "engine", "cloud-api")
                        .increment(reading.notOurs());
            }
            store(line.lineId(), reading.said());
            return Taken.STORED;
        });
    }

    /**
     * @param path behind the line's own part of the address, with its query: part of what is signed
     * @param status whether it reports on a message of ours, named in {@code messageId}
     * @param signature the header X-Twilio-Signature
     */
    public Taken twilio(
            UUID address,
            byte[] body,
            String path,
            boolean status,
            @Nullable UUID messageId,
            @Nullable String signature) {
        return take(address, LineEngineKind.TWILIO, line -> {
            var secret = (LineCredentials.Twilio) line.credentials();
            TwilioWebhook form;
            try {
                form = TwilioWebhook.parse(body);
            } catch (IllegalArgumentException e) {
                return Taken.UNREADABLE;
            }
            var told = transaction.execute(s -> credentials
                    .webhook(line.lineId(), LineEngineKind.TWILIO, path)
                    .orElse(null));
            if (told == null || !form.signed(secret.authToken(), told, signature)) {
                return Taken.NOT_GENUINE;
            }
            store(line.lineId(), status ? form.status(secret, messageId) : form.message(secret, clock.instant()));
            return Taken.STORED;
        });
    }

    /** @param hookSecret from the address: nothing else speaks for it */
    public Taken evolution(UUID address, String hookSecret, byte[] body) {
        return take(address, LineEngineKind.EVOLUTION, line -> {
            var secret = (LineCredentials.Evolution) line.credentials();
            if (!Hmac.equal(secret.hookSecret(), hookSecret)) {
                return Taken.NOT_GENUINE;
            }
            var json = EvolutionWebhook.redacted(body);
            if (!json.isObject()) {
                return Taken.UNREADABLE;
            }
            store(line.lineId(), EvolutionWebhook.read(secret, json, clock.instant()));
            return Taken.STORED;
        });
    }

    @FunctionalInterface
    private interface Work {
        Taken on(Line line) throws ProviderEvent.NotOurs;
    }

    private Taken take(UUID address, LineEngineKind engine, Work work) {
        var owner = ownerOf(address);
        var taken = owner.isEmpty()
                ? Taken.NOT_OURS
                : CurrentOrganization.get(owner.get().organizationId(), () -> take(owner.get(), engine, work));
        count(engine, taken);
        return taken;
    }

    private Taken take(CredentialStore.Owner owner, LineEngineKind engine, Work work) {
        try {
            var line = open(owner, engine);
            return line.isEmpty() ? Taken.NOT_OURS : work.on(line.get());
        } catch (ProviderEvent.NotOurs e) {
            LOG.warn("A webhook of line {} is about another {}", owner.lineId(), e.getMessage());
            return Taken.NOT_OURS;
        } catch (EngineVault.Unreadable e) {
            LOG.error("The credentials of line {} cannot be opened: {}", owner.lineId(), e.getMessage());
            transaction.executeWithoutResult(
                    status -> lines.report(owner.lineId(), "halted", "credentials-unreadable", null, null, null));
            return Taken.LATER;
        }
    }

    private Optional<CredentialStore.Owner> ownerOf(UUID address) {
        return credentials.ownerOf(address);
    }

    private Optional<Line> open(CredentialStore.Owner owner, LineEngineKind engine) throws EngineVault.Unreadable {
        boolean fits = Boolean.TRUE.equals(transaction.execute(
                status -> lines.engineOf(owner.lineId()).filter(engine::equals).isPresent()));
        return fits
                ? credentials.open(owner.lineId(), engine).map(secret -> new Line(owner.lineId(), secret))
                : Optional.empty();
    }

    private void store(UUID lineId, List<ProviderEvent> said) {
        for (var one : said) {
            transaction.executeWithoutResult(status -> {
                switch (one) {
                    case ProviderEvent.Status told -> statuses.told(lineId, told);
                    case ProviderEvent.Message message -> {
                        publisher.publishEvent(inbound(lineId, message));
                        if (message.chat().isDirect()) {
                            media.expect(lineId, message);
                        }
                    }
                    case ProviderEvent.Identity identity -> contacts.seen(lineId, identity.ids(), null);
                    case ProviderEvent.Line line ->
                        lines.report(
                                lineId,
                                line.standing().state(),
                                line.standing().cause(),
                                null,
                                line.standing().phone(),
                                line.standing().profileName());
                    case ProviderEvent.MarketingPreference wish ->
                        publisher.publishEvent(
                                new MarketingPreferenceReported(lineId, wish.phone(), wish.allowed(), wish.at()));
                    case ProviderEvent.Qr qr -> codes.show(lineId, qr);
                }
            });
        }
    }

    private InboundReceived inbound(UUID lineId, ProviderEvent.Message message) {
        var key = lineId + "/" + message.chat().id() + "/" + message.providerId();
        var content = message.content();
        var file = message.file();
        var said = content.about(
                ours(lineId, content.targetProviderMessageId()), ours(lineId, content.quotedProviderMessageId()));
        return new InboundReceived(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)),
                lineId,
                message.providerId(),
                message.chat(),
                message.sender(),
                message.fromMe(),
                message.at(),
                false,
                file == null
                        ? said
                        : said.with(new InboundReceived.IncomingMedia(
                                EngineMedia.idOf(lineId, message),
                                content.kind(),
                                file.contentType(),
                                null,
                                file.fileName())));
    }

    /** Patients quote the id the provider gave; the message is known by the one we chose. */
    private @Nullable String ours(UUID lineId, @Nullable String providerId) {
        return providerId == null ? null : outgoing.ourIdOf(lineId, providerId).orElse(providerId);
    }

    private void count(LineEngineKind engine, Taken taken) {
        metrics.counter(
                        "recado.webhooks",
                        "engine",
                        engine.wireName(),
                        "outcome",
                        ProviderEvent.Json.lower(Objects.requireNonNull(taken).name())
                                .replace('_', '-'))
                .increment();
    }
}
