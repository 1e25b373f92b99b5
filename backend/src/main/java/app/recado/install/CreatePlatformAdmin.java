package app.recado.install;

import app.recado.install.InstallSetting.Values;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The first person who may sign in. Works once: where a platform administrator exists it refuses, so that nobody who gets
 * hold of the command later makes themselves one unnoticed.
 */
final class CreatePlatformAdmin {

    private static final String ROLE = "platform_admin";

    /** Typed from a screen: no letters and digits that can be mistaken for each other. About 98 bits. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private CreatePlatformAdmin() {}

    static void run(List<String> options, Values values, PrintStream out) {
        var email = InstallCommands.option(options, "email").toLowerCase(Locale.ROOT);
        var givenName = InstallCommands.option(options, "given-name");
        var familyName = InstallCommands.option(options, "family-name");
        var locale = InstallCommands.find(options, "locale").orElse("es");
        var keycloak = new KeycloakAdmin(values);
        if (!keycloak.list("/roles/" + ROLE + "/users?max=1").isEmpty()) {
            throw new InstallException(
                    "there is a platform administrator already; they are asked for help, or Keycloak's own administrator");
        }
        var id = account(keycloak, email, givenName, familyName, locale);
        if (options.contains("--by-email")) {
            keycloak.put("/users/" + id + "/execute-actions-email?lifespan=43200", List.of("UPDATE_PASSWORD"));
            out.println("A link to choose a password is on its way to " + email + "; it works for twelve hours.");
        } else {
            var password = password();
            keycloak.put(
                    "/users/" + id + "/reset-password",
                    Map.of("type", "password", "value", password, "temporary", true));
            out.println("Password for the first sign-in, shown this once and to be replaced then: " + password);
        }
        // Last, so that a run that broke off before can be repeated.
        keycloak.post("/users/" + id + "/role-mappings/realm", List.of(keycloak.get("/roles/" + ROLE)));
        out.println(email + " is the platform administrator.");
    }

    private static String account(
            KeycloakAdmin keycloak, String email, String givenName, String familyName, String locale) {
        var found = keycloak.list("/users?exact=true&email=" + KeycloakAdmin.encoded(email));
        if (found.isEmpty()) {
            return keycloak.post(
                    "/users",
                    Map.of(
                            "username",
                            email,
                            "email",
                            email,
                            "emailVerified",
                            true,
                            "firstName",
                            givenName,
                            "lastName",
                            familyName,
                            "enabled",
                            true,
                            "requiredActions",
                            List.of("UPDATE_PASSWORD"),
                            "attributes",
                            Map.of("locale", List.of(locale))));
        }
        var id = found.getFirst().get("id").asString();
        if (keycloak.list("/users/" + id + "/credentials").stream()
                .anyMatch(credential -> !credential.path("temporary").asBoolean(false)
                        && !found.getFirst().path("requiredActions").toString().contains("UPDATE_PASSWORD"))) {
            throw new InstallException(email + " has an account in use; take another address");
        }
        return id;
    }

    private static String password() {
        return new SecureRandom()
                .ints(20, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
