package app.recado.install;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Draws every secret of an installation by lot and prints them as lines of an environment file. They are kept nowhere. */
final class NewSecrets {

    private static final int BYTES = 32;

    /** Free of characters that mean something in URLs, SQL or shells. */
    private static final List<String> PASSWORDS = List.of(
            "RECADO_DATABASE_OWNER_PASSWORD",
            "RECADO_DATABASE_APP_PASSWORD",
            "RECADO_DATABASE_WORKER_PASSWORD",
            "RECADO_GATEWAY_DATABASE_PASSWORD",
            "RECADO_KEYCLOAK_DATABASE_PASSWORD",
            "RECADO_DATABASE_ADMIN_PASSWORD",
            "RECADO_KEYCLOAK_ADMIN_CLIENT_SECRET",
            "RECADO_KEYCLOAK_CLIENT_SECRET",
            "RECADO_INTEGRATIONS_CLIENT_SECRET",
            "RECADO_GATEWAY_TOKEN");

    /** Base64 of 32 bytes, as the settings ask for. */
    private static final List<String> KEYS = List.of(
            "RECADO_CURSOR_KEY",
            "RECADO_CREDENTIALS_KEY",
            "RECADO_GATEWAY_EVENTS_SECRET",
            "RECADO_GATEWAY_CREDENTIALS_KEY");

    private NewSecrets() {}

    static void print(PrintStream out) {
        var random = new SecureRandom();
        out.println(
                "# Recado's secrets. Whoever reads this file can read every clinic; keep it for the operator alone.");
        PASSWORDS.forEach(name ->
                out.println(name + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random))));
        KEYS.forEach(name -> out.println(name + "=" + Base64.getEncoder().encodeToString(bytes(random))));
    }

    private static byte[] bytes(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
