package app.recado.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.MarketingPreferenceReported;
import app.recado.whatsapp.OutgoingMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
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
public class ProviderWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderWebhooks.class);

    private final CredentialStore credentials;
    private final Lines lines;
    private final LineStates states;
    private final OutgoingMessages outgoing;
    private final ProviderStatuses statuses;
    private final EngineMedia media;
    private final QrCodes codes;
    private final Contacts contacts;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;

    ProviderWebhooks(
            CredentialStore credentials,
            Lines lines,
            LineStates states,
            OutgoingMessages outgoing,
            ProviderStatuses statuses,
            EngineMedia media,
            QrCodes codes,
            Contacts contacts,
            TransactionTemplate transaction,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics) {
        this.credentials = credentials;
        this.lines = lines;
        this.states = states;
        this.outgoing = outgoing;
        this.statuses = statuses;
        this.media = media;
        this.codes = codes;
        this.contacts = contacts;
        this.transaction = transaction;
        this.publisher = publisher;
        this.metrics = metrics;
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
        LATER;

        /** @throws app.recado.kernel.ProblemException unless everything is stored */
        public void orRefuse() {
            switch (this) {
                case STORED -> {}
                case NOT_OURS -> throw Problem.NOT_FOUND.because("This is not about a line of ours");
                case NOT_GENUINE -> throw Problem.UNAUTHENTICATED.because("The signature does not fit");
                case UNREADABLE -> throw Problem.INVALID_JSON.because("The delivery cannot be read");
                case LATER -> throw Problem.LINE_DOWN.because("The line cannot take anything now, deliver it again");
            }
        }
    }

    /** Reads a delivery after it has made sure of who sent it. */
    @FunctionalInterface
    public interface Delivery<C extends LineCredentials> {
        List<ProviderEvent> read(UUID lineId, C credentials) throws ProviderEvent.Refused;
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
            store(lineId, delivery.read(lineId, secret.get()));
            return Taken.STORED;
        } catch (ProviderEvent.NotOurs e) {
            LOG.warn("A webhook of line {} is about another {}", lineId, e.getMessage());
            return Taken.NOT_OURS;
        } catch (ProviderEvent.NotGenuine e) {
            return Taken.NOT_GENUINE;
        } catch (ProviderEvent.Refused e) {
            return Taken.UNREADABLE;
        } catch (EngineVault.Unreadable e) {
            LOG.error("The credentials of line {} cannot be opened: {}", lineId, e.getMessage());
            transaction.executeWithoutResult(
                    status -> states.stated(LineStatus.of(lineId, LineState.HALTED, "credentials-unreadable")));
            return Taken.LATER;
        }
    }

    private <C extends LineCredentials> Optional<C> open(UUID lineId, Class<C> form) throws EngineVault.Unreadable {
        var engine = LineCredentials.engineOf(form);
        boolean fits = Boolean.TRUE.equals(transaction.execute(
                status -> lines.engineOf(lineId).filter(engine::equals).isPresent()));
        return fits ? credentials.open(lineId, engine).map(form::cast) : Optional.empty();
    }

    private void store(UUID lineId, List<ProviderEvent> said) {
        for (var one : said) {
            transaction.executeWithoutResult(status -> {
                switch (one) {
                    case ProviderEvent.Status told -> statuses.told(lineId, told);
                    case ProviderEvent.Message message -> {
                        publisher.publishEvent(withOurIds(message.inbound()));
                        if (message.inbound().chat().isDirect()) {
                            media.expect(message);
                        }
                    }
                    case ProviderEvent.Identity identity -> contacts.seen(lineId, identity.ids(), null);
                    case ProviderEvent.Line line ->
                        states.stated(line.standing().of(lineId));
                    case ProviderEvent.MarketingPreference wish ->
                        publisher.publishEvent(
                                new MarketingPreferenceReported(lineId, wish.phone(), wish.allowed(), wish.at()));
                    case ProviderEvent.Qr qr -> codes.show(lineId, qr);
                }
            });
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
