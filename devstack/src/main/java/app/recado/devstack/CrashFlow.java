package app.recado.devstack;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A patient books through a flow, in four messages, and the backend dies in one of the turns. Whatever turn it was, the phone gets
 * each answer once and the agenda has one visit.
 */
final class CrashFlow {

    /** What begins it; nothing else does, so that other runs meet no flow. */
    private static final String WORD = "reservar por aqui";

    /** The word, the service's first time, its confirmation; with the menu in between. */
    private static final List<String> SAYS = List.of(WORD, "1", "1", "1");

    /** Turns of the backend in a run; the last one books. */
    static final int TURNS = SAYS.size();

    /** Longer than it takes until a dead process's job is found dead, on a busy machine. */
    private static final Duration ANSWERED = Duration.ofSeconds(100);

    private static final Duration PHONE = Duration.ofSeconds(10);

    private final Stack stack;
    private final CrashClinic clinic;

    private CrashFlow(Stack stack, CrashClinic clinic) {
        this.stack = stack;
        this.clinic = clinic;
    }

    /** Publishes the flow, for a service that somebody with hours of their own offers. */
    static CrashFlow publish(Stack stack, CrashClinic clinic) {
        var base = clinic.base();
        var token = clinic.token();
        var practitioner = CrashClinic.create(base + "/practitioners", token, Map.of("displayName", "Dra. Flujo"));
        var service = CrashClinic.create(
                base + "/healthcare-services", token, Map.of("name", "Consulta", "durationMinutes", 15));
        var hours = Stream.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
                .map(day -> Map.of("day", day, "from", "06:00", "until", "22:00"))
                .toList();
        CrashClinic.create(
                base + "/schedules",
                token,
                Map.of(
                        "practitionerId",
                        practitioner,
                        "validFrom",
                        LocalDate.now(CrashClinic.ZONE).minusDays(1).toString(),
                        "hours",
                        hours));
        var flow =
                CrashClinic.create(base + "/flows", token, Map.of("name", "Reservar", "document", document(service)));
        Http.send("POST", base + "/flows/" + flow + "/publish", token, Map.of("If-Match", "\"v0\""), Map.of())
                .orFail("publish");
        return new CrashFlow(stack, clinic);
    }

    private static Map<String, Object> document(String service) {
        return Map.of(
                "languages",
                List.of("es"),
                "triggers",
                List.of(Map.of("on", "keyword", "words", List.of(WORD))),
                "rules",
                Map.of(
                        "answerSeconds",
                        900,
                        "closeSeconds",
                        3600,
                        "closing",
                        text(""),
                        "retries",
                        2,
                        "noticeHours",
                        24),
                "start",
                "menu",
                "nodes",
                List.of(
                        Map.of(
                                "kind",
                                "menu",
                                "id",
                                "menu",
                                "text",
                                text("Menu"),
                                "options",
                                List.of(Map.of(
                                        "id", "book", "label", text("Reservar"), "words", List.of(), "next", "book"))),
                        Map.of(
                                "kind",
                                "action",
                                "id",
                                "book",
                                "action",
                                "book",
                                "text",
                                text(""),
                                "healthcareServiceIds",
                                List.of(service),
                                "locationIds",
                                List.of(),
                                "files",
                                List.of(),
                                "details",
                                List.of(),
                                "next",
                                "end",
                                "otherwise",
                                "end"),
                        Map.of("kind", "end", "id", "end", "text", text("Fin"))));
    }

    private static Map<String, String> text(String es) {
        return Map.of("es", es, "en", "", "pt", "");
    }

    /**
     * One patient, from the first word to the visit.
     *
     * @param arms starts the backend so that it dies, perhaps while it starts
     */
    CrashClinic.Counts once(int number, int arrival, Consumer<RestartableServer> arms, Map<String, String> patience) {
        var backend = stack.backend();
        var phone = "+54911%04d0999".formatted(5100 + number);
        var patient = CrashClinic.create(
                clinic.base() + "/patients",
                clinic.token(),
                Map.of("givenName", "Flujo " + number, "familyName", "Corte", "phone", phone));
        arms.accept(backend);
        clinic.awaitLinkedOrDead(backend);
        boolean died = false;
        for (int said = 0; said < SAYS.size(); said++) {
            var words = SAYS.get(said);
            var id = CrashClinic.messageId();
            Waiting.answer(PHONE, () -> {
                clinic.write(phone, id, words);
                return true;
            });
            int expected = said + 1;
            Waiting.until(ANSWERED, () -> inbox(phone).size() >= expected || !backend.isAlive());
            if (!backend.isAlive()) {
                died = true;
                backend.restart(patience);
                clinic.awaitLinked();
                Waiting.until(ANSWERED, () -> inbox(phone).size() >= expected);
            }
        }
        if (!died && Waiting.until(PHONE, () -> !backend.isAlive())) { // after its last answer had left
            died = true;
            backend.restart(patience);
            clinic.awaitLinked();
        }
        // The last answer and the confirmation of what was booked.
        Waiting.until(ANSWERED, () -> inbox(phone).size() > SAYS.size());
        return counts(patient, phone, died ? List.of() : List.of("arrival " + arrival + " was never reached"));
    }

    private CrashClinic.Counts counts(String patient, String phone, List<String> before) {
        var complaints = new ArrayList<>(before);
        var inbox = inbox(phone);
        if (inbox.size() != SAYS.size() + 1) {
            complaints.add("%d messages for %d words and one visit".formatted(inbox.size(), SAYS.size()));
        }
        if (inbox.stream().anyMatch(message -> message.path("deliveries").asInt(1) != 1)
                || new HashSet<>(inbox.stream()
                                        .map(message -> message.path("text").asString(""))
                                        .toList())
                                .size()
                        != inbox.size()) {
            complaints.add("a patient got a message of a flow more than once");
        }
        int visits = visits(patient);
        if (visits != 1) {
            complaints.add(visits + " visits booked through one flow");
        }
        return new CrashClinic.Counts(visits, inbox.size(), 0, SAYS.size(), complaints);
    }

    private List<JsonNode> inbox(String phone) {
        return clinic.phones("/admin/inbox?to=" + Http.encode(phone))
                .path("items")
                .valueStream()
                .toList();
    }

    private int visits(String patient) {
        var today = LocalDate.now(CrashClinic.ZONE);
        return (int) Http.send(
                        "GET",
                        clinic.base() + "/appointments?from=" + today + "&to=" + today.plusDays(28),
                        clinic.token(),
                        Map.of(),
                        null)
                .orFail("appointments")
                .body()
                .path("items")
                .valueStream()
                .filter(visit -> visit.path("patient").path("id").asString("").equals(patient)
                        || visit.path("patientId").asString("").equals(patient))
                .count();
    }
}
