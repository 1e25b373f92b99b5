package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.guards.EveryOperationGuardTest.Operation;
import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * A marked name, phone and text go in by every door: all operations, by bodies that are taken and by ones that are refused,
 * files, the gateway's events, the public page. They may come out where they belong and nowhere else: not in a line of the
 * log, a number's labels, what a trace would carry, an address, a webhook, or a row of the scheduler.
 */
@RecadoTest
class CanaryTest {

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    MeterRegistry metrics;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    Environment environment;

    @Autowired
    @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures;

    private final StubProvider receiver = new StubProvider();
    private @Nullable Seen watched;

    @BeforeEach
    void watch() {
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        receiver.always(asked -> StubProvider.Answer.json(200, "{}"));
        watched = Seen.from(environment, observations);
    }

    private Seen seen() {
        return Objects.requireNonNull(watched);
    }

    @AfterEach
    void end() {
        seen().close();
        receiver.close();
    }

    @Test
    void what_goes_in_by_any_door_comes_out_of_none_but_its_own() throws Exception {
        var taken = byEveryOperation();
        assertThat(taken).as("bodies with the mark in them that were taken").isGreaterThan(60);
        throughTheLoop();

        assertThat(seen().lines()).as("lines of the log").noneMatch(Marks::in);
        assertThat(seen().spans()).as("what traces would carry").isNotEmpty().noneMatch(Marks::in);
        assertThat(metrics.getMeters())
                .as("numbers")
                .noneMatch(meter -> Marks.in(meter.getId() + " " + meter.getId().getDescription()));
        assertThat(receiver.asked())
                .as("webhooks")
                .isNotEmpty()
                .noneMatch(asked -> Marks.in(asked.path() + asked.headers() + asked.text()));
        assertThat(rows("select t::text from recado.scheduled_task t")).noneMatch(Marks::in);
        assertThat(rows("select t.task_data::text from recado.scheduled_task t"))
                .noneMatch(Marks::in);
    }

    @Test
    void a_failure_that_nobody_foresaw_is_logged_without_its_words() {
        failures.resolveException(
                new MockHttpServletRequest("GET", "/api/v1/" + Marks.NAME),
                new MockHttpServletResponse(),
                null,
                new IllegalStateException("No place for " + Marks.NAME, new SQLException(Marks.TEXT, "57014")));

        assertThat(seen().lines())
                .noneMatch(Marks::in)
                .anyMatch(line -> line.contains("Unforeseen failure")
                        && line.contains("java.lang.IllegalStateException")
                        && line.contains("SQLException 57014")
                        && line.contains("CanaryTest.java"));
    }

    /** What could not be seen would prove nothing. */
    @Test
    void a_line_that_names_somebody_would_be_found_whether_in_its_words_or_in_its_exception() {
        var log = LoggerFactory.getLogger(CanaryTest.class);
        log.warn("Somebody is called {}", Marks.NAME);
        log.warn("Refused", new IllegalStateException("Detail: Key (phone)=(" + Marks.PHONE + ")"));

        assertThat(seen().lines()).hasSize(2).allMatch(Marks::in);
    }

    @Test
    void one_id_leads_from_a_request_to_its_answer_its_log_and_the_gateway() {
        var loop = LoopClinic.open(clinics, clock, worker);
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        var answer = loop.clinic
                .owner()
                .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-00")
                .post("/whatsapp-lines/" + loop.line + "/pairing-code", Map.of("phone", "011 15-2345-6789"));

        assertThat(answer.at("/traceId")).as(answer.text()).isEqualTo(trace);
        assertThat(answer.header("Recado-Trace-Id")).isEqualTo(trace);
        assertThat(FakeGateway.shared().line(loop.line).traceparent).startsWith("00-" + trace + "-");
        assertThat(seen().json()
                        .filter(line -> line.path("message").asString("").contains("cannot pairing-code")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.path("traceId").asString()).isEqualTo(trace);
                    assertThat(line.path("organization").asString())
                            .isEqualTo(loop.clinic.id().toString());
                });
    }

    /** Answers how many bodies were taken. */
    private int byEveryOperation() {
        var document = clinics.anonymous().get("/v3/api-docs").json();
        var marks = new Marks(document);
        var mine = records.of(clinics.open());
        webhook(mine.clinic());
        int taken = 0;
        for (var operation : EveryOperationGuardTest.operationsOf(document)) {
            boolean settings = operation.isTenant() && operation.tenantPath().isEmpty();
            var own = operation.isTenant() && !settings ? mine.idFor(operation.tenantPath()) : null;
            var path = EveryOperationGuardTest.fill(
                    operation
                            .path()
                            .replace("{alias}", "clinic-" + mine.clinic().id()),
                    mine.clinic().id(),
                    own == null ? UUID.randomUUID() : own);
            var query = marks.queryOf(operation.method(), operation.path());
            if (!query.isEmpty()) {
                ask(mine.clinic(), operation, path + query, null, "\"v0\"");
            }
            var body = body(mine, operation);
            if (body == null) {
                continue;
            }
            var etag = own == null && !settings ? "\"v0\"" : mine.etagFor(operation.tenantPath());
            var marked = marks.in(body, operation.method(), operation.path());
            taken += ask(mine.clinic(), operation, path, marked, etag) / 100 == 2 ? 1 : 0;
            ask(mine.clinic(), operation, path, marks.everywhereIn(body), "\"v0\"");
        }
        ask(mine.clinic(), "/patients", "{\"givenName\":\"" + Marks.NAME + "\",");
        ask(mine.clinic(), "/patients", "{\"" + Marks.NAME + "\":1}");
        for (var kind : List.of("patient", "appointment")) {
            mine.clinic()
                    .owner()
                    .with("Content-Type", "application/octet-stream")
                    .post(
                            "/" + kind + "-imports",
                            "Nombre;Teléfono;Inicio\n%s;%s;%s".formatted(Marks.NAME, Marks.PHONE, "x"));
        }
        return taken;
    }

    private static @Nullable Map<String, Object> body(ClinicRecords.Filled mine, Operation operation) {
        if (!operation.hasBody()) {
            return null;
        }
        return operation.isTenant()
                ? mine.bodyFor(operation.method(), operation.tenantPath())
                : ClinicRecords.publicBodyFor(operation.method() + " " + operation.path());
    }

    private static int ask(
            Clinics.Clinic clinic, Operation operation, String path, @Nullable Object body, String etag) {
        return EveryOperationGuardTest.call(staff(clinic, "/"), operation, path, body, etag)
                .status();
    }

    private static void ask(Clinics.Clinic clinic, String path, String body) {
        staff(clinic, "").post(path, body);
    }

    /** Somebody else each time: together these are more requests than one person may make. */
    private static Api staff(Clinics.Clinic clinic, String from) {
        var token = TestTokens.member(
                "eva-" + UUID.randomUUID(), clinic.id(), List.of(Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER));
        return from.isEmpty()
                ? clinic.withToken(token)
                : new Api(clinic.server(), Map.of("Authorization", "Bearer " + token));
    }

    private void webhook(Clinics.Clinic clinic) {
        var types = Stream.of("appointment.booked", "appointment.answered", "appointment.cancelled", "message.changed");
        LoopClinic.created(clinic.owner()
                .post(
                        "/webhook-endpoints",
                        Map.of(
                                "url",
                                receiver.url() + "/recado",
                                "description",
                                "Historia clínica",
                                "eventTypes",
                                types.toList(),
                                "active",
                                true)));
    }

    /** A visit is booked, told of, answered and cancelled; the patient writes, and staff write back. */
    private void throughTheLoop() {
        var loop = LoopClinic.open(clinics, clock, worker);
        webhook(loop.clinic);
        var patient = loop.patient(Marks.NAME, Marks.PHONE);
        var start = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(9));
        var visit = loop.books(patient, start.toString()).id();
        loop.everythingIsSent();
        assertThat(loop.command(visit, "confirmation").text).contains(Marks.NAME);
        var phone = loop.voice.from(Marks.PHONE);
        loop.hears(phone.writes("1"));
        loop.hears(loop.voice
                .from(Marks.PHONE)
                .with("sender", Map.of("phone", Marks.PHONE, "name", Marks.NAME))
                .writes(Marks.TEXT));
        loop.clinic
                .receptionist()
                .post("/messages", Map.of("patientId", patient, "content", Map.of("kind", "text", "text", Marks.TEXT)));
        loop.everythingIsSent();
        loop.act(visit, "cancel", Map.of("reason", Marks.TEXT));
        loop.everythingIsSent();
        jobs.run();
        assertThat(loop.lastInbound().toString()).contains(Marks.TEXT);
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (found.next()) {
                all.add(String.valueOf(found.getString(1)));
            }
            return all;
        }
    }
}
