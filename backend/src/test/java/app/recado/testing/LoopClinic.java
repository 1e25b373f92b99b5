package app.recado.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A clinic whose line is linked, with a practitioner and a service: everything the closed loop needs but patients. */
public final class LoopClinic {

    public final Clinics.Clinic clinic;
    public final UUID line;
    public final GatewayVoice voice;
    private final OutboxWorker worker;
    public final UUID practitioner;
    public final UUID service;

    private LoopClinic(Clinics.Clinic clinic, UUID line, GatewayVoice voice, OutboxWorker worker) {
        this.clinic = clinic;
        this.line = line;
        this.voice = voice;
        this.worker = worker;
        this.practitioner = created(clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez")));
        this.service =
                created(clinic.owner().post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30)));
    }

    public static LoopClinic open(Clinics clinics, SettableClock clock, OutboxWorker worker) {
        var clinic = clinics.open();
        var line = created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Recepción")));
        var voice = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line);
        FakeGateway.shared().line(line).state = "linked";
        var loop = new LoopClinic(clinic, line, voice, worker);
        loop.hears(voice.lineIs("linked", "none"));
        return loop;
    }

    /** The same with a line that is linked already, by whatever engine. */
    public static LoopClinic on(
            Clinics.Clinic clinic, UUID line, Clinics clinics, SettableClock clock, OutboxWorker worker) {
        return new LoopClinic(clinic, line, new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line), worker);
    }

    public static UUID created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.id();
    }

    public UUID patient(String givenName, @Nullable String phone) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("givenName", givenName);
        body.put("familyName", "Núñez");
        body.put("phone", phone);
        return created(clinic.receptionist().post("/patients", body));
    }

    /** Books a visit and answers it as the API did. */
    public Answer books(UUID patient, String start) {
        var answer = clinic.receptionist()
                .post(
                        "/appointments",
                        Map.of(
                                "patientId",
                                patient,
                                "practitionerId",
                                practitioner,
                                "healthcareServiceId",
                                service,
                                "start",
                                start));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    public Answer moves(UUID visit, String start) {
        return act(visit, "reschedule", Map.of("start", start));
    }

    public Answer act(UUID visit, String action, Object body) {
        var seen = read(visit);
        var answer =
                clinic.receptionist().ifMatch(seen.etag()).post("/appointments/%s/%s".formatted(visit, action), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    public Answer read(UUID visit) {
        return clinic.receptionist().get("/appointments/" + visit);
    }

    /** Turns the worker by hand until nothing is left to do. */
    public void turn() {
        worker.runDue();
    }

    /** The gateway delivers events, and the backend takes them. */
    public void hears(GatewayVoice.Event... events) {
        var answer = voice.deliver(events);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    /** Everything the gateway has becomes {@code sent}. */
    public void everythingIsSent() {
        turn();
        commands().stream()
                .filter(command -> command.state.equals("accepted"))
                .forEach(command -> hears(voice.messageIs(command, "sending"), voice.messageIs(command, "sent")));
    }

    public List<FakeGateway.Command> commands() {
        return FakeGateway.shared().acceptedFor(line);
    }

    /** The messages about a visit, in the order in which they were planned. */
    public List<JsonNode> messages(UUID visit) {
        return clinic.receptionist()
                .get("/messages?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(message -> message.path("appointmentId").asString().equals(visit.toString()))
                .toList()
                .reversed();
    }

    /** Kind and state of each message about a visit, in the order in which they were planned. */
    public List<String> story(UUID visit) {
        return messages(visit).stream()
                .map(m -> m.path("kind").asString() + " " + m.path("state").asString())
                .toList();
    }

    /** The latest message of that kind about a visit. */
    public JsonNode message(UUID visit, String kind) {
        return messages(visit).stream()
                .filter(m -> m.path("kind").asString().equals(kind))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** The command that carried the latest message of that kind. */
    public FakeGateway.Command command(UUID visit, String kind) {
        var id = UUID.fromString(message(visit, kind).path("id").asString());
        var command = FakeGateway.shared().command(id);
        assertThat(command).as("command of the " + kind).isNotNull();
        return java.util.Objects.requireNonNull(command);
    }

    /** The last message somebody wrote, as staff see it. */
    public JsonNode lastInbound() {
        return clinic.receptionist().get("/inbound-messages?limit=1").json().at("/items/0");
    }

    public static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
