package app.recado.organizations;

import app.recado.devstack.KeycloakServer;
import app.recado.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** People with accounts at the real identity server, and clinics they are onboarded into and invited to. */
abstract class RealPeople {

    @Autowired
    KeycloakServer keycloak;

    @LocalServerPort
    int port;

    String person(String name) {
        var email = name + "-" + UUID.randomUUID() + "@recado-test.example";
        keycloak.directory().createUser(email, name, "Prueba");
        return email;
    }

    UUID onboard(String ownerEmail) {
        return admin().post("/api/v1/organizations", organization("clinica", ownerEmail))
                .id();
    }

    static Map<String, Object> organization(String alias, String ownerEmail) {
        return Map.of(
                "name",
                "Clínica " + alias,
                "alias",
                alias + "-" + UUID.randomUUID().toString().substring(0, 8),
                "country",
                "AR",
                "timeZone",
                "America/Argentina/Buenos_Aires",
                "locale",
                "es",
                "owner",
                Map.of("email", ownerEmail, "givenName", "Ana", "familyName", "Sosa"));
    }

    static Map<String, Object> invitation(String email, String role) {
        return Map.of("email", email, "givenName", "Nombre", "familyName", "Apellido", "roles", List.of(role));
    }

    static String path(UUID organization, String rest) {
        return "/api/v1/organizations/" + organization + rest;
    }

    Api admin() {
        return as("admin@recado.example");
    }

    Api as(String email) {
        return new Api(server(), Map.of("Authorization", "Bearer " + keycloak.token(email)));
    }

    /** With a token of a later second: one of the very second in which something was taken away does not count. */
    Api renewed(String email) {
        var second = java.time.Instant.now().getEpochSecond();
        while (java.time.Instant.now().getEpochSecond() == second) {
            Thread.onSpinWait();
        }
        return as(email);
    }

    Api withScope(String email, String scope) {
        var token = keycloak.tokens().of(email, keycloak.demoPassword(), scope);
        return new Api(server(), Map.of("Authorization", "Bearer " + token));
    }

    String server() {
        return "http://localhost:" + port;
    }

    /** Invited by an owner, and accepted by the person.
     *
     * @return the member's id */
    UUID joins(String email, UUID clinic, String owner, String role) {
        var invited = as(owner).post(path(clinic, "/invitations"), invitation(email, role));
        if (invited.status() != 201) {
            throw new IllegalStateException(invited.text());
        }
        var accepted = as(email).post(mine(clinic, invited.id()) + "/accept", null);
        if (accepted.status() != 204) {
            throw new IllegalStateException(accepted.text());
        }
        return UUID.fromString(as(email).get("/api/v1/me").at("/subject"));
    }

    /** The invitation as the person who is invited addresses it. */
    static String mine(UUID clinic, UUID invitation) {
        return "/api/v1/me/invitations/" + clinic + "/" + invitation;
    }
}
