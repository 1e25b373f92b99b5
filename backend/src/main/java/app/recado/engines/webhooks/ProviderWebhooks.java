package app.recado.engines.webhooks;

import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.lines.QrCodes;
import app.recado.engines.media.EngineMedia;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.sending.ProviderStatuses;
import app.recado.engines.setaside.DatabaseOutage;
import app.recado.engines.setaside.EventSource;
import app.recado.engines.setaside.SetAsideEvents;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.MarketingPreferenceReported;
import app.recado.whatsapp.OutgoingMessages;
import app.recado.whatsapp.TemplateReported;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * in a transaction of its own with all its effects, once however often it is delivered. A part that cannot be stored is kept
 * ({@link SetAsideEvents}) and the rest goes on; only while the database is away must the provider deliver again.
 */
@Component
public class ProviderWebhooks implements EventSource {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderWebhooks.class);

    /** Of a delivery of which more parts fail one copy is kept, not one with each part: Meta sends up to a thousand at once. */
    private static final int MOST_PARTS = 10;

    private final Map<LineEngineKind, WebhookReader<?>> readers = new EnumMap<>(LineEngineKind.class);
    private final CredentialStore credentials;
    private final Lines lines;
    private final LineStates states;
    private final OutgoingMessages outgoing;
    private final ProviderStatuses statuses;
    private final EngineMedia media;
    private final QrCodes codes;
    private final Contacts contacts;
    private final SetAsideEvents setAside;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    ProviderWebhooks(
            List<WebhookReader<?>> readers,
            CredentialStore credentials,
            Lines lines,
            LineStates states,
            OutgoingMessages outgoing,
            ProviderStatuses statuses,
            EngineMedia media,
            QrCodes codes,
            Contacts contacts,
            SetAsideEvents setAside,
            TransactionTemplate transaction,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        readers.forEach(reader -> this.readers.put(reader.engine(), reader));
        this.credentials = credentials;
        this.lines = lines;
        this.states = states;
        this.outgoing = outgoing;
        this.statuses = statuses;
        this.media = media;
        this.codes = codes;
        this.contacts = contacts;
        this.setAside = setAside;
        this.transaction = transaction;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What is to be answered. */
    public enum Taken {
        /** Everything of it that is the line's is committed. */
        STORED,
        /** The same, but a part of it could not be stored: that is kept and tried again here. */
        KEPT,
        /** No line has this address, or it was about another account or number. */
        NOT_OURS,
        /** Not by whom it pretends to be. Nothing was stored. */
        NOT_GENUINE,
        /** It cannot be read. */
        UNREADABLE,
        /** The line's credentials cannot be opened: it must be delivered again later. */
        LATER;

        /** @throws app.recado.kernel.ProblemException unless the provider need not deliver it again */
        public void orRefuse() {
            switch (this) {
                case STORED, KEPT -> {}
                case NOT_OURS -> throw Problem.NOT_FOUND.because("This is not about a line of ours");
                case NOT_GENUINE -> throw Problem.UNAUTHENTICATED.because("The signature does not fit");
                case UNREADABLE -> throw Problem.INVALID_JSON.because("The delivery cannot be read");
                case LATER -> throw Problem.LINE_DOWN.because("The line cannot take anything now, deliver it again");
            }
        }
    }

    /** A delivery that has yet to show who sent it. */
    @FunctionalInterface
    public interface Delivery<C extends LineCredentials> {

        /** Makes sure of who sent it.
         *
         * @return what it says, for the engine's {@link WebhookReader}; empty when that is nothing */
        Optional<String> genuine(UUID lineId, C credentials) throws ProviderEvent.Refused;
    }

    /** Takes a delivery to the address of a line whose credentials have that form. */
    public <C extends LineCredentials> Taken take(UUID address, Class<C> form, Delivery<C> delivery) {
        var owner = credentials.ownerOf(address);
        var taken = owner.isEmpty()
                ? Taken.NOT_OURS
                : CurrentOrganization.get(owner.get().organizationId(), () -> take(owner.get(), form, delivery));
        metrics.counter(
                        "recado.webhooks",
                        "engine",
                        LineCredentials.engineOf(form).wireName(),
                        "outcome",
                        taken.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .increment();
        return taken;
    }

    private <C extends LineCredentials> Taken take(CredentialStore.Owner owner, Class<C> form, Delivery<C> delivery) {
        var lineId = owner.lineId();
        try {
            var secret = open(lineId, form);
            if (secret.isEmpty()) {
                return Taken.NOT_OURS;
            }
            var content = delivery.genuine(lineId, secret.get());
            return content.isEmpty() || store(lineId, secret.get(), content.get()) ? Taken.STORED : Taken.KEPT;
        } catch (ProviderEvent.NotOurs e) {
            LOG.warn("A webhook of line {} is about another {}", lineId, e.getMessage());
            return Taken.NOT_OURS;
        } catch (ProviderEvent.NotGenuine e) {
            return Taken.NOT_GENUINE;
        } catch (ProviderEvent.Refused e) {
            return Taken.UNREADABLE;
        } catch (SecretVault.Unreadable e) {
            LOG.error("The credentials of line {} cannot be opened: {}", lineId, e.getMessage());
            transaction.executeWithoutResult(
                    status -> states.stated(LineStatus.of(lineId, LineState.HALTED, "credentials-unreadable")));
            return Taken.LATER;
        }
    }

    private <C extends LineCredentials> Optional<C> open(UUID lineId, Class<C> form) throws SecretVault.Unreadable {
        var engine = LineCredentials.engineOf(form);
        boolean fits = Boolean.TRUE.equals(transaction.execute(
                status -> lines.engineOf(lineId).filter(engine::equals).isPresent()));
        return fits ? credentials.open(lineId, engine).map(form::cast) : Optional.empty();
    }

    /** A part that could not be stored. */
    private record Failed(EventKey key, RuntimeException why) {}

    /** Stores all that a delivery says, or keeps what cannot be stored.
     *
     * @return false when something had to be kept
     * @throws RuntimeException while the database is away */
    private boolean store(UUID lineId, LineCredentials secret, String content) throws ProviderEvent.Refused {
        var reader = reader(secret);
        List<ProviderEvent> said;
        try {
            said = reader.read(lineId, secret, content, clock.instant());
        } catch (RuntimeException e) {
            keep(reader, lineId, wholly(lineId, content), content, e);
            return false;
        }
        var failed = new ArrayList<Failed>();
        for (var one : said) {
            try {
                transaction.executeWithoutResult(status -> store(lineId, one));
            } catch (RuntimeException e) {
                if (DatabaseOutage.causes(e)) {
                    throw e;
                }
                EventKey.of(lineId, one)
                        .ifPresentOrElse(key -> failed.add(new Failed(key, e)), () -> missedForNow(lineId, e));
            }
        }
        if (failed.size() > MOST_PARTS) {
            keep(
                    reader,
                    lineId,
                    wholly(lineId, content),
                    content,
                    failed.getFirst().why());
        } else {
            failed.forEach(part -> keep(reader, lineId, part.key(), content, part.why()));
        }
        return failed.isEmpty();
    }

    private void keep(WebhookReader<?> reader, UUID lineId, EventKey key, String content, RuntimeException why) {
        setAside.keep(reader.engine().wireName(), lineId, key.id(), key.type(), reader.keepable(content), why);
    }

    /** What is true only for the moment: asking the provider for the line's state tells the same a moment later. */
    private static void missedForNow(UUID lineId, RuntimeException why) {
        LOG.warn(
                "That line {} changed could not be stored: {}",
                lineId,
                why.getClass().getName());
    }

    @Override
    public boolean has(String source) {
        return readers.keySet().stream().anyMatch(engine -> engine.wireName().equals(source));
    }

    /** Reads the delivery again and stores the part that failed; all of it when it could not be read before. */
    @Override
    public void store(UUID lineId, UUID id, String content) {
        try {
            var engine = lines.engineOf(lineId).orElseThrow(() -> new IllegalStateException("The line is gone"));
            var secret = credentials
                    .open(lineId, engine)
                    .orElseThrow(() -> new IllegalStateException("The line has no credentials"));
            var said = reader(secret).read(lineId, secret, content, clock.instant()).stream()
                    .filter(event -> EventKey.of(lineId, event).isPresent())
                    .toList();
            var failed = said.stream()
                    .filter(event ->
                            EventKey.of(lineId, event).orElseThrow().id().equals(id))
                    .toList();
            (failed.isEmpty() ? said : failed).forEach(event -> store(lineId, event));
        } catch (ProviderEvent.Refused | SecretVault.Unreadable e) {
            throw new IllegalStateException("It cannot be read with the line's credentials", e);
        }
    }

    @SuppressWarnings("unchecked") // one kind has one form of credentials
    private WebhookReader<LineCredentials> reader(LineCredentials secret) {
        return (WebhookReader<LineCredentials>) Objects.requireNonNull(
                readers.get(secret.engine()), () -> "Nobody reads webhooks of " + secret.engine());
    }

    private static EventKey wholly(UUID lineId, String content) {
        var name = lineId + "/" + content;
        return new EventKey(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), "webhook");
    }

    private void store(UUID lineId, ProviderEvent event) {
        switch (event) {
            case ProviderEvent.Status told -> statuses.told(lineId, told);
            case ProviderEvent.Message message -> {
                publisher.publishEvent(withOurIds(message.inbound()));
                if (message.inbound().chat().isDirect()) {
                    media.expect(message);
                }
            }
            case ProviderEvent.Identity identity -> contacts.seen(lineId, identity.ids(), null);
            case ProviderEvent.Line line -> states.stated(line.standing().of(lineId));
            case ProviderEvent.MarketingPreference wish ->
                publisher.publishEvent(
                        new MarketingPreferenceReported(lineId, wish.phone(), wish.allowed(), wish.at()));
            case ProviderEvent.Template told ->
                publisher.publishEvent(
                        new TemplateReported(lineId, told.name(), told.language(), told.standing(), told.at()));
            case ProviderEvent.Qr qr -> codes.show(lineId, qr);
        }
    }

    /** Patients quote the id the provider gave; the message is known by the one we chose. */
    private InboundReceived withOurIds(InboundReceived inbound) {
        var content = inbound.content();
        return inbound.with(content.about(
                ours(inbound.lineId(), content.targetProviderMessageId()),
                ours(inbound.lineId(), content.quotedProviderMessageId())));
    }

    private @Nullable String ours(UUID lineId, @Nullable String providerId) {
        return providerId == null ? null : outgoing.ourIdOf(lineId, providerId).orElse(providerId);
    }
}
