package app.recado.engines.credentials;

import app.recado.engines.EngineSettings;
import app.recado.kernel.security.SecretVault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys that seal secrets are those of providers' credentials. */
@Configuration(proxyBeanMethods = false)
public class EngineSecrets {

    /** What lines' credentials and codes are sealed for. */
    public static final String OF_A_LINE = "whatsapp-line-credentials";

    @Bean
    SecretVault secretVault(EngineSettings settings) {
        return new SecretVault(settings.credentialsKey(), settings.credentialsKeysOld());
    }
}
