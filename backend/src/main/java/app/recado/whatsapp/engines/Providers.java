package app.recado.whatsapp.engines;

import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.MappedTemplates;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** The providers of this process, each with the HTTP client that suits it. */
@Component
class Providers {

    private final MediaAddresses addresses;
    private final EngineHttp fixed;
    private final EngineHttp guarded;
    private final AddressGuard guard;
    private final CloudApi cloudApi;
    private final Twilio twilio;
    private final Evolution evolution;
    private final CloudApiTemplates cloudApiTemplates;
    private final TwilioTemplates twilioTemplates;

    Providers(EngineSettings settings, MediaAddresses addresses) {
        this.addresses = addresses;
        this.guard =
                new AddressGuard(settings.production(), settings.evolution().allowedHosts());
        this.fixed = new EngineHttp(settings.connectTimeout(), settings.answerTimeout(), AddressGuard.none());
        this.guarded = new EngineHttp(settings.connectTimeout(), settings.answerTimeout(), guard);
        this.cloudApi = new CloudApi(fixed, settings.cloudApi());
        this.twilio = new Twilio(fixed, settings.twilio());
        this.evolution = new Evolution(guarded, guard);
        this.cloudApiTemplates = new CloudApiTemplates(fixed, settings.cloudApi());
        this.twilioTemplates = new TwilioTemplates(fixed, settings.twilio());
    }

    SendOutcome send(LineCredentials credentials, Provider.Outgoing message) {
        return switch (credentials) {
            case LineCredentials.CloudApi line -> cloudApi.send(line, message);
            case LineCredentials.Twilio line ->
                twilio.send(
                        line,
                        message.media() == null
                                ? message
                                : message.fetchedFrom(
                                        addresses.of(message.messageId()).orElse(null)));
            case LineCredentials.Evolution line -> evolution.send(line, message);
        };
    }

    Provider.Standing check(LineCredentials credentials) {
        return switch (credentials) {
            case LineCredentials.CloudApi line -> cloudApi.check(line);
            case LineCredentials.Twilio line -> twilio.check(line);
            case LineCredentials.Evolution line -> evolution.check(line);
        };
    }

    Provider.Fetched fetch(LineCredentials credentials, String reference) {
        return switch (credentials) {
            case LineCredentials.CloudApi line -> cloudApi.fetch(line, reference);
            case LineCredentials.Twilio line -> twilio.fetch(line, reference);
            case LineCredentials.Evolution line -> evolution.fetch(line, reference);
        };
    }

    /** Asks for a template; only of engines that have templates. */
    ProviderTemplate template(LineCredentials credentials, MappedTemplates.Mapped template) {
        return switch (credentials) {
            case LineCredentials.CloudApi line -> cloudApiTemplates.find(line, template);
            case LineCredentials.Twilio line -> twilioTemplates.find(line, template);
            case LineCredentials.Evolution line -> new ProviderTemplate.Unknown();
        };
    }

    CloudApi cloudApi() {
        return cloudApi;
    }

    Evolution evolution() {
        return evolution;
    }

    AddressGuard guard() {
        return guard;
    }

    /** What the number in a failed status means, in the provider's own numbering; {@code failed} when it says nothing. */
    static SendOutcome meaning(LineEngineKind engine, String reason) {
        if (engine == LineEngineKind.EVOLUTION || !reason.matches("\\d{1,7}")) {
            return new SendOutcome.Failed("rejected-by-network");
        }
        int code = Integer.parseInt(reason);
        var meaning = engine == LineEngineKind.TWILIO ? TwilioErrors.of(code) : CloudApiErrors.of(code);
        return meaning == null ? new SendOutcome.Failed("rejected-by-network") : meaning;
    }

    @PreDestroy
    void close() throws IOException {
        fixed.close();
        guarded.close();
    }
}
