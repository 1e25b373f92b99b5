package app.recado.devstack;

import app.recado.devstack.WebhookReceiver.Habits;
import app.recado.devstack.WebhookReceiver.Manner;
import app.recado.devstack.WebhookSoakVerdict.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./dev soak --webhooks [--events N] [--short]}: one clinic tells receivers that hang, drip bytes, flood, answer too
 * late, point elsewhere, hang up, are ill for a while, or whose name leads into our own network by the time they are called; and
 * one that just answers. Another clinic has only such a one. Visits are booked in both; then it counts who was told of what, and
 * when. {@code --short} has little patience and few events.
 */
final class WebhookSoak {

    private static final String TYPE = "appointment.booked";
    private static final String MOVING_NAME = "receiver.recado-soak.example";

    /** Of the addresses that documentation uses: public by every rule, and nobody's. */
    private static final String FOREIGN_ADDRESS = "203.0.113.10";

    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);
    private static final int VISITS_A_DAY = 30;

    /**
     * How long things may take.
     *
     * @param events booked in each clinic
     * @param answer how long Recado waits for an answer
     * @param rest how long it is waited for what is still on its way
     */
    private record Patience(int events, Duration answer, Habits habits, Duration rest) {

        static Patience of(List<String> words, String elsewhere) {
            return words.contains("--short")
                    ? new Patience(
                            events(words, 20),
                            Duration.ofSeconds(3),
                            new Habits(Duration.ofSeconds(8), Duration.ofSeconds(3), elsewhere),
                            Duration.ofSeconds(90))
                    : new Patience(
                            events(words, 200),
                            Duration.ofSeconds(15),
                            new Habits(Duration.ofSeconds(40), Duration.ofSeconds(60), elsewhere),
                            Duration.ofMinutes(12));
        }

        private static int events(List<String> words, int usual) {
            int at = words.indexOf("--events");
            return at < 0 ? usual : Integer.parseInt(words.get(at + 1));
        }
    }

    private final Stack stack;
    private final Path names;
    private final Patience patience;
    private final Map<Manner, WebhookReceiver> receivers = new EnumMap<>(Manner.class);
    private final Map<Manner, String> endpoints = new EnumMap<>(Manner.class);

    /** Where a followed redirect would end, and the address that the moving name comes to lead to. */
    private final WebhookReceiver trap;

    private WebhookSoak(Stack stack, Path names, Patience patience, WebhookReceiver trap) {
        this.stack = stack;
        this.names = names;
        this.patience = patience;
        this.trap = trap;
    }

    static int run(List<String> words) {
        var data = Folders.temporary("webhooks");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        try (var trap = new WebhookReceiver(Manner.ANSWERS, new Habits(Duration.ZERO, Duration.ZERO, ""));
                var stack = Stack.ephemeral()) {
            return new WebhookSoak(stack, data.resolve("hosts"), Patience.of(words, trap.url()), trap).go();
        }
    }

    private int go() {
        nameLeadsTo(FOREIGN_ADDRESS);
        // The JVM looks names up in this file, anew each time; everything else it calls here is on localhost.
        stack.backend()
                .restart(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Djdk.net.hosts.file=" + names + " -Dsun.net.inetaddr.ttl=0",
                        "RECADO_WEBHOOKS_ANSWERTIMEOUT",
                        patience.answer().toSeconds() + "s"));
        var mine = Clinic.open(stack, 0, "cola");
        var neighbour = Clinic.open(stack, 1, "vecina");
        try (var quick = new WebhookReceiver(Manner.ANSWERS, patience.habits())) {
            for (var manner : Manner.values()) {
                var receiver = new WebhookReceiver(manner, patience.habits());
                receivers.put(manner, receiver);
                endpoints.put(manner, mine.endpoint(receiver.url()));
            }
            var moving = mine.endpoint("https://" + MOVING_NAME + ":" + trap.port() + "/moving");
            neighbour.endpoint(quick.url());
            // Checked while it led elsewhere; called when it leads here.
            nameLeadsTo("127.0.0.1");

            System.out.printf("%d visits in each of two clinics, %s%n", patience.events(), receivers.keySet());
            var ofMine = new HashMap<String, Long>();
            var ofNeighbour = new HashMap<String, Long>();
            for (int i = 0; i < patience.events(); i++) {
                mine.book(i, ofMine);
                neighbour.book(i, ofNeighbour);
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            awaitTold(quick, ofNeighbour);
            for (var manner : List.of(Manner.ANSWERS, Manner.FLOODS, Manner.RECOVERS)) {
                awaitTold(of(manner), ofMine);
            }
            return judge(mine, moving, ofMine, quick, ofNeighbour);
        } finally {
            receivers.values().forEach(WebhookReceiver::close);
        }
    }

    private void awaitTold(WebhookReceiver receiver, Map<String, Long> events) {
        if (!Waiting.until(patience.rest(), () -> receiver.taken().keySet().containsAll(events.keySet()))) {
            System.out.println("  " + receiver.url() + " still does not know everything");
        }
    }

    private int judge(
            Clinic mine,
            String moving,
            Map<String, Long> ofMine,
            WebhookReceiver quick,
            Map<String, Long> ofNeighbour) {
        var verdict = new WebhookSoakVerdict();
        verdict.told("another clinic's", ofNeighbour, quick.taken(), Limit.of(Duration.ofSeconds(5)));
        // The first events meet receivers of which nobody knows yet that they hang: one time-out, not one for each
        // event.
        verdict.told(
                "the same clinic's",
                ofMine,
                of(Manner.ANSWERS).taken(),
                Limit.of(patience.answer().plusSeconds(5)));
        verdict.told("floods", ofMine, of(Manner.FLOODS).taken(), Limit.none());
        verdict.told("recovers", ofMine, of(Manner.RECOVERS).taken(), Limit.none());
        for (var manner : List.of(Manner.HANGS, Manner.DRIPS, Manner.LATE, Manner.REDIRECTS, Manner.HANGS_UP)) {
            var name = manner.name().toLowerCase(Locale.ROOT);
            verdict.say("| %s | %d | %d asked | | | |"
                    .formatted(name, ofMine.size(), of(manner).requests()));
            verdict.mustBe(of(manner).requests() > 0, name + " was never asked");
            verdict.mustBe(mine.deliveries(endpoint(manner), "delivered").isEmpty(), name + " counts as told");
            verdict.mustBe(
                    mine.deliveries(endpoint(manner), "failed").isEmpty(), name + " was given up within minutes");
        }
        var causes = mine.deliveries(moving, "pending").stream()
                .map(delivery -> delivery.path("lastCause").asString("none"))
                .distinct()
                .toList();
        verdict.say("| a name that moved | %d | not called: %s | | | |".formatted(ofMine.size(), causes));
        verdict.mustBe(causes.contains("address-not-public"), "the name that moved was not noticed: " + causes);
        verdict.mustBe(trap.requests() == 0, "what must not be called was called " + trap.requests() + " times");
        return verdict.report(System.out);
    }

    private WebhookReceiver of(Manner manner) {
        var receiver = receivers.get(manner);
        if (receiver == null) {
            throw new IllegalStateException("No receiver " + manner);
        }
        return receiver;
    }

    private String endpoint(Manner manner) {
        return endpoints.getOrDefault(manner, "");
    }

    private void nameLeadsTo(String address) {
        try {
            // This machine's own name too: programs ask for it when they start.
            var here = InetAddress.getLocalHost().getHostName();
            Files.writeString(
                    names, "127.0.0.1 localhost\n127.0.0.1 " + here + "\n" + address + " " + MOVING_NAME + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clinic that books and nothing else: no line, and patients without a phone. */
    private static final class Clinic {
        private final Stack stack;
        private final String owner;
        private final String base;
        private final String practitioner;
        private final String service;
        private final String patient;
        private String token;
        private long signedInAt = System.nanoTime();

        private Clinic(Stack stack, String owner, String base) {
            this.stack = stack;
            this.owner = owner;
            this.base = base;
            this.token = stack.keycloak().token(owner);
            this.practitioner = CrashClinic.create(base + "/practitioners", token, Map.of("displayName", "Dra. Cola"));
            this.service = CrashClinic.create(
                    base + "/healthcare-services", token, Map.of("name", "Control", "durationMinutes", 15));
            this.patient = CrashClinic.create(
                    base + "/patients", token, Map.of("givenName", "Paciente", "familyName", "De Prueba"));
        }

        static Clinic open(Stack stack, int demo, String alias) {
            var owner = DemoClinic.all().get(demo).owner();
            var created = Http.send(
                            "POST",
                            stack.apiUrl() + "/organizations",
                            stack.keycloak().token(DemoPeople.ADMIN),
                            CrashClinic.key(),
                            Map.of(
                                    "name",
                                    "Clínica " + alias,
                                    "alias",
                                    alias,
                                    "country",
                                    "AR",
                                    "timeZone",
                                    CrashClinic.ZONE.getId(),
                                    "locale",
                                    "es",
                                    "owner",
                                    Map.of("email", owner, "givenName", "Valentina", "familyName", "Ríos")))
                    .orFail("onboarding");
            return new Clinic(stack, owner, stack.apiUrl() + "/organizations/" + created.createdId());
        }

        private String token() {
            if (System.nanoTime() - signedInAt > TOKEN_LIFE.toNanos()) {
                signedInAt = System.nanoTime();
                token = stack.keycloak().token(owner);
            }
            return token;
        }

        String endpoint(String url) {
            return CrashClinic.create(
                    base + "/webhook-endpoints",
                    token(),
                    Map.of("url", url, "description", "Soak", "eventTypes", List.of(TYPE), "active", true));
        }

        /** Books a visit and notes when it was there, at the latest. */
        void book(int number, Map<String, Long> happened) {
            var start = ZonedDateTime.of(
                    LocalDate.now(CrashClinic.ZONE).plusDays(3 + number / VISITS_A_DAY),
                    LocalTime.of(9, 0).plusMinutes(15L * (number % VISITS_A_DAY)),
                    CrashClinic.ZONE);
            var id = CrashClinic.create(
                    base + "/appointments",
                    token(),
                    Map.of(
                            "patientId",
                            patient,
                            "practitionerId",
                            practitioner,
                            "healthcareServiceId",
                            service,
                            "start",
                            start.toInstant().toString()));
            happened.put(id, System.nanoTime());
        }

        /** What an endpoint was told, by what became of it; the latest ones. */
        List<JsonNode> deliveries(String endpoint, String state) {
            var found = new ArrayList<JsonNode>();
            Http.send(
                            "GET",
                            base + "/webhook-endpoints/" + endpoint + "/deliveries?state=" + state,
                            token(),
                            Map.of(),
                            null)
                    .orFail("deliveries")
                    .body()
                    .path("items")
                    .forEach(found::add);
            return found;
        }
    }
}
