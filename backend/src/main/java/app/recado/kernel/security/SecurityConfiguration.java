package app.recado.kernel.security;

import app.recado.kernel.KernelSettings;
import app.recado.kernel.Problem;
import app.recado.kernel.web.ProblemResponses;
import app.recado.kernel.web.RequestLimits;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The outer wall: bearer tokens for the API, strict headers for the console, nothing else is served. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /**
     * {@code style-src} allows inline styles because the component library sets element styles; scripts never are.
     * {@code connect-src} and {@code frame-src} name the identity server the console signs in with.
     */
    private static String contentSecurityPolicy(KernelSettings settings) {
        var identity = java.net.URI.create(settings.issuer());
        var origin = identity.getScheme() + "://" + identity.getAuthority();
        return "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                + " media-src 'self' blob:; font-src 'self'; connect-src 'self' " + origin + "; frame-src " + origin
                + "; frame-ancestors 'self'; base-uri 'none'; form-action 'self' " + origin + "; object-src 'none'";
    }

    @Bean
    SecurityFilterChain api(HttpSecurity http, KernelSettings settings, ProblemResponses problems, RequestLimits limits)
            throws Exception {
        AuthenticationEntryPoint unauthenticated = (request, response, failure) -> {
            // Whoever guesses tokens is slowed down by address; people with a valid one never come here.
            if (limits.granted(request, response)) {
                response.setHeader("WWW-Authenticate", "Bearer");
                problems.write(request, response, Problem.UNAUTHENTICATED, "A valid access token is needed");
            }
        };
        return http.csrf(AbstractHttpConfigurer::disable) // no cookies carry authority here
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .cors(Customizer.withDefaults()) // nobody, unless RECADO_CORS_ORIGINS lists them
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                "/api/health",
                                "/api/readiness",
                                "/api/console-config",
                                "/api/docs/**",
                                "/api/swagger-ui/**")
                        .permitAll()
                        // What the public may do there is decided by its operations; each is limited by address.
                        .requestMatchers("/api/v1/public/**")
                        .permitAll()
                        .requestMatchers("/internal/v1/gateway/**")
                        .permitAll()
                        .requestMatchers("/api/**", "/internal/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .oauth2ResourceServer(
                        server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(new JwtAuthenticationConverter()))
                                .authenticationEntryPoint(unauthenticated))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler((request, response, denied) ->
                                problems.write(request, response, Problem.FORBIDDEN, "Your token does not allow this")))
                .headers(headers -> headers.contentSecurityPolicy(
                                csp -> csp.policyDirectives(contentSecurityPolicy(settings)))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(frame -> frame.sameOrigin())
                        .permissionsPolicyHeader(
                                permissions -> permissions.policy("camera=(), microphone=(self), geolocation=()"))
                        .httpStrictTransportSecurity(Customizer.withDefaults()))
                .build();
    }

    /** A timer around each of some fifteen filters told nobody anything, and took 6 % of what a request costs. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Looks the realm's keys up at the first token, so that the API starts (and answers health) without Keycloak. */
    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(KernelSettings settings, java.time.Clock clock) {
        return new RememberedTokens(
                new SupplierJwtDecoder(() -> {
                    var decoder = NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                            .build();
                    decoder.setJwtValidator(TokenRules.of(settings));
                    return decoder;
                }),
                clock);
    }
}
