package app.recado.install;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a realm with the realm file part by part and changes what differs. Parts are never deleted and made anew: roles
 * that groups of clinics refer to would be lost with their client.
 */
final class RealmUpkeep {

    private static final Set<String> PARTS = Set.of(
            "users",
            "clients",
            "roles",
            "clientScopes",
            "scopeMappings",
            "requiredActions",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes");

    private final KeycloakAdmin keycloak;
    private final ObjectNode wanted;
    private final List<String> changes = new ArrayList<>();

    RealmUpkeep(KeycloakAdmin keycloak, ObjectNode wanted) {
        this.keycloak = keycloak;
        this.wanted = wanted;
    }

    List<String> changes() {
        return changes;
    }

    void changed(String what) {
        changes.add(what);
    }

    void apply() {
        settings();
        requiredActions();
        var scopes = clientScopes();
        realmRoles();
        for (var client : wanted.get("clients")) {
            client(client, scopes);
        }
        clientRoles();
        scopeMappings();
        for (var account : wanted.get("users")) {
            serviceAccount(account);
        }
    }

    /** Writes an entry back with one field changed. */
    void overlay(String path, JsonNode entry, String field, boolean value) {
        var changed = ((ObjectNode) entry).deepCopy();
        changed.put(field, value);
        keycloak.put(path, changed);
    }

    private void settings() {
        var settings = wanted.deepCopy();
        PARTS.forEach(settings::remove);
        var now = keycloak.get("");
        var differing = withoutPassword(settings).properties().stream()
                .filter(field -> !holds(now.path(field.getKey()), field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!differing.isEmpty()) {
            keycloak.put("", settings);
            changed("settings of the realm: " + String.join(", ", differing));
        } else if (settings.has("smtpServer")) {
            // The password of the mail server is never shown, so it is written each time.
            keycloak.put("", settings);
        }
    }

    private static JsonNode withoutPassword(ObjectNode settings) {
        var copy = settings.deepCopy();
        if (copy.get("smtpServer") instanceof ObjectNode mail) {
            mail.remove("password");
        }
        return copy;
    }

    private void requiredActions() {
        var existing = byName(keycloak.list("/authentication/required-actions"), "alias");
        for (var action : wanted.get("requiredActions")) {
            var alias = action.get("alias").asString();
            var now = existing.get(alias);
            if (now == null) {
                keycloak.post(
                        "/authentication/register-required-action",
                        Map.of(
                                "providerId",
                                action.get("providerId").asString(),
                                "name",
                                action.get("name").asString()));
            }
            if (now == null || !holds(now, action)) {
                keycloak.put("/authentication/required-actions/" + KeycloakAdmin.encoded(alias), action);
                changed("required action " + alias);
            }
        }
    }

    private Map<String, String> clientScopes() {
        var existing = byName(keycloak.list("/client-scopes"), "name");
        var ids = new HashMap<String, String>();
        existing.forEach((name, scope) -> ids.put(name, scope.get("id").asString()));
        for (var scope : wanted.get("clientScopes")) {
            var name = scope.get("name").asString();
            var now = existing.get(name);
            if (now == null) {
                ids.put(name, keycloak.post("/client-scopes", scope));
                changed("client scope " + name);
                continue;
            }
            var path = "/client-scopes/" + ids.get(name);
            var plain = ((ObjectNode) scope).deepCopy();
            plain.remove("protocolMappers");
            if (!holds(now, plain)) {
                keycloak.put(path, plain.put("id", ids.get(name)));
                changed("client scope " + name);
            }
            mappers(
                    path + "/protocol-mappers/models",
                    name,
                    now.path("protocolMappers"),
                    scope.path("protocolMappers"));
        }
        return ids;
    }

    private void mappers(String path, String scope, JsonNode now, JsonNode then) {
        var existing = byName(now.valueStream().toList(), "name");
        for (var mapper : then) {
            var name = mapper.get("name").asString();
            var old = existing.remove(name);
            if (old == null) {
                keycloak.post(path, mapper);
                changed("claim " + name + " of " + scope);
            } else if (!holds(old, mapper)) {
                var id = old.get("id").asString();
                keycloak.put(path + "/" + id, ((ObjectNode) mapper).deepCopy().put("id", id));
                changed("claim " + name + " of " + scope);
            }
        }
        existing.forEach((name, extra) -> {
            keycloak.delete(path + "/" + extra.get("id").asString(), null);
            changed("claim " + name + " of " + scope + " removed");
        });
    }

    private void realmRoles() {
        var existing = byName(keycloak.list("/roles"), "name").keySet();
        addRoles("/roles", wanted.at("/roles/realm"), existing);
    }

    private void clientRoles() {
        wanted.at("/roles/client").properties().forEach(entry -> {
            var path = "/clients/" + clientId(entry.getKey()) + "/roles";
            addRoles(path, entry.getValue(), byName(keycloak.list(path), "name").keySet());
        });
    }

    private void addRoles(String path, JsonNode roles, Set<String> existing) {
        for (var role : roles) {
            if (!existing.contains(role.get("name").asString())) {
                keycloak.post(path, role);
                changed("role " + role.get("name").asString());
            }
        }
    }

    private void client(JsonNode client, Map<String, String> scopes) {
        var name = client.get("clientId").asString();
        var found = keycloak.list("/clients?clientId=" + KeycloakAdmin.encoded(name));
        if (found.isEmpty()) {
            keycloak.post("/clients", client);
            changed("client " + name);
            return;
        }
        var now = (ObjectNode) found.getFirst();
        var path = "/clients/" + now.get("id").asString();
        var plain = ((ObjectNode) client).deepCopy();
        plain.remove(List.of("id", "defaultClientScopes", "optionalClientScopes"));
        if (!holds(now, plain)) {
            var merged = now.deepCopy();
            plain.properties().forEach(field -> {
                if (merged.get(field.getKey()) instanceof ObjectNode old
                        && field.getValue() instanceof ObjectNode added) {
                    old.setAll(added);
                } else {
                    merged.set(field.getKey(), field.getValue());
                }
            });
            keycloak.put(path, merged);
            changed("client " + name);
        }
        for (var kind : List.of("default", "optional")) {
            if (client.has(kind + "ClientScopes")) {
                scopesOf(path + "/" + kind + "-client-scopes", name, client.get(kind + "ClientScopes"), scopes);
            }
        }
    }

    private void scopesOf(String path, String client, JsonNode then, Map<String, String> ids) {
        var existing = byName(keycloak.list(path), "name");
        for (var scope : then) {
            var name = scope.asString();
            if (existing.remove(name) == null) {
                keycloak.put(path + "/" + ids.get(name), null);
                changed("scope " + name + " of " + client);
            }
        }
        existing.forEach((name, extra) -> {
            keycloak.delete(path + "/" + extra.get("id").asString(), null);
            changed("scope " + name + " of " + client + " removed");
        });
    }

    private void scopeMappings() {
        for (var mapping : wanted.path("scopeMappings")) {
            var client = mapping.get("client").asString();
            roles("/clients/" + clientId(client) + "/scope-mappings/realm", "/roles", mapping.get("roles"), client);
        }
    }

    /** Exactly the roles of the file: whatever else an account was given in the meantime is taken away. */
    private void serviceAccount(JsonNode account) {
        var name = account.get("serviceAccountClientId").asString();
        var user = keycloak.get("/clients/" + clientId(name) + "/service-account-user");
        var mappings = "/users/" + user.get("id").asString() + "/role-mappings";
        roles(mappings + "/realm", "/roles", wanted.arrayNode(), name);
        account.get("clientRoles").properties().forEach(entry -> {
            var client = clientId(entry.getKey());
            roles(mappings + "/clients/" + client, "/clients/" + client + "/roles", entry.getValue(), name);
        });
    }

    private void roles(String path, String all, JsonNode then, String whose) {
        var wantedNames = then.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        var existing = byName(keycloak.list(path), "name");
        var missing = new HashSet<>(wantedNames);
        missing.removeAll(existing.keySet());
        if (!missing.isEmpty()) {
            var roles = keycloak.list(all).stream()
                    .filter(role -> missing.contains(role.get("name").asString()))
                    .toList();
            keycloak.post(path, roles);
            changed("roles of " + whose + ": added " + missing);
        }
        existing.keySet().removeAll(wantedNames);
        if (!existing.isEmpty()) {
            keycloak.delete(path, List.copyOf(existing.values()));
            changed("roles of " + whose + ": removed " + existing.keySet());
        }
    }

    private String clientId(String name) {
        return keycloak.list("/clients?clientId=" + KeycloakAdmin.encoded(name)).stream()
                .findFirst()
                .orElseThrow(() -> new InstallException("The realm has no client " + name))
                .get("id")
                .asString();
    }

    private static Map<String, JsonNode> byName(List<JsonNode> entries, String field) {
        var map = new java.util.LinkedHashMap<String, JsonNode>();
        entries.forEach(entry -> map.put(entry.get(field).asString(), entry));
        return map;
    }

    /** Whether everything that is wanted is there already; lists are compared without regard to order. */
    private static boolean holds(JsonNode now, JsonNode then) {
        if (then.isObject()) {
            return then.properties().stream().allMatch(field -> holds(now.path(field.getKey()), field.getValue()));
        }
        if (then.isArray()) {
            return now.isArray()
                    && now.valueStream()
                            .collect(Collectors.toSet())
                            .equals(then.valueStream().collect(Collectors.toSet()));
        }
        // Keycloak forgets what is empty.
        return now.isMissingNode()
                ? then.isNull() || then.asString().isEmpty()
                : now.asString().equals(then.asString());
    }
}
