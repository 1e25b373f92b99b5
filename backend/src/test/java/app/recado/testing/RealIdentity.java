package app.recado.testing;

import app.recado.devstack.KeycloakServer;
import app.recado.devstack.MailCatcher;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points a context at the real identity server with the real realm; its tokens are the ones that count. */
public class RealIdentity implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new RecadoTestDatabase().initialize(context);
        var keycloak = KeycloakServer.shared();
        Map<String, Object> values = new HashMap<>(keycloak.backendEnvironment());
        values.put("RECADO_SMTP_HOST", "127.0.0.1");
        values.put("RECADO_SMTP_PORT", MailCatcher.shared().smtpPort());
        values.put("RECADO_SMTP_STARTTLS", "false");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("real identity", values));
        context.getBeanFactory().registerSingleton("keycloak", keycloak);
    }
}
