package app.recado.engines.evolution;

import app.recado.engines.EngineClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The servers with Evolution API, as this process calls them. */
@Configuration(proxyBeanMethods = false)
class EvolutionConfiguration {

    @Bean
    Evolution evolution(EngineClients clients) {
        return new Evolution(clients.guarded(), clients.guard());
    }
}
