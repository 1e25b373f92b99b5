package app.recado.organizations;

import app.recado.kernel.keycloak.OrganizationDirectory;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The identity server as organizations use it. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);

    @Bean
    OrganizationDirectory organizationDirectory(IdentitySettings settings) {
        return new OrganizationDirectory(new OrganizationDirectory.Access(
                settings.url(),
                settings.realm(),
                settings.clientId(),
                settings.clientSecret(),
                settings.apiClient(),
                CONNECT,
                READ));
    }
}
