package app.recado.devstack;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Makes the demo clinics as their people would: the platform admin onboards, owners set up and invite, receptionists accept and book. Everything
 * goes through the public API, and what is there already stays as it is.
 */
final class DemoSeed {
    private final String api;
    private final KeycloakServer keycloak;

    DemoSeed(String baseUrl, KeycloakServer keycloak) {
        this.api = baseUrl + "/api/v1";
        this.keycloak = keycloak;
    }

    void run() {
        DemoClinic.all().forEach(this::onboard);
        DemoClinic.all().forEach(this::fill);
    }

    private void onboard(DemoClinic clinic) {
        var admin = session(DemoPeople.ADMIN, "");
        var known = admin.items(api + "/organizations?limit=100").stream()
                .anyMatch(one -> one.get("alias").asString().equals(clinic.alias())
                        && one.path("state").asString("active").equals("active"));
        if (known) {
            return;
        }
        var owner = person(clinic.owner());
        admin.create(
                api + "/organizations",
                clinic.alias(),
                Map.of(
                        "name", clinic.name(),
                        "alias", clinic.alias(),
                        "country", clinic.country(),
                        "timeZone", clinic.timeZone(),
                        "locale", clinic.locale(),
                        "visitWord", clinic.visitWord(),
                        "owner", owner));
    }

    private void fill(DemoClinic clinic) {
        var owner = session(clinic.owner(), clinic.alias());
        var base = api + "/organizations/" + owner.organizationId(clinic.alias());
        hire(clinic, owner, base);
        var practitioners = named(owner.items(base + "/practitioners"), "displayName");
        for (var one : clinic.practitioners()) {
            if (!practitioners.containsKey(one.displayName())) {
                practitioners.put(
                        one.displayName(),
                        owner.create(
                                base + "/practitioners",
                                one.displayName(),
                                Map.of("displayName", one.displayName(), "specialty", one.specialty())));
            }
        }
        signIn(clinic, owner, base, practitioners);
        var services = named(owner.items(base + "/healthcare-services"), "name");
        for (var one : clinic.services()) {
            if (!services.containsKey(one.name())) {
                services.put(
                        one.name(),
                        owner.create(
                                base + "/healthcare-services",
                                one.name(),
                                Map.of("name", one.name(), "durationMinutes", one.durationMinutes())));
            }
        }
        if (owner.items(base + "/schedules").isEmpty()) {
            owner.create(
                    base + "/schedules",
                    "clinic",
                    DemoPlan.schedule(
                            LocalDate.now(ZoneId.of(clinic.timeZone())).minusYears(1)));
        }
        openBookingPage(owner, base, services.values());
        publishFlow(owner, base);
        var reception = session(receptionist(clinic), clinic.alias());
        var patients = register(clinic, reception, base);
        new DemoWeek(clinic, reception, base).book(patients, practitioners, services);
        new DemoRecords(clinic, reception, base).fill(patients, practitioners, services);
    }

    /** Everything can be booked at {@code /reservar/ALIAS}; what somebody changed since stays. */
    private static void openBookingPage(Session owner, String base, Collection<JsonNode> services) {
        var url = base + "/booking-page";
        var page =
                Http.send("GET", url, owner.token(), Map.of(), null).orFail(url).body();
        if (page.get("version").asLong() > 0) {
            return;
        }
        var body = Map.<String, Object>of(
                "enabled",
                true,
                "byHand",
                false,
                "noticeMinutes",
                60,
                "horizonDays",
                30,
                "changeNoticeMinutes",
                1440,
                "serviceIds",
                services.stream().map(one -> one.get("id").asString()).toList());
        Http.send("PUT", url, owner.token(), Map.of("If-Match", "\"v0\""), body).orFail("PUT " + url);
    }

    /** The front desk with which a clinic begins answers, unless somebody wrote or published a flow since. */
    private static void publishFlow(Session owner, String base) {
        var flows = owner.items(base + "/flows");
        var untouched = flows.stream()
                .allMatch(flow -> flow.path("publishedVersion").isNull()
                        && flow.get("version").asLong() == 0);
        if (!flows.isEmpty() && untouched) {
            var url = base + "/flows/" + flows.getFirst().get("id").asString() + "/publish";
            Http.send("POST", url, owner.token(), Map.of("If-Match", "\"v0\""), Map.of())
                    .orFail("POST " + url);
        }
    }

    /** Practitioners who are members know their own day. */
    private static void signIn(DemoClinic clinic, Session owner, String base, Map<String, JsonNode> practitioners) {
        var members = named(owner.items(base + "/members"), "email");
        for (var one : clinic.practitioners()) {
            var practitioner = Objects.requireNonNull(practitioners.get(one.displayName()));
            if (one.member() == null || !practitioner.path("memberId").isNull()) {
                continue;
            }
            var url = base + "/practitioners/" + practitioner.get("id").asString() + "/member";
            var member =
                    Objects.requireNonNull(members.get(one.member())).get("id").asString();
            var seen = Map.of("If-Match", "\"v" + practitioner.get("version").asLong() + "\"");
            Http.send("PUT", url, owner.token(), seen, Map.of("memberId", member))
                    .orFail("PUT " + url);
        }
    }

    private void hire(DemoClinic clinic, Session owner, String base) {
        var present = new HashSet<String>();
        owner.items(base + "/members")
                .forEach(member -> present.add(member.path("email").asString("")));
        for (var member : clinic.members()) {
            if (!present.contains(member.email())) {
                var body = new HashMap<String, Object>(person(member.email()));
                body.put("roles", member.roles());
                var invitation = owner.create(base + "/invitations", member.email(), body);
                session(member.email(), "").accept(base, invitation.get("id").asString());
            }
        }
    }

    private static Map<String, JsonNode> register(DemoClinic clinic, Session reception, String base) {
        var known = new HashMap<String, JsonNode>();
        reception
                .search(base + "/patients/search")
                .forEach(patient -> known.put(
                        patient.get("givenName").asString() + " "
                                + patient.get("familyName").asString(),
                        patient));
        for (var patient : clinic.everybody()) {
            if (!known.containsKey(patient.displayName())) {
                var body = new HashMap<String, Object>();
                body.put("givenName", patient.givenName());
                body.put("familyName", patient.familyName());
                body.put("language", clinic.locale());
                if (patient.phone() != null) {
                    body.put("phone", patient.phone());
                }
                if (patient.birthDate() != null) {
                    body.put("birthDate", patient.birthDate().toString());
                }
                known.put(patient.displayName(), reception.create(base + "/patients", patient.displayName(), body));
            }
        }
        return known;
    }

    private static String receptionist(DemoClinic clinic) {
        return clinic.members().stream()
                .filter(member -> member.roles().contains("receptionist"))
                .findFirst()
                .orElseThrow()
                .email();
    }

    private static Map<String, JsonNode> named(List<JsonNode> items, String field) {
        var byName = new java.util.LinkedHashMap<String, JsonNode>();
        items.forEach(item -> byName.put(item.get(field).asString(), item));
        return byName;
    }

    /** Name and e-mail of a demo account, from the overlay that makes it. */
    private static Map<String, Object> person(String email) {
        var user = Realm.development()
                .get("users")
                .valueStream()
                .filter(one -> one.path("email").asString("").equals(email))
                .findFirst()
                .orElseThrow();
        return Map.of(
                "email", email,
                "givenName", user.get("firstName").asString(),
                "familyName", user.get("lastName").asString());
    }

    private Session session(String username, String alias) {
        return new Session(api, alias, keycloak.token(username));
    }

    /** One person at work in one clinic. */
    record Session(String api, String alias, String token) {

        String organizationId(String organizationAlias) {
            var me = Http.send("GET", api + "/me", token, Map.of(), null).orFail("me");
            return me.body()
                    .get("organizations")
                    .valueStream()
                    .filter(one -> one.get("alias").asString().equals(organizationAlias))
                    .findFirst()
                    .orElseThrow(() -> new DevstackException("Not a member of " + organizationAlias))
                    .get("id")
                    .asString();
        }

        List<JsonNode> items(String url) {
            return Http.send("GET", url, token, Map.of(), null)
                    .orFail(url)
                    .body()
                    .get("items")
                    .valueStream()
                    .toList();
        }

        /** All pages of a search for everybody. */
        List<JsonNode> search(String url) {
            var found = new ArrayList<JsonNode>();
            var body = new HashMap<String, Object>(Map.of("limit", 100));
            while (true) {
                var page = Http.send("POST", url, token, Map.of(), body)
                        .orFail(url)
                        .body();
                page.get("items").forEach(found::add);
                if (!page.path("nextCursor").isString()) {
                    return found;
                }
                body.put("cursor", page.get("nextCursor").asString());
            }
        }

        /** Creates under a key made of clinic, route and name: run again, the API answers what it answered then. */
        JsonNode create(String url, String name, Map<String, Object> body) {
            return tryCreate(url, name, body).orFail("POST " + url).body();
        }

        Http.Answer tryCreate(String url, String name, Map<String, Object> body) {
            var key = UUID.nameUUIDFromBytes(("recado-demo " + url.substring(api.length()) + " " + name + " " + body)
                    .getBytes(StandardCharsets.UTF_8));
            return Http.send("POST", url, token, Map.of("Idempotency-Key", key.toString()), body);
        }

        /** Accepts an invitation to the clinic at {@code base}. */
        void accept(String base, String invitation) {
            var organization = base.substring(base.lastIndexOf('/') + 1);
            Http.send(
                            "POST",
                            api + "/me/invitations/" + organization + "/" + invitation + "/accept",
                            token,
                            Map.of(),
                            null)
                    .orFail("accept an invitation");
        }

        /** An action on the record as it was last seen; answers the record afterwards. */
        JsonNode act(String url, JsonNode record, Map<String, Object> body) {
            var match = Map.of("If-Match", "\"v" + record.get("version").asString() + "\"");
            return Http.send("POST", url, token, match, body.isEmpty() ? null : body)
                    .orFail("POST " + url)
                    .body();
        }
    }
}
