package app.recado.scheduling.imports;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Visits of another system come as a file. */
@RecadoTest
class AppointmentImportTest {

    private static final String HEADER = "Id;Documento;Profesional;Servicio;Fecha;Hora;Hasta;Estado;Nota\n";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Nullable LoopClinic opened;

    private UUID ana = new UUID(0, 0);

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z")); // Tuesday, nine in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
        ana = patient("Ana", "Núñez", "011 15-2345-6789", "30123456");
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Api owner() {
        return loop().clinic.owner();
    }

    private UUID patient(String given, String family, String phone, String dni) {
        return LoopClinic.created(owner().post(
                        "/patients",
                        Map.of(
                                "givenName",
                                given,
                                "familyName",
                                family,
                                "phone",
                                phone,
                                "birthDate",
                                "1984-02-29",
                                "identifiers",
                                List.of(Map.of("kind", "ar-dni", "value", dni)))));
    }

    private Answer upload(byte[] file) {
        return owner().with("Content-Type", "application/octet-stream").post("/appointment-imports", file);
    }

    private Answer uploaded(String text) {
        var answer = upload(text.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static List<String> fieldsOf(Answer one) {
        return one.json()
                .at("/columns")
                .valueStream()
                .map(column -> column.at("/field").asString())
                .toList();
    }

    private Answer checked(Answer one, String notices) {
        var plan = Map.of("fields", fieldsOf(one), "monthFirst", false, "pastStatus", "fulfilled", "notices", notices);
        var answer = owner().ifMatch(one.etag()).put("/appointment-imports/" + one.id(), plan);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        jobs.run();
        return read(one);
    }

    private Answer imported(Answer one) {
        return turned(checked(one, "reminders"), "commit");
    }

    private Answer turned(Answer one, String step) {
        var begun = owner().ifMatch(one.etag()).post("/appointment-imports/%s/%s".formatted(one.id(), step), null);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        jobs.run();
        return read(one);
    }

    private Answer read(Answer one) {
        return owner().get("/appointment-imports/" + one.id());
    }

    private static String counts(Answer one) {
        return "%s: %s new, %s there, %s refused"
                .formatted(one.at("/state"), one.at("/created"), one.at("/alreadyThere"), one.at("/refused"));
    }

    private List<String> problems(Answer one) {
        var found = new ArrayList<String>();
        owner().get("/appointment-imports/" + one.id() + "/rows?limit=200")
                .json()
                .at("/items")
                .forEach(row -> row.at("/problems")
                        .forEach(problem -> found.add("%s %s %s"
                                .formatted(
                                        row.at("/number").asString(),
                                        problem.at("/column").isNull()
                                                ? "-"
                                                : problem.at("/column").asString(),
                                        problem.at("/code").asString()))));
        return found;
    }

    private List<String> visits(String from, String to) {
        return owner().get("/appointments?from=%s&to=%s".formatted(from, to))
                .json()
                .at("/items")
                .valueStream()
                .map(visit -> "%s %s %s %s"
                        .formatted(
                                visit.at("/start").asString(),
                                visit.at("/end").asString(),
                                visit.at("/status").asString(),
                                visit.at("/patient/displayName").asString()))
                .toList();
    }

    @Test
    void a_file_is_recognised_tried_imported_and_the_same_file_again_changes_nothing() {
        var file = HEADER
                + "T-1;30.123.456;Gómez;control;20/11/2026;10:00;10:45;;primera vez\n"
                + "T-2;30123456;Dra. Gómez;Control;20/11/2026;11:00;;No asistió;\n"
                + "T-3;30123456;Dra. Gómez;Control;01/12/2026;9.30 hs;;Confirmado;\n"
                + "T-3;30123456;Dra. Gómez;Control;01/12/2026;9.30 hs;;Confirmado;\n";
        var one = uploaded(file);
        assertThat(fieldsOf(one))
                .containsExactly(
                        "external-id",
                        "patient-identifier",
                        "practitioner",
                        "service",
                        "date",
                        "time",
                        "end",
                        "status",
                        "note");
        var checked = checked(one, "reminders");
        assertThat(counts(checked)).isEqualTo("checked: 3 new, 1 there, 0 refused");
        assertThat(visits("2026-11-01", "2026-12-10")).isEmpty();

        assertThat(counts(turned(checked, "commit"))).isEqualTo("imported: 3 new, 1 there, 0 refused");
        assertThat(visits("2026-11-01", "2026-12-10"))
                .containsExactly(
                        "2026-11-20T13:00:00Z 2026-11-20T13:45:00Z fulfilled Ana Núñez",
                        "2026-11-20T14:00:00Z 2026-11-20T14:30:00Z noshow Ana Núñez",
                        "2026-12-01T12:30:00Z 2026-12-01T13:00:00Z booked Ana Núñez");
        assertThat(counts(imported(uploaded(file)))).isEqualTo("imported: 0 new, 4 there, 0 refused");
        // Also without the other system's names.
        assertThat(counts(imported(uploaded(file.replaceAll("(?m)^(T-\\d|Id);", ";")))))
                .isEqualTo("imported: 0 new, 4 there, 0 refused");
        assertThat(visits("2026-11-01", "2026-12-10")).hasSize(3);
    }

    @Test
    void each_row_says_what_is_wrong_with_it_and_the_others_are_imported() {
        patient("Ana", "Nuñez Paz", "011 15-2345-0000", "30123457");
        loop().books(ana, "2026-12-01T13:00:00Z");
        var one = uploaded("Paciente,Fecha de nacimiento,Teléfono,Profesional,Servicio,Fecha,Hora,Hasta,Estado,Nota\n"
                + "Ana,29/02/1984,,Gómez,Control,01/12/2026,10:15,,,\n" // two patients are called so
                + "Ana Núñez,,011 15-2345-6789,Pérez,Control,01/12/2026,12:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Masaje,01/12/2026,12:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,01/12/2026,10:15,,,\n" // booked at the desk
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,02/12/2026,10:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,02/12/2026,10:29,,,\n" // the row before
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,02/12/2026,11:00,10:00,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,31/02/2026,25:00,,,\n"
                + "Eva Sosa,,011 15-2345-6789,Gómez,Control,03/12/2026,10:00,,,\n"
                + "=1+1,,011 15-2345-6789,Gómez,Control,03/12/2026,10:00,,,\n"
                + "Ana Núñez,,123,Gómez,Control,03/12/2026,10:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,03/12/2026,10:00,,Atendido,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,03/12/2026,10:00,,quizás,\n"
                + "Ana Núñez,,011 15-2345-6789," + "x".repeat(1_000_000) + ",Control,03/12/2026,10:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,20/11/2026,10:00,,,\n"
                + "Ana Núñez,,011 15-2345-6789,Gómez,Control,20/11/2026,10:10,,,\n" // took place all the same
                + "\"Núñez, Ana\",,011 15-2345-6789,Gómez,Control,04/12/2026,10:00,23:30,,\"dos\nlíneas\"\n"
                + ",,,Gómez,Control,04/12/2026,10:00,,,\n");
        var imported = imported(one);
        assertThat(problems(imported))
                .containsExactly(
                        "2 Paciente patient-ambiguous",
                        "3 Profesional practitioner-unknown",
                        "4 Servicio service-unknown",
                        "5 Hora slot-taken",
                        "7 Hora slot-taken",
                        "8 Hasta ends-before-start",
                        "9 Fecha date-unreadable",
                        "9 Hora time-unreadable",
                        "10 Teléfono patient-unknown",
                        "11 Paciente formula",
                        "12 Teléfono phone-invalid",
                        "13 Estado not-yet",
                        "14 Estado unknown-value",
                        "15 Profesional too-long",
                        "18 Hasta out-of-range",
                        "20 - patient-missing");
        assertThat(counts(imported)).isEqualTo("imported: 3 new, 0 there, 15 refused");
        var past = owner().get("/appointments?from=2026-11-20&to=2026-11-21")
                .json()
                .at("/items");
        assertThat(past).hasSize(2);
        assertThat(past.valueStream().filter(visit -> visit.at("/overbooked").asBoolean()))
                .hasSize(1);
    }

    @Test
    void hours_are_those_of_the_place_also_where_clocks_skip_or_repeat_one() {
        var place = owner().post("/locations", Map.of("name", "Sede Santiago", "timeZone", "America/Santiago"));
        assertThat(place.status()).as(place.text()).isEqualTo(201);
        imported(uploaded("DNI;Sede;Inicio\n"
                + "30123456;Sede Santiago;2026-09-06 00:30\n" // the clock goes from 0:00 to 1:00
                + "30123456;Sede Santiago;2026-04-04 23:30\n" // which there is twice
                + "30123456;;2026-09-07 10:00\n"));
        assertThat(visits("2026-04-01", "2026-04-10"))
                .containsExactly("2026-04-05T02:30:00Z 2026-04-05T03:00:00Z fulfilled Ana Núñez");
        assertThat(visits("2026-09-01", "2026-09-30"))
                .containsExactly(
                        "2026-09-06T04:30:00Z 2026-09-06T05:00:00Z fulfilled Ana Núñez",
                        "2026-09-07T13:00:00Z 2026-09-07T13:30:00Z fulfilled Ana Núñez");
    }

    @ParameterizedTest
    @CsvSource({
        "none,      ''",
        "reminders, 'reminder planned'",
        "all,       'confirmation planned, reminder planned'",
    })
    void of_visits_that_are_to_come_patients_are_told_as_the_import_wants(String notices, String story) {
        turned(
                checked(
                        uploaded(HEADER
                                + "1;30123456;Gómez;Control;10/12/2026;10:00;;;\n"
                                + "2;30123456;Gómez;Control;20/11/2026;10:00;;;\n"),
                        notices),
                "commit");
        var ahead = owner().get("/appointments?from=2026-12-10&to=2026-12-11").at("/items/0/id");
        assertThat(String.join(", ", loop().story(UUID.fromString(ahead)))).isEqualTo(story);
        assertThat(owner().get("/messages?limit=200").json().at("/items"))
                .hasSize(story.isEmpty() ? 0 : story.split(",").length);
    }

    @Test
    void an_import_is_undone_but_for_what_somebody_touched_since() {
        var imported = imported(uploaded(HEADER
                + "1;30123456;Gómez;Control;10/12/2026;10:00;;;\n"
                + "2;30123456;Gómez;Control;10/12/2026;11:00;;;\n"
                + "3;30123456;Gómez;Control;25/11/2026;08:00;;;\n" // whose reminder leaves now
                + "4;30123456;Gómez;Control;20/11/2026;10:00;;;\n"));
        loop().everythingIsSent();
        var items = owner().get("/appointments?from=2026-12-10&to=2026-12-11")
                .json()
                .at("/items");
        loop().moves(UUID.fromString(items.at("/1/id").asString()), "2026-12-10T18:00:00Z");
        var removed = UUID.fromString(items.at("/0/id").asString());
        var undone = turned(imported, "undo");
        assertThat(undone.at("/removed")).isEqualTo("2");
        assertThat(undone.at("/kept")).isEqualTo("2");
        assertThat(visits("2026-11-20", "2026-12-15"))
                .containsExactly(
                        "2026-11-25T11:00:00Z 2026-11-25T11:30:00Z booked Ana Núñez",
                        "2026-12-10T18:00:00Z 2026-12-10T18:30:00Z booked Ana Núñez");
        assertThat(loop().story(removed)).containsExactly("reminder superseded");
        assertThat(loop().books(ana, "2026-12-10T13:00:00Z").status()).isEqualTo(201);
    }

    @Test
    void visits_of_a_group_take_a_place_each_until_it_is_full() {
        var yoga = owner().post("/healthcare-services", Map.of("name", "Yoga", "durationMinutes", 60, "capacity", 3));
        assertThat(yoga.status()).as(yoga.text()).isEqualTo(201);
        var people = List.of("30123457", "30123458", "30123459");
        people.forEach(dni -> patient("Eva", "Sosa " + dni, "011 15-2345-" + dni.substring(4), dni));
        var file = new StringBuilder("DNI;Servicio;Inicio\n30123456;Yoga;2026-12-01 10:00\n");
        people.forEach(dni -> file.append(dni).append(";Yoga;2026-12-01 10:00\n"));
        file.append("30123457;Control;2026-12-01 10:30\n"); // in the middle of it
        var imported = imported(uploaded(file.toString()));
        assertThat(counts(imported)).isEqualTo("imported: 3 new, 0 there, 2 refused");
        assertThat(problems(imported)).containsExactly("5 Inicio slot-taken", "6 Inicio slot-taken");
        assertThat(visits("2026-12-01", "2026-12-02")).hasSize(3);

        var undone = turned(imported, "undo");
        assertThat(undone.at("/removed")).isEqualTo("3");
        assertThat(counts(imported(uploaded("DNI;Servicio;Inicio\n30123457;Yoga;2026-12-01 10:00\n"))))
                .isEqualTo("imported: 1 new, 0 there, 0 refused");
        // The others join those that are in the agenda already.
        assertThat(counts(imported(uploaded(file.toString())))).isEqualTo("imported: 2 new, 1 there, 2 refused");
    }

    @Test
    void a_row_that_repeats_a_past_visit_is_no_second_one_and_its_history_says_where_it_came_from() {
        var row = "30123456;2026-11-20 10:00\n";
        assertThat(counts(imported(uploaded("DNI;Inicio\n" + row + row))))
                .isEqualTo("imported: 1 new, 1 there, 0 refused");
        var visit = owner().get("/appointments?from=2026-11-20&to=2026-11-21").at("/items/0/id");
        assertThat(owner().get("/appointments/" + visit + "/timeline").json().at("/items"))
                .extracting(step ->
                        step.at("/kind").asString() + " " + step.at("/reason").asString())
                .containsExactly("appointment-imported staff");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, true", "windows-1252, false"})
    void letters_survive_the_encoding(String encoding, boolean mark) {
        var text = (mark ? "\ufeff" : "") + "Paciente;Nacimiento;Día;Hora\r\n\"Núñez, Ana\";29/2/84;20/11/26;3 pm\r\n";
        var one = upload(text.getBytes(Charset.forName(encoding)));
        assertThat(one.at("/encoding")).as(one.text()).isEqualTo(encoding);
        assertThat(counts(imported(one))).isEqualTo("imported: 1 new, 0 there, 0 refused");
        assertThat(visits("2026-11-20", "2026-11-21").getFirst()).startsWith("2026-11-20T18:00:00Z");
    }

    @Test
    void a_workbook_says_day_and_hour_as_spreadsheets_keep_them() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("Turnos");
            sheet.value(0, 0, "DNI");
            sheet.value(0, 1, "Inicio");
            sheet.value(0, 2, "Hasta");
            sheet.value(1, 0, 30123456);
            sheet.value(1, 1, LocalDateTime.of(2026, 11, 20, 10, 30));
            sheet.style(1, 1).format("dd/mm/yyyy hh:mm").set();
            sheet.value(1, 2, 11.25 / 24);
            sheet.style(1, 2).format("hh:mm").set();
        }
        assertThat(counts(imported(upload(bytes.toByteArray())))).isEqualTo("imported: 1 new, 0 there, 0 refused");
        assertThat(visits("2026-11-20", "2026-11-21"))
                .containsExactly("2026-11-20T13:30:00Z 2026-11-20T14:15:00Z fulfilled Ana Núñez");
    }

    @Test
    void a_file_needs_to_say_whose_visit_it_is_and_when_and_no_column_twice() {
        assertThat(upload("Fecha;FECHA\n1;2\n".getBytes(StandardCharsets.UTF_8)).at("/errors/0/code"))
                .isEqualTo("duplicate-header");
        for (var header : Map.of("DNI;Fecha", "when-missing", "Paciente;Inicio", "patient-missing")
                .entrySet()) {
            var one = uploaded(header.getKey() + "\n1;2\n");
            var plan =
                    Map.of("fields", fieldsOf(one), "monthFirst", false, "pastStatus", "fulfilled", "notices", "none");
            assertThat(owner().ifMatch(one.etag())
                            .put("/appointment-imports/" + one.id(), plan)
                            .at("/errors/0/code"))
                    .isEqualTo(header.getValue());
        }
        var patients =
                owner().with("Content-Type", "application/octet-stream").post("/patient-imports", "Nombre\nAna\n");
        assertThat(owner().get("/appointment-imports/" + patients.id()).status())
                .isEqualTo(404);
    }
}
