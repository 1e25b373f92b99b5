package app.recado.install;

import app.recado.install.InstallSetting.Values;
import java.io.PrintStream;
import java.util.Set;

/**
 * Makes the realm, or brings an existing one to what this version of Recado expects. Keycloak's own import skips a realm
 * that exists, so changes of a release would never arrive. People, organizations and clients of third parties are left
 * alone; what the realm file describes becomes exactly that.
 */
final class ProvisionIdentity {

    /** Every realm has them. They are Keycloak's own, and {@code admin-cli} comes with the password grant switched on. */
    private static final Set<String> BUILT_IN =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");

    private ProvisionIdentity() {}

    static void run(Values values, PrintStream out) {
        var wanted = RealmFile.filled(values);
        var keycloak = new KeycloakAdmin(values);
        if (keycloak.realmExists()) {
            refuseDevelopmentRealm(keycloak);
        } else {
            keycloak.createRealm(wanted);
            out.println("Realm " + keycloak.realm() + " is made.");
        }
        var upkeep = new RealmUpkeep(keycloak, wanted);
        upkeep.apply();
        closePasswordGrants(keycloak, upkeep);
        upkeep.changes().forEach(change -> out.println("Changed: " + change));
        out.println("Realm " + keycloak.realm() + " is as this version expects.");
    }

    private static void refuseDevelopmentRealm(KeycloakAdmin keycloak) {
        for (var client : keycloak.list("/clients?max=10000")) {
            var name = client.get("clientId").asString();
            if (!BUILT_IN.contains(name)
                    && client.path("directAccessGrantsEnabled").asBoolean(false)) {
                throw new InstallException(
                        "The realm has the client %s, which takes passwords. A realm made for development never becomes production's: use a new one"
                                .formatted(name));
            }
        }
    }

    private static void closePasswordGrants(KeycloakAdmin keycloak, RealmUpkeep upkeep) {
        for (var name : BUILT_IN) {
            for (var client : keycloak.list("/clients?clientId=" + name)) {
                if (client.path("directAccessGrantsEnabled").asBoolean(false)) {
                    upkeep.overlay(
                            "/clients/" + client.get("id").asString(), client, "directAccessGrantsEnabled", false);
                    upkeep.changed("client " + name + " takes no passwords any more");
                }
            }
        }
    }
}
