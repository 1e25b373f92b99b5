package app.recado.install;

import app.recado.kernel.production.DevelopmentSecret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Variables that only the commands read, or that they share with the application. */
enum InstallSetting {
    DATABASE_URL("RECADO_DATABASE_URL", null, "address of the database, as for the application"),
    DIRECT_URL("RECADO_DATABASE_DIRECT_URL", "", "the same past a pooler, where there is one"),
    DATABASE_ADMIN_USER("RECADO_DATABASE_ADMIN_USER", "postgres", "superuser that prepares roles and schemas"),
    DATABASE_ADMIN_PASSWORD("RECADO_DATABASE_ADMIN_PASSWORD", null, "its password"),
    OWNER_USER("RECADO_DATABASE_OWNER_USER", "recado_owner", "role that owns the schema and migrates it"),
    OWNER_PASSWORD("RECADO_DATABASE_OWNER_PASSWORD", null, "its password"),
    APP_PASSWORD("RECADO_DATABASE_APP_PASSWORD", null, "password of recado_app, which serves requests"),
    WORKER_PASSWORD("RECADO_DATABASE_WORKER_PASSWORD", null, "password of recado_worker, which claims due work"),
    GATEWAY_PASSWORD("RECADO_GATEWAY_DATABASE_PASSWORD", null, "password of recado_gateway"),
    IDENTITY_PASSWORD("RECADO_KEYCLOAK_DATABASE_PASSWORD", null, "password of recado_keycloak, Keycloak's role"),
    IDENTITY_URL("RECADO_KEYCLOAK_URL", null, "address of Keycloak, as for the application"),
    REALM("RECADO_KEYCLOAK_REALM", "recado", "name of the realm"),
    ADMIN_CLIENT(
            "RECADO_KEYCLOAK_ADMIN_CLIENT_ID", "recado-setup", "client of Keycloak's master realm that may administer"),
    ADMIN_SECRET("RECADO_KEYCLOAK_ADMIN_CLIENT_SECRET", null, "its secret"),
    CLIENT_SECRET("RECADO_KEYCLOAK_CLIENT_SECRET", null, "secret the backend's service account gets"),
    INTEGRATIONS_SECRET(
            "RECADO_INTEGRATIONS_CLIENT_SECRET", null, "secret the service account recado-integrations gets"),
    CONSOLE_URL("RECADO_CONSOLE_URL", null, "https address of the console, where people return after signing in"),
    SMTP_HOST("RECADO_SMTP_HOST", "", "mail server for Keycloak's mails and Recado's; empty sends none"),
    SMTP_PORT("RECADO_SMTP_PORT", "587", "its port"),
    SMTP_FROM("RECADO_SMTP_FROM", "", "sender's address"),
    SMTP_USER("RECADO_SMTP_USER", "", "user name there; empty sends without signing in"),
    SMTP_PASSWORD("RECADO_SMTP_PASSWORD", "", "password there"),
    SMTP_STARTTLS("RECADO_SMTP_STARTTLS", "true", "whether the connection is encrypted after it begins (port 587)"),
    SMTP_SSL("RECADO_SMTP_SSL", "false", "whether it is encrypted from its beginning (port 465)");

    final String variable;
    final @Nullable String standard;
    final String meaning;

    InstallSetting(String variable, @Nullable String standard, String meaning) {
        this.variable = variable;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** Reads variables, with their defaults. */
    record Values(Map<String, String> environment) {

        String get(InstallSetting setting) {
            return find(setting).orElseThrow(() -> new InstallException(setting.variable + " is missing"));
        }

        /** Where commands reach the database: they do what a pooler in transaction mode does not pass on. */
        String database() {
            return find(DIRECT_URL).filter(url -> !url.isBlank()).orElseGet(() -> get(DATABASE_URL));
        }

        /** A secret this installation chose; one that protects nothing is refused outside of {@code RECADO_PROFILE=dev}. */
        String secret(InstallSetting setting) {
            var value = get(setting);
            if (!"dev".equals(environment.get("RECADO_PROFILE"))) {
                DevelopmentSecret.reason(value, true).ifPresent(reason -> {
                    throw new InstallException(setting.variable + " " + reason);
                });
            }
            return value;
        }

        Optional<String> find(InstallSetting setting) {
            var value = environment.get(setting.variable);
            return value == null || value.isBlank() ? Optional.ofNullable(setting.standard) : Optional.of(value);
        }
    }
}
