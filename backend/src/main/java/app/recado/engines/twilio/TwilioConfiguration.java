package app.recado.engines.twilio;

import app.recado.engines.EngineClients;
import app.recado.engines.EngineSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Twilio's API of this process. */
@Configuration(proxyBeanMethods = false)
class TwilioConfiguration {

    @Bean
    Twilio twilio(EngineClients clients, EngineSettings settings, MediaAddresses addresses) {
        return new Twilio(clients.fixed(), settings.twilio(), addresses::of);
    }
}
