package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.BigClinic;
import app.recado.testing.Clinics;
import app.recado.testing.ExplainedQueries;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.RecadoTestDatabase;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

/**
 * What people and workers ask all day costs what it answers, however much a clinic keeps. Each request is really made, over
 * HTTP and as the serving roles behind row-level security, in a clinic with a hundred thousand visits and messages;
 * PostgreSQL explains every statement that ran with the rows it read (auto_explain). Made eight times, because a driver and a
 * planner change their mind about a statement that they see again.
 */
@RecadoTest
@ContextConfiguration(initializers = {RecadoTestDatabase.class, ExplainedQueries.class})
class PlansTest {

    /** Rows that one step of a plan may read or sort. A day of the agenda has 320 visits. */
    private static final int MOST_ROWS = 3_500;

    /** Of a frequent and a rare word the rare one is read, from where the frequent one begins. */
    private static final Map<String, Integer> FEWER_ROWS =
            Map.of("patients: search 'gonzalez zulema'", 1_000, "fhir: patients by name=gonzalez+zulema", 1_000);

    private static final int TIMES = 8;
    private static final List<String> LARGE = List.of(
            "patient",
            "patient_search",
            "appointment",
            "appointment_event",
            "message",
            "message_step",
            "inbound_message",
            "conversation",
            "conversation_word",
            "ticket",
            "patient_read",
            "audit_entry");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    ExplainedQueries.Log explained;

    private int people;

    @TestFactory
    Stream<DynamicTest> what_is_asked_all_day_reads_what_it_answers() throws Exception {
        clock.set(Instant.parse("2026-11-25T15:00:00Z"));
        var loop = LoopClinic.open(clinics, clock, worker);
        BigClinic.fill(database, loop.clinic.id(), 20_000, 100_000, 100_000, "2026-11-25");
        fillReads(loop);
        fillAudit(loop);
        fillInbox(loop);
        return queries(loop).entrySet().stream()
                .map(query -> DynamicTest.dynamicTest(
                        query.getKey(),
                        () -> check(query.getValue(), FEWER_ROWS.getOrDefault(query.getKey(), MOST_ROWS))));
    }

    /** Somebody else at the desk for each query: together they ask more than one person may. */
    private Api desk(LoopClinic loop) {
        return loop.clinic.withToken(
                TestTokens.member("desk-" + people, loop.clinic.id(), List.of(Allow.RECEPTIONIST)));
    }

    private Api owner(LoopClinic loop) {
        return loop.clinic.withToken(TestTokens.member("owner-" + people, loop.clinic.id(), List.of(Allow.OWNER)));
    }

    /** Ten people looked at everybody, a quarter of an hour after another. */
    private void fillReads(LoopClinic loop) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var insert = connection.prepareStatement("""
                        insert into recado.patient_read
                               (organization_id, patient_id, period, reader, part, read_at, reader_name)
                        select p.organization_id, p.id, p.at, 'reader-' || p.n % 10, part, p.at, 'Marcela Ruiz'
                          from (select organization_id, id, n,
                                       timestamptz '2026-11-25 14:00Z' - interval '15 minutes' * (n / 20) as at
                                  from (select organization_id, id, row_number() over (order by id) as n
                                          from recado.patient where organization_id = ?) as numbered) as p,
                               unnest(array['record', 'visits', 'messages']) as part
                        """)) {
            insert.setObject(1, loop.clinic.id());
            assertThat(insert.executeUpdate()).isEqualTo(60_000);
            connection.createStatement().execute("analyze recado.patient_read");
        }
    }

    /** Everybody has a conversation and a ticket; two hundred wait, five hundred wait for the patient, a word is everywhere. */
    private void fillInbox(LoopClinic loop) throws SQLException {
        var fill = List.of("""
                insert into recado.contact (organization_id, id, phone, name, created_at, updated_at)
                   select organization_id, id, '+59899' || lpad(n::text, 6, '0'), given_name, at, at
                     from (select organization_id, id, given_name, row_number() over (order by id) as n,
                                  timestamptz '2026-11-01 12:00Z' as at
                             from recado.patient where organization_id = ?) p
                   on conflict do nothing""", """
                insert into recado.conversation (organization_id, id, contact_id, line_id, state, waiting_since, opened_at,
                                                resolved_at, last_at, last_by, last_inbound_at, created_at)
                   select c.organization_id, uuidv7(), c.id, l.id, case when n <= 700 then 'open' else 'resolved' end,
                          case when n <= 200 then at end, at, case when n > 700 then at end, at, 'patient', at, at
                     from (select organization_id, id, n, timestamptz '2026-11-25 14:00Z' - interval '1 minute' * n as at
                             from (select organization_id, id, row_number() over (order by id) as n
                                     from recado.contact where organization_id = ?) numbered) c
                     join recado.whatsapp_line l on l.organization_id = c.organization_id
                   on conflict do nothing""", """
                insert into recado.conversation_word (organization_id, word, at, entry_id, conversation_id)
                   select organization_id, word, last_at, id, id
                     from recado.conversation, unnest(array['hola', 'turno', 'w' || right(id::text, 5)]) as word
                    where organization_id = ? on conflict do nothing""", """
                insert into recado.ticket (organization_id, id, number, conversation_id, category, category_by, state, opened_at,
                                          closed_at)
                   select organization_id, uuidv7(), row_number() over (order by last_at), id, 'payment', 'model',
                          case when state = 'open' then 'open' else 'closed' end, last_at,
                          case when state = 'open' then null else last_at end
                     from recado.conversation where organization_id = ?""");
        try (var connection = database.connectAsSuperuser()) {
            for (var sql : fill) {
                try (var insert = connection.prepareStatement(sql)) {
                    insert.setObject(1, loop.clinic.id());
                    assertThat(insert.executeUpdate()).isGreaterThanOrEqualTo(15_000);
                }
            }
            for (var table : List.of("contact", "conversation", "conversation_word", "ticket")) {
                connection.createStatement().execute("analyze recado." + table);
            }
        }
    }

    /** Twenty people did three things to everybody. */
    private void fillAudit(LoopClinic loop) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var insert = connection.prepareStatement("""
                        insert into recado.audit_entry
                               (organization_id, id, at, actor_kind, actor, actor_name, address, operation, action, record_id,
                                changes, batch)
                        select p.organization_id, uuidv7(), timestamptz '2026-11-25 14:00Z' - interval '1 minute' * p.n, 'person',
                               'actor-' || p.n % 20, 'Marcela Ruiz', '203.0.113.7', 'getPatient', action, p.id, '{}', p.n / 100
                          from (select organization_id, id, row_number() over (order by id) as n
                                  from recado.patient where organization_id = ?) as p,
                               unnest(array['patients-read', 'patient-changed', 'appointment-booked']) as action
                        """)) {
            insert.setObject(1, loop.clinic.id());
            assertThat(insert.executeUpdate()).isEqualTo(60_000);
            connection.createStatement().execute("analyze recado.audit_entry");
        }
    }

    /** A conversation in which somebody of the clinic quoted what a patient wrote. */
    private String quoting(LoopClinic loop) {
        loop.hears(loop.voice.from("+5491123456789").id("Q1").writes("¿Hay lugar?"));
        var found = desk(loop).post("/conversations/search", Map.of("text", "lugar"));
        var conversation = found.at("/items/0/conversationId");
        var said = found.at("/items/0/entryId");
        var body = new HashMap<String, @Nullable Object>();
        body.put("content", Map.of("kind", "text", "text", "Sí"));
        body.put("quotedId", said);
        body.put("lastAnswerId", null);
        var answered = desk(loop).post("/conversations/" + conversation + "/messages", body);
        assertThat(answered.at("/quotedId")).as(answered.text()).isEqualTo(said);
        return conversation;
    }

    private Map<String, Supplier<Object>> queries(LoopClinic loop) {
        var patient = search(desk(loop), "zapata").at("/items/0/id");
        var twin = search(desk(loop), "quiroga").at("/items/0/id");
        var visit =
                desk(loop).get("/appointments?from=2026-11-24&to=2026-11-25").at("/items/0/id");
        var message = desk(loop).get("/messages").at("/items/0/id");
        var household = desk(loop)
                .post(
                        "/households",
                        Map.of(
                                "givenName",
                                "Wanda",
                                "phone",
                                "11 2000-7919",
                                "members",
                                List.of(Map.of("patientId", twin, "relationship", "mother"))));
        assertThat(household.status()).as(household.text()).isEqualTo(201);
        var quoting = quoting(loop);
        var all = new LinkedHashMap<String, Supplier<Object>>();
        for (var text : List.of(
                "",
                "m",
                "ma go",
                "mar",
                "gonzalez maria",
                "gonzalez zulema",
                "maria zulema wenceslao",
                "zapata zz",
                "234",
                "2345",
                "54911",
                "5491120000",
                "549 gon",
                "gonzalez 23")) {
            all.put("patients: search '" + text + "'", () -> search(desk(loop), text));
        }
        for (var tag : List.of("vip", "nuevo")) {
            for (var text : List.of("", "ma", "23", "gonzalez zulema")) {
                all.put(
                        "patients: search '" + text + "' of tag " + tag,
                        () -> desk(loop).post("/patients/search", Map.of("text", text, "tag", tag)));
            }
        }
        all.put("patients: by identifier", () -> search(desk(loop), "10.007.908"));
        all.put(
                "patients: who may be the same",
                () -> desk(loop)
                        .post(
                                "/patients/duplicates",
                                Map.of("givenName", "María", "familyName", "González", "phone", "11 2000-7919")));
        all.put("patients: pairs that may be one person", () -> desk(loop).get("/patients/duplicate-pairs?limit=200"));
        all.put(
                "patients: what a merge would do",
                () -> desk(loop).get("/patients/%s/merge/%s".formatted(patient, twin)));
        all.put("patients: of whom somebody of that name answers the phone", () -> search(desk(loop), "wanda"));
        all.put("patients: who answers for them", () -> desk(loop).get("/patients/" + twin + "/households"));
        all.put("patients: archived", () -> desk(loop).post("/patients/search", Map.of("archived", true)));
        all.put("patients: tags", () -> desk(loop).get("/patients/tags"));
        all.put("patients: next page of a search", () -> next(desk(loop), "/patients/search", search(desk(loop), "m")));
        all.put("patients: one", () -> desk(loop).get("/patients/" + patient));
        all.put("patients: their phones", () -> desk(loop).get("/patients/" + patient + "/phones"));
        all.put("patients: their visits", () -> desk(loop).get("/patients/" + patient + "/appointments"));
        for (var filter : List.of(
                "",
                "?actor=actor-7",
                "?actor=nobody",
                "?action=patient-changed",
                "?action=nothing",
                "?recordId=" + patient,
                "?from=2026-11-24&to=2026-11-25")) {
            all.put("audit: " + filter, () -> owner(loop).get("/audit-entries" + filter));
        }
        all.put("agenda: a day", () -> desk(loop).get("/appointments?from=2026-11-24&to=2026-11-25"));
        all.put("visits: one", () -> desk(loop).get("/appointments/" + visit));
        all.put("visits: its story", () -> desk(loop).get("/appointments/" + visit + "/timeline"));
        for (var filter : List.of(
                "",
                "?state=unknown",
                "?state=planned",
                "?from=2026-11-20&to=2026-11-21",
                "?from=2026-01-01",
                "?to=2026-11-25",
                "?state=unknown&from=2026-11-20&to=2026-11-21")) {
            all.put("messages" + filter, () -> desk(loop).get("/messages" + filter));
        }
        all.put("messages: next page", () -> {
            var page = desk(loop).get("/messages?from=2026-11-01");
            return desk(loop).get("/messages?from=2026-11-01&cursor=" + page.at("/nextCursor"));
        });
        all.put("messages: one", () -> desk(loop).get("/messages/" + message));
        for (var filter : List.of(
                "",
                "?reader=reader-3",
                "?patientId=" + patient,
                "?patientId=" + twin + "&reader=reader-3",
                "?from=2026-11-20&to=2026-11-21")) {
            all.put("reads of patients" + filter, () -> owner(loop).get("/patient-reads" + filter));
        }
        all.put("reads of patients: next page", () -> {
            var page = owner(loop).get("/patient-reads");
            return owner(loop).get("/patient-reads?cursor=" + page.at("/nextCursor"));
        });
        for (var filter : List.of("", "?closed=true", "?patientId=" + patient)) {
            all.put("privacy requests" + filter, () -> owner(loop).get("/privacy-requests" + filter));
        }
        all.put("conversations: open", () -> desk(loop).get("/inbound-messages?open=true"));
        all.put("conversations: done", () -> desk(loop).get("/inbound-messages?open=false"));
        for (var filter : List.of("turn=clinic", "turn=patient", "state=resolved", "assignee=me")) {
            all.put("inbox: " + filter, () -> desk(loop).get("/conversations?" + filter));
        }
        all.put(
                "inbox: conversations by line",
                () -> desk(loop).get("/conversation-statistics?from=2026-11-24&to=2026-11-25"));
        all.put("inbox: what was said, with a quote", () -> desk(loop).get("/conversations/" + quoting + "/entries"));
        all.put("inbox: counts", () -> desk(loop).get("/conversation-counts"));
        all.put(
                "inbox: a word that everybody writes",
                () -> desk(loop).post("/conversations/search", Map.of("text", "turno")));
        for (var filter : List.of("", "?state=open", "?category=payment&from=2026-11-24")) {
            all.put("tickets: list" + filter, () -> desk(loop).get("/tickets" + filter));
        }
        all.put("tickets: a number", () -> desk(loop).post("/tickets/search", Map.of("text", "#7")));
        all.put("lines: list with what waits", () -> desk(loop).get("/whatsapp-lines"));
        all.put("platform: health", () -> clinics.platformAdmin().get("/api/v1/platform/health"));
        all.put(
                "fhir: appointments of a day",
                () -> desk(loop).get("/fhir/R4/Appointment?date=2026-11-24&status=booked,fulfilled"));
        all.put("fhir: appointments of a patient", () -> desk(loop).get("/fhir/R4/Appointment?patient=" + patient));
        for (var form : List.of(
                "name=m",
                "name=gonzalez+zulema",
                "name=gonzalez&birthdate=1980-01-01",
                "identifier=10.007.908",
                "phone=11+2000-7919")) {
            all.put(
                    "fhir: patients by " + form,
                    () -> desk(loop)
                            .with("Content-Type", "application/x-www-form-urlencoded")
                            .post("/fhir/R4/Patient/_search", form));
        }
        all.put("worker: nothing due", () -> {
            worker.runDue();
            return "done";
        });
        all.put("worker: three hundred people's messages are due", () -> {
            fallDue(loop, 300);
            return worker.runDue();
        });
        return all;
    }

    /** Messages of the past are planned once more; their visits are over, so that nothing leaves. */
    private void fallDue(LoopClinic loop, int many) {
        try (var connection = database.connectAsSuperuser();
                var update = connection.prepareStatement("""
                        update recado.message
                           set state = 'planned', next_attempt_at = ?, useful_until = ?, line_id = null, phone = null,
                               provider_message_id = null, text = null, language = null, out_at = null
                         where (organization_id, id) in (
                               select organization_id, id from recado.message
                                where organization_id = ? and next_attempt_at is null and out_at is not null limit ?)
                        """)) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setTimestamp(2, Timestamp.from(clock.instant().plus(Duration.ofDays(1))));
            update.setObject(3, loop.clinic.id());
            update.setInt(4, many);
            assertThat(update.executeUpdate()).isEqualTo(many);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Api.Answer search(Api desk, String text) {
        return desk.post("/patients/search", Map.of("text", text));
    }

    private static Api.Answer next(Api desk, String path, Api.Answer page) {
        return desk.post(path, Map.of("text", "m", "cursor", page.at("/nextCursor")));
    }

    private void check(Supplier<Object> query, int mostRows) {
        people++;
        explained.forget();
        for (int i = 0; i < TIMES; i++) {
            if (query.get() instanceof Api.Answer answer) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            }
        }
        var plans = explained.plans();
        assertThat(plans).as("statements explained").isNotEmpty();
        for (var plan : plans) {
            plan.steps().forEach(step -> {
                assertThat(step.rowsRead())
                        .as("rows read by %s in %s", step, plan)
                        .isLessThanOrEqualTo(mostRows);
                if (step.kind().equals("Seq Scan")) {
                    assertThat(LARGE).as("scanned in %s", plan).doesNotContain(step.table());
                }
            });
        }
    }
}
