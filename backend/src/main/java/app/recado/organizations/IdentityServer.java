package app.recado.organizations;

import app.recado.kernel.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The identity server's admin API, reduced to what onboarding and membership need. Every call may be repeated: "exists
 * already" counts as done. It can neither change nor see credentials, never writes an existing account, and never touches
 * realm roles. Anything unexpected is {@code identity-unavailable}; the operation is resumed by repeating it. What it
 * refuses about an account is {@code invalid-fields}: a repetition would be refused again.
 */
@Component
class IdentityServer {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityServer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE = 500;

    /** An account. {@code email} is null for service accounts. */
    record Account(
            UUID id,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName) {
        String name() {
            return String.join(" ", Objects.requireNonNullElse(firstName, ""), Objects.requireNonNullElse(lastName, ""))
                    .strip();
        }
    }

    private record Group(String id, String name) {}

    private record Role(String id, String name) {}

    private record Named(String name) {}

    private record Found(UUID id) {}

    private record Token(String access_token, long expires_in) {}

    private record Bearer(String value, Instant until) {}

    private final IdentitySettings settings;
    private final Clock clock;
    private final RestClient http;
    private volatile @Nullable Bearer bearer;

    IdentityServer(IdentitySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build());
        requests.setReadTimeout(TIMEOUT);
        this.http = RestClient.builder()
                .baseUrl(settings.url())
                .requestFactory(requests)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    // answers are judged by whoever asked
                })
                .build();
    }

    /** Creates the organization of an onboarding, or finds it when an earlier try already did.
     *
     * @return its id; empty when another organization holds the alias */
    Optional<UUID> organization(UUID onboarding, String alias, String displayName) {
        var created = call(
                HttpMethod.POST,
                "/organizations",
                Map.of(
                        "name", alias,
                        "alias", alias,
                        "description", displayName,
                        "enabled", true,
                        "attributes", Map.of("recado_onboarding", List.of(onboarding.toString()))));
        if (created.getStatusCode().value() == 201) {
            return Optional.of(idIn(created));
        }
        expect(created, 409);
        var ours = list(
                "/organizations?q=recado_onboarding:" + onboarding, new ParameterizedTypeReference<List<Found>>() {});
        return ours.stream().findFirst().map(Found::id);
    }

    /** Makes sure the organization has one group per role, and that each group grants its role in this API. */
    void roleGroups(UUID organization) {
        for (var role : MemberRole.values()) {
            var created =
                    call(HttpMethod.POST, organizationPath(organization, "/groups"), Map.of("name", role.wireName()));
            expect(created, 201, 409);
        }
        for (var group : groups(organization)) {
            var mappings = organizationPath(
                    organization, "/groups/" + group.id() + "/role-mappings/clients/" + settings.apiClient());
            var missing = list(mappings + "/available", new ParameterizedTypeReference<List<Role>>() {}).stream()
                    .filter(role -> role.name().equals(group.name()))
                    .toList();
            if (!missing.isEmpty()) {
                expect(call(HttpMethod.POST, mappings, missing), 204);
            }
        }
    }

    Optional<Account> findByEmail(String email) {
        return list(
                        "/users?exact=true&email={email}",
                        new ParameterizedTypeReference<List<Account>>() {},
                        email.toLowerCase(Locale.ROOT))
                .stream()
                .findFirst();
    }

    boolean isPlatformAdmin(UUID account) {
        return list(
                        "/users/" + account + "/role-mappings/realm/composite",
                        new ParameterizedTypeReference<List<Named>>() {})
                .stream()
                .anyMatch(role -> role.name().equals("platform_admin"));
    }

    /** A new account without a password; {@link #sendFirstEmail} lets the person choose one. */
    Account create(String email, String givenName, String familyName, String locale) {
        var created = call(
                HttpMethod.POST,
                "/users",
                Map.of(
                        "username",
                        email.toLowerCase(Locale.ROOT),
                        "email",
                        email.toLowerCase(Locale.ROOT),
                        "firstName",
                        givenName,
                        "lastName",
                        familyName,
                        "enabled",
                        true,
                        "emailVerified",
                        false,
                        "requiredActions",
                        List.of("UPDATE_PASSWORD", "VERIFY_EMAIL"),
                        "attributes",
                        Map.of("locale", List.of(locale))));
        if (created.getStatusCode().value() == 409) {
            return findByEmail(email).orElseThrow(() -> away("created by somebody else and not found"));
        }
        if (created.getStatusCode().value() == 400) {
            // A realm may have rules of its own for accounts. Repeating would be refused for ever.
            throw Problem.INVALID_FIELDS.because("The sign-in service does not take this name or address");
        }
        expect(created, 201);
        return new Account(idIn(created), email, givenName, familyName);
    }

    /** Asks a new person to choose a password. False when no mail could be sent; repeating sends it later. */
    boolean sendFirstEmail(UUID account) {
        var query = "?lifespan=43200"
                + (settings.consoleUrl().isEmpty()
                        ? ""
                        : "&client_id=" + settings.consoleClientId() + "&redirect_uri=" + settings.consoleUrl() + "/");
        var sent = call(
                HttpMethod.PUT,
                "/users/" + account + "/execute-actions-email" + query,
                List.of("UPDATE_PASSWORD", "VERIFY_EMAIL"));
        return sent.getStatusCode().is2xxSuccessful();
    }

    /** Joins as an unmanaged member: leaving later never deletes the account. */
    void join(UUID organization, UUID account) {
        expect(call(HttpMethod.POST, organizationPath(organization, "/members"), account.toString()), 201, 409);
    }

    void leave(UUID organization, UUID account) {
        expect(call(HttpMethod.DELETE, organizationPath(organization, "/members/" + account), null), 204, 404);
    }

    Optional<Account> member(UUID organization, UUID account) {
        var answer = call(HttpMethod.GET, organizationPath(organization, "/members/" + account), null, Account.class);
        expect(answer, 200, 404);
        return answer.getStatusCode().value() == 404 ? Optional.empty() : Optional.ofNullable(answer.getBody());
    }

    List<Account> members(UUID organization) {
        return list(
                organizationPath(organization, "/members?max=" + PAGE),
                new ParameterizedTypeReference<List<Account>>() {});
    }

    List<UUID> holders(UUID organization, MemberRole role) {
        return list(
                        organizationPath(organization, "/groups/" + group(organization, role) + "/members?max=" + PAGE),
                        new ParameterizedTypeReference<List<Account>>() {})
                .stream()
                .map(Account::id)
                .toList();
    }

    void grant(UUID organization, UUID account, MemberRole role) {
        expect(call(HttpMethod.PUT, membershipPath(organization, account, role), null), 204, 409);
    }

    void revoke(UUID organization, UUID account, MemberRole role) {
        expect(call(HttpMethod.DELETE, membershipPath(organization, account, role), null), 204, 404);
    }

    private String membershipPath(UUID organization, UUID account, MemberRole role) {
        return organizationPath(organization, "/groups/" + group(organization, role) + "/members/" + account);
    }

    private String group(UUID organization, MemberRole role) {
        return groups(organization).stream()
                .filter(group -> group.name().equals(role.wireName()))
                .map(Group::id)
                .findFirst()
                .orElseThrow(() -> away("an organization lacks the group of a role"));
    }

    private List<Group> groups(UUID organization) {
        return list(organizationPath(organization, "/groups"), new ParameterizedTypeReference<List<Group>>() {})
                .stream()
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    private static String organizationPath(UUID organization, String rest) {
        return "/organizations/" + organization + rest;
    }

    private static UUID idIn(ResponseEntity<?> created) {
        var location = String.valueOf(created.getHeaders().getLocation());
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private void expect(ResponseEntity<?> answer, int... statuses) {
        for (int status : statuses) {
            if (answer.getStatusCode().value() == status) {
                return;
            }
        }
        throw away("answered " + answer.getStatusCode().value());
    }

    private <T> List<T> list(String path, ParameterizedTypeReference<List<T>> type, Object... variables) {
        try {
            var answer = http.get()
                    .uri(adminPath(path), variables)
                    .headers(headers -> headers.setBearerAuth(token()))
                    .retrieve()
                    .toEntity(type);
            expect(answer, 200);
            return Objects.requireNonNullElse(answer.getBody(), List.of());
        } catch (RestClientException e) {
            throw away(e.getClass().getSimpleName());
        }
    }

    private ResponseEntity<Void> call(HttpMethod method, String path, @Nullable Object body) {
        return call(method, path, body, Void.class);
    }

    private <T> ResponseEntity<T> call(HttpMethod method, String path, @Nullable Object body, Class<T> type) {
        try {
            var request = http.method(method).uri(adminPath(path)).headers(headers -> headers.setBearerAuth(token()));
            if (body instanceof String text) {
                request.contentType(MediaType.APPLICATION_JSON).body("\"" + text + "\"");
            } else if (body != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(body);
            }
            return request.retrieve().toEntity(type);
        } catch (RestClientException e) {
            throw away(e.getClass().getSimpleName());
        }
    }

    private String adminPath(String path) {
        return "/admin/realms/" + settings.realm() + path;
    }

    private String token() {
        var known = bearer;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "client_credentials");
        form.add("client_id", settings.clientId());
        form.add("client_secret", settings.clientSecret());
        try {
            var answer = http.post()
                    .uri(URI.create(settings.url() + "/realms/" + settings.realm() + "/protocol/openid-connect/token"))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .toEntity(Token.class);
            expect(answer, 200);
            var token = Objects.requireNonNull(answer.getBody());
            var fresh =
                    new Bearer(token.access_token(), clock.instant().plusSeconds(Math.max(0, token.expires_in() - 30)));
            bearer = fresh;
            return fresh.value();
        } catch (RestClientException e) {
            throw away(e.getClass().getSimpleName());
        }
    }

    private static RuntimeException away(String why) {
        LOG.warn("The identity server is not usable: {}", why);
        return Problem.IDENTITY_UNAVAILABLE.because("Repeat the same request; it continues where it stopped");
    }
}
