package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.keycloak.KeycloakException;
import app.recado.kernel.keycloak.RealmAdministration;
import java.io.PrintStream;

/**
 * Makes the realm, or brings an existing one to what this version of Recado expects. Keycloak's own import skips a realm
 * that exists, so changes of a release would never arrive. People, organizations and clients of third parties are left
 * alone; what the realm file describes becomes exactly that.
 */
final class ProvisionIdentity {

    private ProvisionIdentity() {}

    static void run(Values values, PrintStream out) {
        var wanted = RealmFile.filled(values).toString();
        var name = values.get(InstallSetting.REALM);
        try (var realm = connect(values)) {
            if (realm.exists()) {
                refuseDevelopmentRealm(realm);
            } else {
                realm.create(wanted);
                out.println("Realm " + name + " is made.");
            }
            realm.converge(wanted).forEach(change -> out.println("Changed: " + change));
        } catch (KeycloakException | IllegalArgumentException e) {
            throw new InstallException(String.valueOf(e.getMessage()), e);
        }
        out.println("Realm " + name + " is as this version expects.");
    }

    /** Signs in as the client of the master realm that may administer. */
    static RealmAdministration connect(Values values) {
        try {
            return new RealmAdministration(
                    values.get(InstallSetting.IDENTITY_URL),
                    values.get(InstallSetting.REALM),
                    values.get(InstallSetting.ADMIN_CLIENT),
                    values.secret(InstallSetting.ADMIN_SECRET));
        } catch (KeycloakException e) {
            throw e.status() == 400 || e.status() == 401
                    ? new InstallException(
                            "Keycloak does not accept the client RECADO_KEYCLOAK_ADMIN_CLIENT_ID: " + e.getMessage(), e)
                    : e;
        }
    }

    private static void refuseDevelopmentRealm(RealmAdministration realm) {
        realm.clientsTakingPasswords().stream().findFirst().ifPresent(client -> {
            throw new InstallException(
                    "The realm has the client %s, which takes passwords. A realm made for development never becomes production's: use a new one"
                            .formatted(client));
        });
    }
}
