package app.recado.kernel.keycloak;

import app.recado.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.idm.UserSessionRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Organizations, their members and their members' roles in Keycloak. Every call may be repeated: "exists already" counts as
 * done. It can neither change nor see credentials, never touches realm roles, removes accounts with their
 * last organization only, and writes nothing of an existing account but
 * that it has to set up a second factor and, while nobody has signed in with it, what its first mail says. Anything unexpected is {@code identity-unavailable}; the operation is resumed by repeating it. What Keycloak refuses about an
 * account is {@code invalid-fields}: a repetition would be refused again.
 */
public final class OrganizationDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrganizationDirectory.class);

    /** Members of one organization at most; nobody pages through them. */
    private static final int MAX_MEMBERS = 500;

    private static final int EVENTS_AT_ONCE = 500;

    /** As long as an invitation to a clinic counts. */
    private static final int LINK_SECONDS = 7 * 24 * 3600;

    private static final String PASSWORD = "UPDATE_PASSWORD";
    /** What the first mail says: an attribute that the realm's mail shows and that only administrators see. */
    private static final String FIRST_MAIL = "recadoInvitation";

    private static final String SET_UP_TOTP = "CONFIGURE_TOTP";

    /** Passkeys are one by themselves. */
    private static final Set<String> SECOND_FACTORS = Set.of("otp", "webauthn", "webauthn-passwordless");

    private static final List<String> FIRST_ACTIONS = List.of(PASSWORD, "VERIFY_EMAIL");

    /**
     * An account.
     *
     * @param email null for service accounts
     * @param withoutPassword nobody has ever chosen a password for it: it waits for its first mail
     */
    public record Account(
            UUID id,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            boolean withoutPassword) {

        /** Given name and family name as far as known, maybe empty. */
        public String name() {
            return String.join(" ", Objects.requireNonNullElse(firstName, ""), Objects.requireNonNullElse(lastName, ""))
                    .strip();
        }

        private static Account of(UserRepresentation user) {
            var required = user.getRequiredActions();
            return new Account(
                    UUID.fromString(user.getId()),
                    user.getEmail(),
                    user.getFirstName(),
                    user.getLastName(),
                    Boolean.FALSE.equals(user.isEmailVerified()) && required != null && required.contains(PASSWORD));
        }
    }

    /**
     * A browser or device in which somebody signed in.
     *
     * @param address whence it was begun; null when Keycloak does not know
     * @param lastUsedAt to some minutes
     */
    public record Session(String id, @Nullable String address, Instant startedAt, Instant lastUsedAt) {

        private static Session of(UserSessionRepresentation session) {
            return new Session(
                    session.getId(),
                    session.getIpAddress(),
                    Instant.ofEpochMilli(session.getStart()),
                    Instant.ofEpochMilli(session.getLastAccess()));
        }
    }

    /**
     * Something that an account did at Keycloak.
     *
     * @param session null when it belongs to none
     * @param address whence; null when Keycloak does not know
     * @param detail why it failed, or which credential it was about: a code of Keycloak's own; null for none
     */
    public record SignInEvent(
            String id,
            Kind kind,
            Instant at,
            UUID account,
            @Nullable String session,
            @Nullable String address,
            @Nullable String detail) {

        /** What they did. */
        public enum Kind {
            SIGNED_IN,
            SIGN_IN_FAILED,
            SIGNED_OUT,
            CREDENTIAL_CHANGED,
            CREDENTIAL_REMOVED;

            /** As it stands in rows. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        private static final Map<String, Kind> KINDS = Map.of(
                "LOGIN", Kind.SIGNED_IN,
                "LOGIN_ERROR", Kind.SIGN_IN_FAILED,
                "LOGOUT", Kind.SIGNED_OUT,
                "UPDATE_CREDENTIAL", Kind.CREDENTIAL_CHANGED,
                "REMOVE_CREDENTIAL", Kind.CREDENTIAL_REMOVED);

        private static Optional<SignInEvent> of(EventRepresentation event) {
            var kind = KINDS.get(event.getType());
            if (kind == null || event.getUserId() == null || event.getId() == null) {
                return Optional.empty();
            }
            var details = Objects.requireNonNullElse(event.getDetails(), Map.<String, String>of());
            return Optional.of(new SignInEvent(
                    event.getId(),
                    kind,
                    Instant.ofEpochMilli(event.getTime()),
                    UUID.fromString(event.getUserId()),
                    event.getSessionId(),
                    event.getIpAddress(),
                    kind == Kind.SIGN_IN_FAILED ? event.getError() : details.get("credential_type")));
        }
    }

    /**
     * Where Keycloak is and who asks.
     *
     * @param url Keycloak's address as this process reaches it
     * @param realm the realm, in which the service account lives too
     * @param apiClient internal id of the client whose roles the groups grant: a service account may map roles without being
     *     allowed to look the client up
     * @param connect how long connecting may take
     * @param read how long Keycloak may be silent during an answer
     */
    public record Access(
            String url,
            String realm,
            String clientId,
            String clientSecret,
            String apiClient,
            Duration connect,
            Duration read) {

        @Override
        public String toString() {
            return "Access[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
        }
    }

    private final Access access;
    private final KeycloakConnection keycloak;

    /** Opens nothing yet: Keycloak may start later than this process. */
    public OrganizationDirectory(Access access) {
        this.access = access;
        this.keycloak = new KeycloakConnection(
                access.url(),
                access.realm(),
                access.clientId(),
                access.clientSecret(),
                access.connect(),
                access.read());
    }

    /**
     * Creates an organization, or finds it when an earlier try already did.
     *
     * @param reference name and value of an attribute by which a repetition knows its own work
     * @return its id; empty when another organization holds the alias
     */
    public Optional<UUID> organization(Map.Entry<String, String> reference, String alias, String displayName) {
        var wanted = new OrganizationRepresentation();
        wanted.setName(alias);
        wanted.setAlias(alias);
        wanted.setDescription(displayName);
        wanted.setEnabled(true);
        wanted.setAttributes(Map.of(reference.getKey(), List.of(reference.getValue())));
        return usable(() -> keycloak.create(
                        "create an organization", () -> realm().organizations().create(wanted), 409))
                .or(() -> byAttribute(reference))
                .map(UUID::fromString);
    }

    private Optional<String> byAttribute(Map.Entry<String, String> reference) {
        return ask(
                        "find an organization",
                        () ->
                                realm()
                                        .organizations()
                                        .searchByAttribute(reference.getKey() + ":" + reference.getValue())
                                        .stream()
                                        .findFirst())
                .map(OrganizationRepresentation::getId);
    }

    /** Makes sure the organization has one group per role, and that each group grants its role of the API's client. */
    public void roleGroups(UUID organization, List<String> roles) {
        for (var role : roles) {
            var group = new GroupRepresentation();
            group.setName(role);
            send("create a group", () -> of(organization).groups().addTopLevelGroup(group), 409);
        }
        for (var group : groups(organization)) {
            ask("give a group its role", () -> grantOwnRole(organization, group));
        }
    }

    private boolean grantOwnRole(UUID organization, GroupRepresentation group) {
        var mappings = of(organization).groups().group(group.getId()).roles().clientLevel(access.apiClient());
        var missing = mappings.listAvailable().stream()
                .filter(role -> role.getName().equals(group.getName()))
                .toList();
        if (!missing.isEmpty()) {
            mappings.add(missing);
        }
        return true;
    }

    /** The account with exactly this address. */
    public Optional<Account> findByEmail(String email) {
        return ask("find an account", () -> realm().users().searchByEmail(email.toLowerCase(Locale.ROOT), true))
                .stream()
                .findFirst()
                .map(Account::of);
    }

    /** Whether an account has a role of the realm, directly or by another role. */
    public boolean hasRealmRole(UUID account, String role) {
        return ask(
                        "read an account's roles",
                        () -> realm().users()
                                .get(account.toString())
                                .roles()
                                .realmLevel()
                                .listEffective())
                .stream()
                .map(RoleRepresentation::getName)
                .anyMatch(role::equals);
    }

    /** A new account without a password; {@link #sendFirstEmail} lets the person choose one. */
    public Account create(String email, String givenName, String familyName, String locale) {
        var user = new UserRepresentation();
        user.setUsername(email.toLowerCase(Locale.ROOT));
        user.setEmail(email.toLowerCase(Locale.ROOT));
        user.setFirstName(givenName);
        user.setLastName(familyName);
        user.setEnabled(true);
        user.setEmailVerified(false);
        user.setRequiredActions(FIRST_ACTIONS);
        user.setAttributes(Map.of("locale", List.of(locale)));
        try {
            return keycloak.create("create an account", () -> realm().users().create(user), 409)
                    .map(id -> new Account(UUID.fromString(id), email, givenName, familyName, true))
                    .or(() -> findByEmail(email))
                    .orElseThrow(() -> unavailable("an account was created by somebody else and is not found"));
        } catch (KeycloakException e) {
            if (e.status() == 400) {
                // A realm may have rules of its own for accounts. Repeating would be refused for ever.
                throw Problem.INVALID_FIELDS.because("The sign-in service does not take this name or address");
            }
            throw unavailable(e);
        }
    }

    /**
     * Asks a new person to choose a password, in one mail with whatever else they are to know.
     *
     * @param words what the mail says before its link, in the account's language; paragraphs, an empty line between them
     * @param client the client they return to afterwards; null leaves them at Keycloak
     * @param returnTo an address of that client
     * @return false when no mail could be sent; repeating sends it later
     */
    public boolean sendFirstEmail(UUID account, String words, @Nullable String client, @Nullable String returnTo) {
        try {
            keycloak.run("send a first e-mail", () -> {
                var person = realm().users().get(account.toString());
                var known = person.toRepresentation();
                person.update(known.singleAttribute(FIRST_MAIL, words));
                person.executeActionsEmail(client, returnTo, LINK_SECONDS, FIRST_ACTIONS);
            });
            return true;
        } catch (KeycloakException e) {
            if (e.status() != 0) {
                return false;
            }
            throw unavailable(e);
        }
    }

    /** Joins as an unmanaged member: leaving later never deletes the account. */
    public void join(UUID organization, UUID account) {
        send("add a member", () -> of(organization).members().addMember(account.toString()), 409);
    }

    /** Ends a membership; done when there is none. */
    public void leave(UUID organization, UUID account) {
        send("remove a member", () -> of(organization).members().removeMember(account.toString()), 404);
    }

    /** The account, when it is a member of the organization. */
    public Optional<Account> member(UUID organization, UUID account) {
        return usable(() -> keycloak.unless(
                        "read a member",
                        () -> of(organization)
                                .members()
                                .member(account.toString())
                                .toRepresentation(),
                        404))
                .filter(OrganizationDirectory::isPerson)
                .map(Account::of);
    }

    /** All people, at most {@value #MAX_MEMBERS}. */
    public List<Account> members(UUID organization) {
        return ask("list members", () -> of(organization).members().list(0, MAX_MEMBERS)).stream()
                .filter(OrganizationDirectory::isPerson)
                .map(Account::of)
                .toList();
    }

    /** API clients are members too, with an account that the identity server names after them. */
    private static boolean isPerson(UserRepresentation member) {
        return member.getUsername() == null || !member.getUsername().startsWith("service-account-");
    }

    /** The members in the group of a role. */
    public List<UUID> holders(UUID organization, String role) {
        var group = group(organization, role);
        return ask(
                        "list members of a role",
                        () -> of(organization).groups().group(group).getMembers(0, MAX_MEMBERS, true))
                .stream()
                .map(member -> UUID.fromString(member.getId()))
                .toList();
    }

    /** Puts a member into the group of a role; done when they are in it. */
    public void grant(UUID organization, UUID account, String role) {
        var group = group(organization, role);
        usable(() -> {
            keycloak.run(
                    "give a role", () -> of(organization).groups().group(group).addMember(account.toString()), 409);
            return true;
        });
    }

    /** Takes a member out of the group of a role; done when they are not in it. */
    public void revoke(UUID organization, UUID account, String role) {
        var group = group(organization, role);
        usable(() -> {
            keycloak.run(
                    "take a role", () -> of(organization).groups().group(group).removeMember(account.toString()), 404);
            return true;
        });
    }

    /**
     * Has an account set up a second factor at its next sign-in, when it has nothing but a password.
     *
     * @return whether it has none yet
     */
    public boolean requireSecondFactor(UUID account) {
        return ask("require a second factor", () -> {
            var user = realm().users().get(account.toString());
            if (user.credentials().stream().anyMatch(credential -> SECOND_FACTORS.contains(credential.getType()))) {
                return false;
            }
            var known = user.toRepresentation();
            var actions =
                    new LinkedHashSet<>(Objects.requireNonNullElse(known.getRequiredActions(), List.<String>of()));
            if (actions.add(SET_UP_TOTP)) {
                known.setRequiredActions(List.copyOf(actions));
                user.update(known);
            }
            return true;
        });
    }

    /**
     * Removes an organization for good, and the accounts of people who belong to no other one; done when there is none.
     *
     * @param kept a role of the realm whose accounts stay
     */
    public void remove(UUID organization, String kept) {
        for (var people = stillThere(organization); !people.isEmpty(); people = stillThere(organization)) {
            for (var person : people) {
                if (hasRealmRole(person, kept) || belongsElsewhere(person)) {
                    leave(organization, person);
                } else {
                    send("remove an account", () -> realm().users().delete(person.toString()), 404);
                }
            }
        }
        send("remove an organization", () -> of(organization).delete(), 404);
    }

    private List<UUID> stillThere(UUID organization) {
        return usable(() -> keycloak.unless(
                        "list members", () -> of(organization).members().list(0, MAX_MEMBERS), 404))
                .orElseGet(List::of)
                .stream()
                .filter(OrganizationDirectory::isPerson)
                .map(member -> UUID.fromString(member.getId()))
                .toList();
    }

    private boolean belongsElsewhere(UUID account) {
        return organizationsOf(account).size() > 1;
    }

    /** The account with this id. */
    public Optional<Account> account(UUID id) {
        return usable(() -> keycloak.unless(
                        "read an account",
                        () -> realm().users().get(id.toString()).toRepresentation(),
                        404))
                .map(Account::of);
    }

    /** The organizations to which an account belongs; none for one that there is not. */
    public List<UUID> organizationsOf(UUID account) {
        return usable(() -> keycloak.unless(
                        "list an account's organizations",
                        () -> realm().organizations().members().getOrganizations(account.toString()),
                        404))
                .orElseGet(List::of)
                .stream()
                .map(organization -> UUID.fromString(organization.getId()))
                .toList();
    }

    /** What accounts did between two moments, the first first. Events that name no account are left out. */
    public List<SignInEvent> signIns(Instant from, Instant to) {
        var events = new ArrayList<SignInEvent>();
        int asked = 0;
        while (true) {
            int first = asked;
            var some = ask(
                    "list events",
                    () -> realm().getEvents(
                                    List.copyOf(SignInEvent.KINDS.keySet()),
                                    null,
                                    null,
                                    from.toEpochMilli(),
                                    to.toEpochMilli(),
                                    null,
                                    first,
                                    EVENTS_AT_ONCE,
                                    "asc"));
            some.stream().map(SignInEvent::of).flatMap(Optional::stream).forEach(events::add);
            asked += some.size();
            if (some.size() < EVENTS_AT_ONCE) {
                return events;
            }
        }
    }

    /** Where an account is signed in; empty for an account that there is not. */
    public List<Session> sessions(String account) {
        return usable(() -> keycloak.unless(
                        "list sessions", () -> realm().users().get(account).getUserSessions(), 404))
                .orElseGet(List::of)
                .stream()
                .map(Session::of)
                .toList();
    }

    /** Ends a session; done when there is none. */
    public void endSession(String session) {
        usable(() -> {
            keycloak.run("end a session", () -> realm().deleteSession(session, false), 404);
            return true;
        });
    }

    /** Ends all sessions of an account; done when there is no such account. */
    public void endSessions(String account) {
        usable(() -> {
            keycloak.run("end all sessions", () -> realm().users().get(account).logout(), 404);
            return true;
        });
    }

    @Override
    public void close() {
        keycloak.close();
    }

    private String group(UUID organization, String role) {
        return groups(organization).stream()
                .filter(group -> group.getName().equals(role))
                .map(GroupRepresentation::getId)
                .findFirst()
                .orElseThrow(() -> unavailable("an organization lacks the group of a role"));
    }

    private List<GroupRepresentation> groups(UUID organization) {
        return ask("list groups", () -> of(organization).groups().getAll(null, null, null, 0, 100, true, false))
                .stream()
                .sorted(Comparator.comparing(GroupRepresentation::getName))
                .toList();
    }

    private RealmResource realm() {
        return keycloak.realm(access.realm());
    }

    private OrganizationResource of(UUID organization) {
        return realm().organizations().get(organization.toString());
    }

    private <T> T ask(String what, Supplier<T> request) {
        return usable(() -> keycloak.call(what, request));
    }

    private void send(String what, Supplier<jakarta.ws.rs.core.Response> request, int... alsoDone) {
        usable(() -> {
            keycloak.send(what, request, alsoDone);
            return true;
        });
    }

    private static <T> T usable(Supplier<T> request) {
        try {
            return request.get();
        } catch (KeycloakException e) {
            throw unavailable(e);
        }
    }

    /** The explanation may name a person: only what was tried and the status are logged. */
    private static RuntimeException unavailable(KeycloakException e) {
        return unavailable(e.status() == 0 ? "no answer" : "answered " + e.status());
    }

    private static RuntimeException unavailable(String why) {
        LOG.warn("The identity server is not usable: {}", why);
        return Problem.IDENTITY_UNAVAILABLE.because("Repeat the same request; it continues where it stopped");
    }
}
