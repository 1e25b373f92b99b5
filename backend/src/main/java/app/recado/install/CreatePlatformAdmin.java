package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.keycloak.KeycloakException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
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
        try (var realm = ProvisionIdentity.connect(values)) {
            if (realm.anybodyHas(ROLE)) {
                throw new InstallException(
                        "there is a platform administrator already; they are asked for help, or Keycloak's own administrator");
            }
            var account = realm.newAccount(email, givenName, familyName, locale)
                    .orElseThrow(() -> new InstallException(email + " has an account in use; take another address"));
            if (options.contains("--by-email")) {
                realm.mailPasswordLink(account);
                out.println("A link to choose a password is on its way to " + email + "; it works for twelve hours.");
            } else {
                var password = password();
                realm.setTemporaryPassword(account, password);
                out.println("Password for the first sign-in, shown this once and to be replaced then: " + password);
            }
            // Last, so that a run that broke off before can be repeated.
            realm.giveRole(account, ROLE);
        } catch (KeycloakException e) {
            throw new InstallException(String.valueOf(e.getMessage()), e);
        }
        out.println(email + " is the platform administrator.");
    }

    private static String password() {
        return new SecureRandom()
                .ints(20, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
