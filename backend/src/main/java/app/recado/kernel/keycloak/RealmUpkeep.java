package app.recado.kernel.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.admin.client.resource.ProtocolMappersResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.admin.client.resource.RolesResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderSimpleRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;

/**
 * Compares a realm with the realm file part by part and changes what differs. Parts are never deleted and made anew: roles
 * that groups of clinics refer to would be lost with their client.
 */
final class RealmUpkeep {

    private static final Set<String> PARTS = Set.of(
            "users",
            "clients",
            "components",
            "roles",
            "clientScopes",
            "scopeMappings",
            "requiredActions",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes");

    private final KeycloakConnection keycloak;
    private final RealmResource realm;
    private final ObjectNode wanted;
    private final List<String> changes = new ArrayList<>();

    RealmUpkeep(KeycloakConnection keycloak, RealmResource realm, ObjectNode wanted) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.wanted = wanted;
    }

    List<String> changes() {
        return changes;
    }

    void apply() {
        settings();
        userProfile();
        requiredActions();
        var scopes = clientScopes();
        addRoles(realm.roles(), wanted.at("/roles/realm"));
        for (var client : wanted.path("clients")) {
            client(client, scopes);
        }
        wanted.at("/roles/client")
                .properties()
                .forEach(entry ->
                        addRoles(realm.clients().get(clientId(entry.getKey())).roles(), entry.getValue()));
        scopeMappings();
        for (var account : wanted.path("users")) {
            serviceAccount(account);
        }
    }

    private void settings() {
        var settings = wanted.deepCopy();
        settings.remove(PARTS);
        var now = RealmJson.tree(realm.toRepresentation());
        var differing = withoutPassword(settings).properties().stream()
                .filter(field -> !RealmJson.holds(now.path(field.getKey()), field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        // The password of the mail server is never shown, so it is written each time.
        if (!differing.isEmpty() || settings.has("smtpServer")) {
            realm.update(RealmJson.value(settings, RealmRepresentation.class));
        }
        if (!differing.isEmpty()) {
            changes.add("settings of the realm: " + String.join(", ", differing));
        }
    }

    private static JsonNode withoutPassword(ObjectNode settings) {
        var copy = settings.deepCopy();
        if (copy.get("smtpServer") instanceof ObjectNode mail) {
            mail.remove("password");
        }
        return copy;
    }

    /** What an account holds. Keycloak imports it as a component and shows it in a place of its own. */
    private void userProfile() {
        var file = wanted.path("components")
                .path("org.keycloak.userprofile.UserProfileProvider")
                .path(0)
                .path("config")
                .path("kc.user.profile.config")
                .path(0);
        if (file.isMissingNode()) {
            return;
        }
        var then = RealmJson.value(RealmJson.object(file.asText()), UPConfig.class);
        var profile = realm.users().userProfile();
        if (!RealmJson.tree(profile.getConfiguration()).equals(RealmJson.tree(then))) {
            profile.update(then);
            changes.add("what accounts hold");
        }
    }

    private void requiredActions() {
        var existing = by(realm.flows().getRequiredActions(), RequiredActionProviderRepresentation::getAlias);
        for (var action : wanted.path("requiredActions")) {
            var alias = action.get("alias").asText();
            var now = existing.get(alias);
            if (now == null) {
                var registration = new RequiredActionProviderSimpleRepresentation();
                registration.setProviderId(action.get("providerId").asText());
                registration.setName(action.get("name").asText());
                realm.flows().registerRequiredAction(registration);
            }
            if (now == null || !RealmJson.holds(RealmJson.tree(now), action)) {
                realm.flows()
                        .updateRequiredAction(
                                alias, RealmJson.value(action, RequiredActionProviderRepresentation.class));
                changes.add("required action " + alias);
            }
        }
    }

    /** @return ids by name, of all there are */
    private Map<String, String> clientScopes() {
        var existing = by(realm.clientScopes().findAll(), ClientScopeRepresentation::getName);
        var ids = new HashMap<String, String>();
        existing.forEach((name, scope) -> ids.put(name, scope.getId()));
        for (var scope : wanted.path("clientScopes")) {
            var name = scope.get("name").asText();
            var now = existing.get(name);
            if (now == null) {
                var representation = RealmJson.value(scope, ClientScopeRepresentation.class);
                ids.put(
                        name,
                        created(
                                "client scope " + name,
                                () -> realm.clientScopes().create(representation)));
                continue;
            }
            var resource = realm.clientScopes().get(now.getId());
            var plain = ((ObjectNode) scope).deepCopy();
            plain.remove("protocolMappers");
            var current = RealmJson.tree(now);
            if (!RealmJson.holds(current, plain)) {
                resource.update(RealmJson.value(plain.put("id", now.getId()), ClientScopeRepresentation.class));
                changes.add("client scope " + name);
            }
            mappers(
                    resource.getProtocolMappers(),
                    name,
                    current.path("protocolMappers"),
                    scope.path("protocolMappers"));
        }
        return ids;
    }

    private void mappers(ProtocolMappersResource mappers, String scope, JsonNode now, JsonNode then) {
        var existing = by(now, mapper -> mapper.get("name").asText());
        for (var mapper : then) {
            var name = mapper.get("name").asText();
            var old = existing.remove(name);
            if (old == null) {
                var representation = RealmJson.value(mapper, ProtocolMapperRepresentation.class);
                created("claim " + name + " of " + scope, () -> mappers.createMapper(representation));
            } else if (!RealmJson.holds(old, mapper)) {
                var id = old.get("id").asText();
                mappers.update(
                        id,
                        RealmJson.value(
                                ((ObjectNode) mapper).deepCopy().put("id", id), ProtocolMapperRepresentation.class));
                changes.add("claim " + name + " of " + scope);
            }
        }
        existing.forEach((name, extra) -> {
            mappers.delete(extra.get("id").asText());
            changes.add("claim " + name + " of " + scope + " removed");
        });
    }

    private void addRoles(RolesResource roles, JsonNode then) {
        var existing = by(roles.list(), RoleRepresentation::getName).keySet();
        for (var role : then) {
            var name = role.get("name").asText();
            if (!existing.contains(name)) {
                roles.create(RealmJson.value(role, RoleRepresentation.class));
                changes.add("role " + name);
            }
        }
    }

    private void client(JsonNode client, Map<String, String> scopes) {
        var name = client.get("clientId").asText();
        var found = realm.clients().findByClientId(name);
        if (found.isEmpty()) {
            var representation = RealmJson.value(client, ClientRepresentation.class);
            created("client " + name, () -> realm.clients().create(representation));
            return;
        }
        var resource = realm.clients().get(found.getFirst().getId());
        var now = RealmJson.tree(found.getFirst());
        var plain = ((ObjectNode) client).deepCopy();
        plain.remove(List.of("id", "defaultClientScopes", "optionalClientScopes"));
        if (!RealmJson.holds(now, plain)) {
            resource.update(RealmJson.value(merged(now, plain), ClientRepresentation.class));
            changes.add("client " + name);
        }
        if (client.has("defaultClientScopes")) {
            scopesOf(
                    name,
                    client.get("defaultClientScopes"),
                    resource.getDefaultClientScopes(),
                    scope -> resource.addDefaultClientScope(idOf(scopes, scope)),
                    resource::removeDefaultClientScope);
        }
        if (client.has("optionalClientScopes")) {
            scopesOf(
                    name,
                    client.get("optionalClientScopes"),
                    resource.getOptionalClientScopes(),
                    scope -> resource.addOptionalClientScope(idOf(scopes, scope)),
                    resource::removeOptionalClientScope);
        }
    }

    private static ObjectNode merged(ObjectNode now, ObjectNode then) {
        var merged = now.deepCopy();
        then.properties().forEach(field -> {
            if (merged.get(field.getKey()) instanceof ObjectNode old && field.getValue() instanceof ObjectNode added) {
                old.setAll(added);
            } else {
                merged.set(field.getKey(), field.getValue());
            }
        });
        return merged;
    }

    private void scopesOf(
            String client,
            JsonNode then,
            List<ClientScopeRepresentation> now,
            Consumer<String> addByName,
            Consumer<String> removeById) {
        var existing = by(now, ClientScopeRepresentation::getName);
        for (var scope : then) {
            var name = scope.asText();
            if (existing.remove(name) == null) {
                addByName.accept(name);
                changes.add("scope " + name + " of " + client);
            }
        }
        existing.forEach((name, extra) -> {
            removeById.accept(extra.getId());
            changes.add("scope " + name + " of " + client + " removed");
        });
    }

    private static String idOf(Map<String, String> scopes, String name) {
        var id = scopes.get(name);
        if (id == null) {
            throw new IllegalArgumentException("The realm file names a client scope that does not exist: " + name);
        }
        return id;
    }

    private void scopeMappings() {
        for (var mapping : wanted.path("scopeMappings")) {
            var client = mapping.get("client").asText();
            roles(
                    realm.clients().get(clientId(client)).getScopeMappings().realmLevel(),
                    realm.roles(),
                    texts(mapping.path("roles")),
                    client);
        }
    }

    /** Exactly the roles of the file: whatever else an account was given in the meantime is taken away. */
    private void serviceAccount(JsonNode account) {
        var name = account.get("serviceAccountClientId").asText();
        var user = realm.clients().get(clientId(name)).getServiceAccountUser();
        var mappings = realm.users().get(user.getId()).roles();
        roles(mappings.realmLevel(), realm.roles(), Set.of(), name);
        account.path("clientRoles").properties().forEach(entry -> {
            var client = clientId(entry.getKey());
            roles(mappings.clientLevel(client), realm.clients().get(client).roles(), texts(entry.getValue()), name);
        });
    }

    private void roles(RoleScopeResource given, RolesResource all, Set<String> names, String whose) {
        var existing = by(given.listAll(), RoleRepresentation::getName);
        var missing = new HashSet<>(names);
        missing.removeAll(existing.keySet());
        if (!missing.isEmpty()) {
            given.add(all.list().stream()
                    .filter(role -> missing.contains(role.getName()))
                    .toList());
            changes.add("roles of " + whose + ": added " + missing);
        }
        existing.keySet().removeAll(names);
        if (!existing.isEmpty()) {
            given.remove(List.copyOf(existing.values()));
            changes.add("roles of " + whose + ": removed " + existing.keySet());
        }
    }

    private String created(String what, java.util.function.Supplier<jakarta.ws.rs.core.Response> request) {
        var id = keycloak.create("create " + what, request).orElseThrow();
        changes.add(what);
        return id;
    }

    private String clientId(String name) {
        return realm.clients().findByClientId(name).stream()
                .map(ClientRepresentation::getId)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The realm has no client " + name));
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static <T> Map<String, T> by(Iterable<T> entries, Function<T, String> name) {
        var map = new LinkedHashMap<String, T>();
        entries.forEach(entry -> map.put(name.apply(entry), entry));
        return map;
    }
}
