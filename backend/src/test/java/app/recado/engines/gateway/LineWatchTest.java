package app.recado.engines.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.lines.LineSight;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.trace.Traces;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.DueLines;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.LinesAcrossClinics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is noticed although nobody reports it, and what the platform sees of all clinics. */
@RecadoTest
class LineWatchTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs dueJobs;

    @Autowired
    GatewayWatch watch;

    @Autowired
    LinesAcrossClinics all;

    @Autowired
    Lines lines;

    @Autowired
    LineStates states;

    @Autowired
    GatewayEngine engine;

    @Autowired
    ObjectProvider<DueLines> due;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Jobs jobs;

    private final FakeGateway gateway = FakeGateway.shared();
    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 1), "");
    private UUID line = new UUID(0, 0);
    private GatewayVoice voice = new GatewayVoice(clinic.withoutToken(), java.time.Clock.systemUTC(), line, line);

    @BeforeEach
    void linked() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        clinic = clinics.open();
        line = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Recepción"))
                .id();
        clinic.owner().post("/whatsapp-lines/" + line + "/start", null);
        voice = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line);
        gateway.line(line).state = "linked";
        gateway.line(line).cause = "none";
        voice.deliver(voice.lineIs("linked", "none"));
        // What processes of other tests saw at other times.
        app.recado.kernel.CurrentOrganization.run(
                app.recado.kernel.CurrentOrganization.PLATFORM,
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("delete from line_sight").update()));
        watch.look();
    }

    @AfterEach
    void back() {
        gateway.isAway(false);
        watch.look();
    }

    @Test
    void a_gateway_that_does_not_answer_for_half_a_minute_takes_its_lines_down_and_back_up_again() {
        gateway.isAway(true);
        watch.look();
        clock.advance(Duration.ofSeconds(29));
        watch.look();
        assertThat(seen().at("/state").asString()).isEqualTo("linked");

        clock.advance(Duration.ofSeconds(1));
        watch.look();
        watch.look();
        assertThat(seen().at("/state").asString()).isEqualTo("reconnecting");
        assertThat(seen().at("/cause").asString()).isEqualTo("gateway-away");
        assertThat(history()).startsWith("reconnecting", "linked");
        assertThat(clinic.owner()
                        .get("/whatsapp-lines/" + line)
                        .json()
                        .path("gatewayReachable")
                        .asBoolean())
                .isFalse();

        gateway.isAway(false);
        watch.look();
        assertThat(seen().at("/state").asString()).isEqualTo("linked");
        assertThat(history()).startsWith("linked", "reconnecting", "linked");
    }

    @Test
    void one_replica_that_alone_cannot_reach_the_gateway_takes_no_line_down() {
        var cutOff = cutOffReplica();
        watch.look();
        cutOff.look();
        clock.advance(Duration.ofSeconds(20));
        watch.look();
        clock.advance(Duration.ofSeconds(20));
        cutOff.look();
        watch.look();
        cutOff.look();
        assertThat(history()).startsWith("linked").doesNotContain("reconnecting");

        // The one that could reach it has died: whoever is left says what it knows, and hands over again.
        clock.advance(Duration.ofSeconds(61));
        cutOff.look();
        assertThat(seen().at("/cause").asString()).isEqualTo("gateway-away");
        watch.look();
        cutOff.look();
        assertThat(seen().at("/state").asString()).isEqualTo("linked");
    }

    @Test
    void what_the_gateway_tells_while_its_silence_is_noticed_is_the_newer_news() {
        voice.deliver(voice.lineIs("reconnecting", "network"));
        var asked = inClinic(() -> lines.get(line)).observation();
        voice.deliver(voice.lineIs("linked", "none"));

        inClinic(() -> {
            states.nobodyAnswersFor(line, LineStates.GATEWAY_AWAY, asked);
            return true;
        });

        assertThat(clinic.owner().get("/whatsapp-lines/" + line).at("/state")).isEqualTo("linked");
    }

    @Test
    void an_answer_or_event_about_an_earlier_state_changes_nothing() {
        var early = voice.lineIs("pairing", "none");
        clock.advance(Duration.ofSeconds(10));
        voice.deliver(voice.lineIs("halted", "banned"));

        voice.deliver(early);
        gateway.line(line).since = "2026-11-23T12:00:05Z";
        var started = clinic.owner().post("/whatsapp-lines/" + line + "/start", null);

        assertThat(started.at("/state")).as(started.text()).isEqualTo("halted");
        assertThat(clinic.owner().get("/whatsapp-lines").at("/items/0/state")).isEqualTo("halted");
        assertThat(history()).startsWith("halted", "linked");

        gateway.line(line).since = "2026-11-23T12:00:11Z";
        assertThat(clinic.owner()
                        .post("/whatsapp-lines/" + line + "/start", null)
                        .at("/state"))
                .isEqualTo("starting");
    }

    private <T> T inClinic(java.util.function.Supplier<T> work) {
        return app.recado.kernel.CurrentOrganization.get(clinic.id(), work);
    }

    /** Another process of the backend, from which no way leads to the gateway. */
    private GatewayWatch cutOffReplica() {
        var settings = new GatewaySettings(
                URI.create("http://127.0.0.1:9"),
                FakeGateway.TOKEN,
                FakeGateway.EVENTS_SECRET,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
        return new GatewayWatch(
                all,
                lines,
                states,
                engine,
                new Gateway(settings, Traces.off()),
                due,
                new LineSight(jdbc, transaction, jobs, clock),
                clock);
    }

    @Test
    void a_line_is_down_from_its_loss_until_it_is_back_whatever_happens_between() {
        voice.deliver(voice.lineIs("reconnecting", "network"));
        var lost = clock.instant();
        clock.advance(Duration.ofSeconds(20));
        voice.deliver(voice.lineIs("reconnecting", "timed-out"));
        assertThat(downSince(line)).isEqualTo(lost);

        voice.deliver(voice.lineIs("linked", "none"));
        assertThat(downSince(line)).isNull();
    }

    @Test
    void a_line_that_a_person_stopped_or_that_was_never_linked_is_not_down() {
        voice.deliver(voice.lineIs("stopped", "stopped-here"));
        assertThat(downSince(line)).isNull();

        var fresh =
                clinic.owner().post("/whatsapp-lines", Map.of("name", "Nueva")).id();
        var about = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), fresh);
        about.deliver(about.lineIs("needs-pairing", "qr-expired"));
        assertThat(downSince(fresh)).isNull();
    }

    private @Nullable Instant downSince(UUID id) {
        return all.all().stream()
                .filter(seen -> seen.lineId().equals(id))
                .findFirst()
                .orElseThrow()
                .downSince();
    }

    @Test
    void the_platform_sees_every_clinics_lines_by_state_and_no_number() {
        voice.deliver(voice.lineIs("needs-pairing", "device-removed"));

        var answer = clinics.platformAdmin().get("/api/v1/platform/whatsapp-lines");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("+5491150000000");
        var mine = answer.json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(line.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("organizationName").asString()).isEqualTo("Clínica " + clinic.id());
        assertThat(mine.path("state").asString()).isEqualTo("needs-pairing");
        assertThat(mine.path("downSince").asString()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(clinic.owner().get("/whatsapp-lines").text()).contains("+5491150000000");
    }

    @Test
    void the_health_page_counts_lines_losses_and_messages() {
        voice.deliver(voice.lineIs("reconnecting", "server-restart"));
        voice.deliver(voice.from("+5491100001111").writes("hola"));

        var health = clinics.platformAdmin().get("/api/v1/platform/health");

        assertThat(health.status()).as(health.text()).isEqualTo(200);
        assertThat(health.json().path("gatewayReachable").asBoolean()).isTrue();
        assertThat(count(health.json().path("lines"), "state", "reconnecting")).isPositive();
        assertThat(count(health.json().path("reconnects"), "cause", "server-restart"))
                .isPositive();
        assertThat(health.json().path("inbound").asInt()).isPositive();
        assertThat(health.json().at("/outbox/depth").isNumber()).isTrue();
    }

    @Test
    void the_health_page_shows_what_waits_at_the_gateway_and_how_long_linking_takes() {
        clock.set(Instant.parse("2027-03-01T12:00:00Z"));
        voice.deliver(voice.lineIs("pairing", "none"));
        clock.advance(Duration.ofSeconds(20));
        voice.deliver(voice.lineIs("reconnecting", "server-restart"));
        clock.advance(Duration.ofSeconds(4));
        voice.deliver(voice.lineIs("linked", "none"));

        var health = clinics.platformAdmin().get("/api/v1/platform/health").json();

        assertThat(health.at("/gateway/queueDepth").asInt()).isEqualTo(3);
        assertThat(health.at("/gateway/startedAt").asString()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(health.at("/pairings/count").asInt()).isEqualTo(1);
        assertThat(health.at("/pairings/medianSeconds").asInt()).isEqualTo(24);

        gateway.isAway(true);
        var blind = clinics.platformAdmin().get("/api/v1/platform/health").json();
        assertThat(blind.path("gatewayReachable").asBoolean()).isFalse();
        assertThat(blind.path("gateway").isNull()).isTrue();
    }

    @Test
    void the_gateway_hears_which_line_has_something_to_send_and_when() {
        var patient = clinic.receptionist()
                .post("/patients", Map.of("givenName", "Ana", "familyName", "Sosa", "phone", "011 15-2345-6789"))
                .id();
        clinic.receptionist()
                .post("/messages", Map.of("patientId", patient, "content", Map.of("kind", "text", "text", "Hola")));

        watch.tellWhatIsDue();

        assertThat(gateway.line(line).dueAt).isEqualTo("2026-11-23T12:00:00Z");
    }

    private static int count(JsonNode items, String field, String value) {
        return items.valueStream()
                .filter(item -> item.path(field).asString().equals(value))
                .mapToInt(item -> item.path("count").asInt())
                .sum();
    }

    @Test
    void a_test_message_is_sent_at_once_and_its_way_can_be_followed() {
        var sent = clinic.receptionist()
                .post("/whatsapp-lines/" + line + "/test-messages", Map.of("to", "011 15-2345-6789"));

        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        assertThat(sent.at("/state")).isEqualTo("accepted");
        dueJobs.run();
        var command = gateway.acceptedFor(line).getFirst();
        assertThat(command.to).isEqualTo("+5491123456789");
        assertThat(command.text).contains("Recepción");
        voice.deliver(voice.messageIs(command, "delivered"), voice.messageIs(command, "sent"));
        assertThat(clinic.owner()
                        .get("/whatsapp-lines/" + line + "/test-messages/" + sent.id())
                        .at("/state"))
                .isEqualTo("delivered");
    }

    @Test
    void a_test_message_on_a_line_that_is_down_names_its_state_and_sends_nothing() {
        voice.deliver(voice.lineIs("reconnecting", "network"));

        var refused =
                clinic.owner().post("/whatsapp-lines/" + line + "/test-messages", Map.of("to", "011 15-2345-6789"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("line-down");
        assertThat(refused.at("/detail")).contains("reconnecting (network)");
        assertThat(gateway.acceptedFor(line)).isEmpty();
    }

    private JsonNode seen() {
        return clinic.owner().get("/whatsapp-lines/" + line + "/history").json().at("/items/0");
    }

    private java.util.List<String> history() {
        return clinic.owner()
                .get("/whatsapp-lines/" + line + "/history")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("state").asString())
                .toList();
    }
}
