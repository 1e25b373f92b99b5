package app.recado.kernel.web;

import java.time.Duration;
import java.util.List;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Proxies in front, and pages of other origins. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    /**
     * Without it a caller could write any address into X-Forwarded-For and escape the limit on requests. The Host header is
     * not among what is believed: proxies pass it on unchanged.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(EdgeSettings settings) {
        return server -> {
            if (settings.trustedProxies().isEmpty()) {
                return;
            }
            var valve = new RemoteIpValve();
            valve.setInternalProxies(String.join(",", settings.trustedProxies()));
            valve.setRemoteIpHeader("X-Forwarded-For");
            valve.setProtocolHeader("X-Forwarded-Proto");
            server.addEngineValves(valve);
        };
    }

    /** After Boot's own, so that it stands nearest to the code and is the one that reports. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsAreProblems() {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemErrorValve()));
    }

    /** No cookies carry authority here, so credentials are never allowed and a token must be sent on purpose. Security finds it by this name. */
    @Bean
    CorsConfigurationSource corsConfigurationSource(EdgeSettings settings) {
        var source = new UrlBasedCorsConfigurationSource();
        if (!settings.corsOrigins().isEmpty()) {
            var allowed = new CorsConfiguration();
            allowed.setAllowedOrigins(settings.corsOrigins());
            allowed.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
            allowed.setAllowedHeaders(List.of(
                    "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Last-Event-ID", "traceparent"));
            allowed.setExposedHeaders(List.of("ETag", "Location", "Retry-After", "Recado-Trace-Id"));
            allowed.setAllowCredentials(false);
            allowed.setMaxAge(Duration.ofHours(1));
            source.registerCorsConfiguration("/api/**", allowed);
        }
        return source;
    }
}
