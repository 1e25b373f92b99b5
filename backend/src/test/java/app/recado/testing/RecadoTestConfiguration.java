package app.recado.testing;

import app.recado.engines.lines.ProviderWatchByHand;
import app.recado.engines.webhooks.Poison;
import app.recado.guards.ClinicRecords;
import app.recado.kernel.KernelSettings;
import app.recado.kernel.security.TokenRules;
import app.recado.messaging.AnotherOutbox;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What tests need besides the application: here, so that as many of them as can share one context. */
@TestConfiguration(proxyBeanMethods = false)
@Import({
    Clinics.class,
    ClinicRecords.class,
    DueJobs.class,
    StaffMessages.class,
    AnotherOutbox.class,
    ProviderWatchByHand.class,
    Poison.class
})
public class RecadoTestConfiguration {

    @Bean
    @Primary
    SettableClock settableClock() {
        return new SettableClock();
    }

    @Bean
    JwtDecoder jwtDecoder(KernelSettings settings) {
        var decoder = NimbusJwtDecoder.withSecretKey(TestTokens.key()).build();
        decoder.setJwtValidator(TokenRules.of(settings));
        return decoder;
    }
}
