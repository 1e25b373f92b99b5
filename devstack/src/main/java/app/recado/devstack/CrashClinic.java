package app.recado.devstack;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A clinic with one practitioner, one service and a linked line, in which crash runs take place. */
final class CrashClinic implements SoakPhones {

    static final ZoneId ZONE = ZoneId.of("America/Argentina/Buenos_Aires");
    static final String LINE_PHONE = "+5491150000001";
    static final Set<String> SETTLED = Set.of("sent", "delivered", "read", "failed", "unknown");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);
    private static final Duration DYING = Duration.ofSeconds(5);
    private static final Duration PHONE = Duration.ofSeconds(10);

    private final Stack stack;
    private final String base;
    private final String practitioner;
    private final String service;
    private final String line;
    private final String linePhone;
    private String token;
    private long signedInAt;

    private CrashClinic(
            Stack stack,
            String base,
            String token,
            String practitioner,
            String service,
            String line,
            String linePhone) {
        this.token = token;
        this.signedInAt = System.nanoTime();
        this.stack = stack;
        this.base = base;
        this.practitioner = practitioner;
        this.service = service;
        this.line = line;
        this.linePhone = linePhone;
    }

    static CrashClinic open(Stack stack) {
        return open(stack, "Clínica de los Cortes", "cortes", LINE_PHONE);
    }

    /** One of several of the same owner, each with a phone of its own. */
    static CrashClinic open(Stack stack, String name, String alias, String linePhone) {
        var api = stack.apiUrl();
        var owner = DemoClinic.all().getFirst().owner();
        var created = Http.send(
                        "POST",
                        api + "/organizations",
                        stack.keycloak().token(DemoPeople.ADMIN),
                        key(),
                        Map.of(
                                "name",
                                name,
                                "alias",
                                alias,
                                "country",
                                "AR",
                                "timeZone",
                                ZONE.getId(),
                                "locale",
                                "es",
                                "owner",
                                Map.of("email", owner, "givenName", "Valentina", "familyName", "Ríos")))
                .orFail("onboarding");
        var base = api + "/organizations/" + created.createdId();
        var token = stack.keycloak().token(owner);
        var practitioner = create(base + "/practitioners", token, Map.of("displayName", "Dra. Corte"));
        var service = create(base + "/healthcare-services", token, Map.of("name", "Control", "durationMinutes", 15));
        var line = create(base + "/whatsapp-lines", token, Map.of("name", "Recepción"));
        var clinic = new CrashClinic(stack, base, token, practitioner, service, line, linePhone);
        clinic.pair();
        return clinic;
    }

    static String create(String url, String token, Map<String, Object> body) {
        return Http.send("POST", url, token, key(), body).orFail("POST " + url).createdId();
    }

    /** An id as a patient's phone chooses them. */
    static String messageId() {
        return "3A"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 18).toUpperCase(Locale.ROOT);
    }

    static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Signs in anew well before a token ends: signing in costs more than anything else these runs ask for. */
    synchronized String token() {
        if (System.nanoTime() - signedInAt > TOKEN_LIFE.toNanos()) {
            signedInAt = System.nanoTime();
            token = stack.keycloak().token(DemoClinic.all().getFirst().owner());
        }
        return token;
    }

    private void pair() {
        var token = token();
        Http.send("POST", base + "/whatsapp-lines/" + line + "/start", token, key(), Map.of())
                .orFail("start");
        var scanned = Waiting.until(START, () -> {
            var code = line(token).path("qr").path("value").asString("");
            return !code.isEmpty()
                    && phone("/admin/phones/" + linePhone + "/scan-qr", Map.of("qr", code))
                            .ok();
        });
        if (!scanned) {
            throw new DevstackException("The line never showed a code that could be scanned");
        }
        awaitLinked();
    }

    /** Waits until the line can send again. */
    void awaitLinked() {
        var token = token();
        if (!Waiting.until(START, () -> isLinked(token))) {
            throw new DevstackException("The line did not come back: " + line(token));
        }
    }

    /** Waits until the line can send again, or until the part that is meant to die has died. */
    void awaitLinkedOrDead(RestartableServer victim) {
        var token = token();
        Waiting.until(START, () -> !victim.isAlive() || isLinked(token));
    }

    private boolean isLinked(String token) {
        return line(token).path("state").asString("").equals("linked")
                && line(token).path("gatewayReachable").asBoolean(false)
                && gatewayLinked();
    }

    private boolean gatewayLinked() {
        return Http.send(
                        "GET",
                        stack.gatewayUrl() + "/lines/" + line,
                        stack.gateway().token(),
                        Map.of(),
                        null)
                .body()
                .path("state")
                .asString("")
                .equals("linked");
    }

    private JsonNode line(String token) {
        return Http.send("GET", base + "/whatsapp-lines/" + line, token, Map.of(), null)
                .body();
    }

    String base() {
        return base;
    }

    /** What the simulated phones answer. */
    JsonNode phones(String path) {
        return Http.send(
                        "GET", stack.simulator().url() + path, stack.simulator().token(), Map.of(), null)
                .orFail(path)
                .body();
    }

    @Override
    public List<JsonNode> inbox() {
        return phones("/admin/inbox").path("items").valueStream().toList();
    }

    @Override
    public void write(String phone, String id, String text) {
        phone("/admin/contacts/" + phone + "/send", Map.of("to", linePhone, "id", id, "text", text))
                .orFail("answer");
    }

    String practitioner() {
        return practitioner;
    }

    String service() {
        return service;
    }

    Http.Answer phone(String path, Map<String, Object> body) {
        return Http.send(
                "POST", stack.simulator().url() + path, stack.simulator().token(), Map.of(), body);
    }

    /** The patients and visits of one run, on a day of their own. */
    Scene scene(int number, int visits) {
        var token = token();
        var day = LocalDate.now(ZONE).plusDays(3 + number);
        var all = new ArrayList<Visit>();
        for (int i = 0; i < visits; i++) {
            var phone = "+54911%04d%04d".formatted(5100 + number, i + 1);
            var patient = create(
                    base + "/patients",
                    token,
                    Map.of("givenName", "Paciente " + number, "familyName", "Número " + i, "phone", phone));
            all.add(new Visit(
                    patient, phone, ZonedDateTime.of(day, LocalTime.of(9, 0).plusMinutes(20L * i), ZONE)));
        }
        return new Scene(all);
    }

    private static final class Visit {
        final String patient;
        final String phone;
        final ZonedDateTime start;
        final String key = UUID.randomUUID().toString();
        final String answerId = messageId();

        @Nullable String appointment;

        boolean answered;

        Visit(String patient, String phone, ZonedDateTime start) {
            this.patient = patient;
            this.phone = phone;
            this.start = start;
        }
    }

    /** What one run added up to. */
    record Counts(int bookings, int received, int unknown, int answers, List<String> complaints) {
        Counts with(String complaint) {
            var all = new ArrayList<>(complaints);
            all.add(complaint);
            return new Counts(bookings, received, unknown, answers, all);
        }
    }

    /** One run's visits, from booking to counting. */
    final class Scene {
        private final List<Visit> visits;

        Scene(List<Visit> visits) {
            this.visits = visits;
        }

        /** Books what is not acknowledged yet, always under the same key; a server that died acknowledges nothing. */
        void bookAll() {
            var token = token();
            for (var visit : visits) {
                if (visit.appointment == null) {
                    try {
                        var answer = Http.send(
                                "POST",
                                base + "/appointments",
                                token,
                                Map.of("Idempotency-Key", visit.key),
                                Map.of(
                                        "patientId",
                                        visit.patient,
                                        "practitionerId",
                                        practitioner,
                                        "healthcareServiceId",
                                        service,
                                        "start",
                                        visit.start.toInstant().toString()));
                        if (answer.ok()) {
                            visit.appointment = answer.createdId();
                        } else if (answer.status() < 500) {
                            throw new DevstackException("Booking was refused: " + answer.body());
                        }
                    } catch (DevstackException broken) {
                        // The connection breaks a moment before the process is gone.
                        if (!Waiting.until(DYING, () -> !stack.backend().isAlive())) {
                            throw broken;
                        }
                        return;
                    }
                }
            }
        }

        void answerAll() {
            for (var visit : visits) {
                if (!visit.answered && !inbox(visit).isEmpty()) {
                    Waiting.answer(PHONE, () -> {
                        write(visit.phone, visit.answerId, "1");
                        return true;
                    });
                    visit.answered = true;
                }
            }
        }

        /** Until the fate of every confirmation is known or known to be unknown. */
        void awaitSettled(Duration atMost) {
            var token = token();
            Waiting.until(
                    atMost,
                    () -> visits.stream()
                            .allMatch(visit -> confirmations(visit, token).stream()
                                            .allMatch(message -> SETTLED.contains(state(message)))
                                    && !confirmations(visit, token).isEmpty()));
        }

        void awaitAnswered(Duration atMost) {
            var token = token();
            Waiting.until(
                    atMost,
                    () -> visits.stream()
                            .filter(visit -> visit.answered)
                            .allMatch(visit -> participation(visit, token).equals("accepted")));
        }

        Counts count() {
            var token = token();
            var complaints = new ArrayList<String>();
            int received = 0;
            int unknown = 0;
            int answers = 0;
            for (var visit : visits) {
                if (visit.appointment == null) {
                    complaints.add("a visit could never be booked");
                    continue;
                }
                var messages = confirmations(visit, token);
                if (messages.size() != 1) {
                    complaints.add(messages.size() + " confirmations for one visit");
                    continue;
                }
                var state = state(messages.getFirst());
                var inbox = inbox(visit);
                received += inbox.size();
                if (inbox.size() > 1
                        || inbox.stream()
                                .anyMatch(message -> message.path("deliveries").asInt(1) != 1)) {
                    complaints.add("a patient got the message more than once (" + state + ")");
                }
                if (!SETTLED.contains(state)) {
                    complaints.add("a message is still " + state);
                }
                if (inbox.isEmpty() && !state.equals("unknown")) {
                    complaints.add("a message is " + state + " and never arrived");
                }
                unknown += state.equals("unknown") ? 1 : 0;
                if (visit.answered) {
                    answers++;
                    if (!participation(visit, token).equals("accepted")) {
                        complaints.add("an answer did not reach the agenda");
                    }
                }
            }
            answersKeptOnce(token, complaints);
            return new Counts(visits.size(), received, unknown, answers, complaints);
        }

        private void answersKeptOnce(String token, List<String> complaints) {
            var kept = new HashMap<String, Integer>();
            Http.send("GET", base + "/inbound-messages?limit=200", token, Map.of(), null)
                    .orFail("inbound messages")
                    .body()
                    .path("items")
                    .forEach(message -> kept.merge(message.path("phone").asString(""), 1, Integer::sum));
            for (var visit : visits) {
                int expected = visit.answered ? 1 : 0;
                if (kept.getOrDefault(visit.phone, 0) != expected) {
                    complaints.add("%d answers sent, %d kept".formatted(expected, kept.getOrDefault(visit.phone, 0)));
                }
            }
        }

        /** How many messages lie on these patients' phones. */
        int received() {
            return visits.stream().mapToInt(visit -> inbox(visit).size()).sum();
        }

        private String participation(Visit visit, String token) {
            return Http.send("GET", base + "/appointments/" + visit.appointment, token, Map.of(), null)
                    .body()
                    .path("participation")
                    .asString("");
        }

        private List<JsonNode> inbox(Visit visit) {
            return Http.send(
                            "GET",
                            stack.simulator().url() + "/admin/inbox?to=" + Http.encode(visit.phone),
                            stack.simulator().token(),
                            Map.of(),
                            null)
                    .orFail("inbox")
                    .body()
                    .path("items")
                    .valueStream()
                    .toList();
        }

        private List<JsonNode> confirmations(Visit visit, String token) {
            return Http.send("GET", base + "/messages?limit=200", token, Map.of(), null)
                    .orFail("messages")
                    .body()
                    .path("items")
                    .valueStream()
                    .filter(message ->
                            message.path("appointmentId").asString("").equals(visit.appointment)
                                    && message.path("kind").asString("").equals("confirmation"))
                    .toList();
        }

        private static String state(JsonNode message) {
            return message.path("state").asString("");
        }
    }
}
