package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.retention.Retention;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@RecadoTest
class PatientImportTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    Retention retention;

    @Autowired
    PatientContacts contacts;

    @Autowired
    TransactionTemplate transaction;

    Clinics.@Nullable Clinic opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Answer upload(byte[] file) {
        return clinic().owner().with("Content-Type", "application/octet-stream").post("/patient-imports", file);
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

    /** Has the rows tried with the columns as they were recognised. */
    private Answer checked(Answer one, boolean update) {
        var plan = Map.of("fields", fieldsOf(one), "updateExisting", update, "monthFirst", false);
        var answer = clinic().owner().ifMatch(one.etag()).put("/patient-imports/" + one.id(), plan);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("/state")).isEqualTo("checking");
        jobs.run();
        return read(one);
    }

    private Answer imported(Answer one, boolean update) {
        return turned(checked(one, update), "commit");
    }

    private Answer turned(Answer one, String step) {
        var begun =
                clinic().owner().ifMatch(one.etag()).send("POST", "/patient-imports/" + one.id() + "/" + step, null);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        jobs.run();
        return read(one);
    }

    private Answer read(Answer one) {
        return clinic().owner().get("/patient-imports/" + one.id());
    }

    private static String counts(Answer one) {
        return "%s: %s new, %s completed, %s there, %s refused"
                .formatted(
                        one.at("/state"),
                        one.at("/created"),
                        one.at("/updated"),
                        one.at("/alreadyThere"),
                        one.at("/refused"));
    }

    /** What is wrong with each row: {@code 2 Nombre too-long}. */
    private List<String> problems(Answer one) {
        var found = new ArrayList<String>();
        clinic().owner()
                .get("/patient-imports/" + one.id() + "/rows?limit=200")
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

    private List<JsonNode> find(String text) {
        return clinic().receptionist()
                .post("/patients/search", Map.of("text", text))
                .json()
                .at("/items")
                .valueStream()
                .toList();
    }

    private static final String ANA = """
            Apellido;Nombre;Teléfono;DNI;Fecha de nacimiento;Sexo;Etiquetas;Código interno
            Núñez;Ana María;011 15-2345-6789;30.123.456;29/02/1984;F;VIP, niños;A-1
            Peña;José;;5123456;3-4-58;Masculino;;A-2
            """;

    @Test
    void a_file_is_recognised_tried_imported_and_undone() {
        var one = uploaded(ANA);
        assertThat(one.at("/encoding")).isEqualTo("UTF-8");
        assertThat(one.at("/delimiter")).isEqualTo(";");
        assertThat(fieldsOf(one))
                .containsExactly(
                        "family-name", "given-name", "phone", "identifier", "birth-date", "gender", "tags", "ignore");
        assertThat(clinic().owner()
                        .get("/patient-imports/" + one.id() + "/preview")
                        .at("/items/1/cells/1"))
                .isEqualTo("José");

        var checked = checked(one, false);
        assertThat(counts(checked)).isEqualTo("checked: 2 new, 0 completed, 0 there, 0 refused");
        assertThat(checked.at("/rowsTotal")).isEqualTo("2");
        assertThat(find("nunez")).isEmpty();

        var imported = turned(checked, "commit");
        assertThat(counts(imported)).isEqualTo("imported: 2 new, 0 completed, 0 there, 0 refused");
        var ana = find("30123456").getFirst();
        assertThat(ana.at("/displayName").asString()).isEqualTo("Ana María Núñez");
        assertThat(ana.at("/phone").asString()).isEqualTo("+5491123456789");
        assertThat(ana.at("/birthDate").asString()).isEqualTo("1984-02-29");
        assertThat(ana.at("/gender").asString()).isEqualTo("female");
        assertThat(ana.at("/language").asString()).isEqualTo("es");
        assertThat(ana.at("/tags/1").asString()).isEqualTo("niños");
        assertThat(find("pena jos").getFirst().at("/birthDate").asString()).isEqualTo("1958-04-03");
        assertThat(clinic().owner().get("/patient-imports").at("/items/0/id"))
                .isEqualTo(one.id().toString());

        var undone = turned(imported, "undo");
        assertThat(undone.at("/state")).isEqualTo("undone");
        assertThat(undone.at("/removed")).isEqualTo("2");
        assertThat(find("")).isEmpty();
        clinic().receptionist().post("/patients", named("Ana", "Núñez", null)).id();
    }

    /** See {@code synthea/README.md}. */
    @Test
    void everybody_whom_synthea_made_up_arrives_and_is_found_by_their_name() throws IOException {
        String file;
        try (var bytes = Objects.requireNonNull(getClass().getResourceAsStream("/synthea/patients.csv"))) {
            file = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
        var one = uploaded(file);
        var fields = List.of("ignore", "birth-date", "given-name", "ignore", "family-name", "gender");
        var plan = Map.of("fields", fields, "updateExisting", false, "monthFirst", false);
        assertThat(clinic().owner()
                        .ifMatch(one.etag())
                        .put("/patient-imports/" + one.id(), plan)
                        .status())
                .isEqualTo(200);
        jobs.run();
        assertThat(counts(turned(read(one), "commit"))).isEqualTo("imported: 44 new, 0 completed, 0 there, 0 refused");
        for (var line : file.lines().skip(1).toList()) {
            var cells = line.split(",");
            // Each name ends in a number there; a short word with one could be a paper's, and nobody types it.
            assertThat(find((cells[4] + " " + cells[2]).replaceAll("\\d", "")))
                    .as(line)
                    .anySatisfy(found -> {
                        assertThat(found.at("/familyName").asString()).isEqualTo(cells[4]);
                        assertThat(found.at("/birthDate").asString()).isEqualTo(cells[1]);
                        assertThat(found.at("/gender").asString()).isEqualTo(cells[5].equals("F") ? "female" : "male");
                    });
        }
    }

    @Test
    void who_has_a_visit_or_was_changed_since_stays_when_it_is_undone() {
        var imported = imported(uploaded(ANA + "Sosa;Eva;;;;;;\n"), false);
        var owner = clinic().owner();
        var ana = find("nunez").getFirst().at("/id").asString();
        var jose = find("pena").getFirst().at("/id").asString();
        owner.post(
                "/appointments",
                Map.of(
                        "patientId",
                        ana,
                        "practitionerId",
                        owner.post("/practitioners", Map.of("displayName", "Dra. Paz"))
                                .id(),
                        "healthcareServiceId",
                        owner.post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30))
                                .id(),
                        "start",
                        "2026-11-30T13:00:00Z"));
        owner.ifMatch("\"v0\"").put("/patients/" + jose, named("José", "Peña", "011 15-4444-5555"));
        var undone = turned(imported, "undo");
        assertThat(undone.at("/removed")).isEqualTo("1");
        assertThat(undone.at("/kept")).isEqualTo("2");
        assertThat(find("")).hasSize(2);
        assertThat(find("sosa")).isEmpty();
        assertThat(owner.get("/patient-imports/" + undone.id() + "/rows?outcome=kept")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,        false, UTF-8",
        "UTF-8,        true,  UTF-8",
        "UTF-16LE,     true,  UTF-16LE",
        "UTF-16BE,     true,  UTF-16BE",
        "UTF-16LE,     false, UTF-16LE",
        "windows-1252, false, windows-1252",
    })
    void letters_survive_the_encoding(String encoding, boolean mark, String recognised) {
        var text = (mark ? "\ufeff" : "") + "sep=;\r\nNombre completo;Celular\r\n\"Núñez, Ana\";011 15 2345-6789\r\n";
        var one = upload(text.getBytes(Charset.forName(encoding)));
        assertThat(one.at("/encoding")).as(one.text()).isEqualTo(recognised);
        assertThat(counts(imported(one, false))).isEqualTo("imported: 1 new, 0 completed, 0 there, 0 refused");
        assertThat(find("nunez ana").getFirst().at("/displayName").asString()).isEqualTo("Ana Núñez");
    }

    @ParameterizedTest
    @CsvSource({
        "',', First name, Last name, Phone, Date of birth",
        "'\t', Nome, Sobrenome, Telefone, Data de nascimento"
    })
    void columns_are_recognised_in_english_and_portuguese(
            String delimiter, String given, String family, String phone, String birth) {
        var one = uploaded(String.join(delimiter, given, family, phone, birth) + "\n"
                + String.join(delimiter, "Ana", "Sosa", "", "1990-05-17") + "\n");
        assertThat(fieldsOf(one)).containsExactly("given-name", "family-name", "phone", "birth-date");
    }

    @Test
    void each_row_says_what_is_wrong_with_it_and_the_others_are_imported() {
        var one = uploaded("Nombre,Apellido,Teléfono,DNI,Nacimiento,Correo,Sexo,Notas\n"
                + "=1+1,Sosa,,,,,,\n"
                + "@cmd,Sosa,,,,,,\n"
                + "x".repeat(1_000_000) + ",Sosa,,,,,,\n"
                + "\"Ana\nMaría\",Sosa,,,,,,\"dos\nlíneas\"\n"
                + ",,,,,ana@example.com,,\n"
                + "Ana,Paz,123,12,31/02/1990,ana at home,dama,\n"
                + "Ana,Paz,,,24/11/2026,,,\n"
                + "Ana,Corta\n"
                + "Ana,Larga,,,,,,,de más\n"
                + "Ana,Nula\u0000,,,,,,\n"
                + "'=Ana,Comilla,,,,,,\n"
                + "\n");
        var imported = imported(one, false);
        assertThat(problems(imported))
                .containsExactly(
                        "2 Nombre formula",
                        "3 Nombre formula",
                        "4 Nombre too-long",
                        "8 - name-missing",
                        "9 Teléfono phone-invalid",
                        "9 Nacimiento date-unreadable",
                        "9 Sexo unknown-value",
                        "9 Correo invalid-format",
                        "9 DNI identifier-invalid",
                        "10 Nacimiento out-of-range",
                        "12 - too-many-cells",
                        "13 Apellido characters-not-allowed");
        assertThat(counts(imported)).isEqualTo("imported: 3 new, 0 completed, 0 there, 8 refused");
        assertThat(find("sosa").getFirst().at("/displayName").asString()).isEqualTo("Ana María Sosa");
        assertThat(find("sosa").getFirst().at("/notes").asString()).isEqualTo("dos\nlíneas");
        assertThat(find("comilla").getFirst().at("/givenName").asString()).isEqualTo("=Ana");
        assertThat(find("corta")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Nombre,NOMBRE\nAna,Eva\n', duplicate-header",
        "'', empty-file",
        "' \n\n', empty-file",
    })
    void a_file_that_is_no_table_is_refused_as_a_whole(String text, String code) {
        var answer = upload(text.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.code()).isEqualTo("import-file-refused");
        assertThat(answer.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void a_file_that_breaks_in_the_middle_imports_nothing() {
        var open = checked(uploaded("Nombre\nAna\n\"Eva\n" + "x\n".repeat(2_100_000)), false);
        assertThat(open.at("/state")).isEqualTo("failed");
        assertThat(open.at("/cause")).isEqualTo("broken-file");
        var many = checked(uploaded("Nombre\n" + "Ana\n".repeat(100_001)), false);
        assertThat(many.at("/cause")).isEqualTo("too-many-rows");
        var zip = upload(new byte[] {0x50, 0x4b, 3, 4, 0, 0, 0, 0});
        assertThat(zip.code()).isEqualTo("import-file-refused");
        assertThat(find("")).isEmpty();
        assertThat(clinic().owner()
                        .ifMatch(open.etag())
                        .send("POST", "/patient-imports/" + open.id() + "/commit", null)
                        .code())
                .isEqualTo("import-not-in-that-state");
    }

    @Test
    void a_workbook_is_read_as_it_is_shown() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("Pacientes");
            var header = List.of("Nombre", "Apellido", "Teléfono", "DNI", "Nacimiento");
            for (int i = 0; i < header.size(); i++) {
                sheet.value(0, i, header.get(i));
            }
            sheet.value(1, 0, "Ana");
            sheet.value(1, 1, "Núñez");
            sheet.value(1, 2, 1123456789L);
            sheet.value(1, 3, 30123456);
            sheet.value(1, 4, LocalDate.of(1984, 2, 29));
            sheet.style(1, 4).format("dd/mm/yyyy").set();
            sheet.formula(2, 0, "CONCATENATE(\"E\",\"va\")");
            sheet.value(2, 1, "Sosa");
        }
        var one = upload(bytes.toByteArray());
        assertThat(one.at("/format")).as(one.text()).isEqualTo("xlsx");
        var imported = imported(one, false);
        assertThat(problems(imported)).containsExactly("3 Nombre formula");
        var ana = find("30.123.456").getFirst();
        assertThat(ana.at("/phone").asString()).isEqualTo("+5491123456789");
        assertThat(ana.at("/birthDate").asString()).isEqualTo("1984-02-29");
    }

    @Test
    void who_is_there_already_is_told_and_completed_only_when_wanted() {
        var desk = clinic().receptionist();
        var paper = new HashMap<>(named("Ana", "Núñez", null));
        paper.put("identifiers", List.of(Map.of("kind", "ar-dni", "value", "30123456")));
        var ana = desk.post("/patients", paper);
        var eva = desk.post("/patients", named("Eva", "Sosa", "011 15-2345-6789"));
        var text = "Nombre;Apellido;Teléfono;Documento;Correo\n"
                + "Anita;Nuñez;011 15-4444-5555;30.123.456;ana@example.com\n"
                + "EVA;sosa;11 2345 6789;20.111.222;\n"
                + "Leo;Paz;;40.111.222;\n"
                + "Leo;Paz;;40111222;\n"
                + "Leo;Sosa;11 2345 6789;;\n";
        var skipped = checked(uploaded(text), false);
        assertThat(counts(skipped)).isEqualTo("checked: 2 new, 0 completed, 3 there, 0 refused");
        assertThat(problems(skipped)).containsExactly("5 - repeated");
        var rows = clinic().owner()
                .get("/patient-imports/" + skipped.id() + "/rows?outcome=already-there")
                .json();
        assertThat(rows.at("/items/0/patientId").asString()).isEqualTo(ana.id().toString());
        assertThat(rows.at("/items/1/patientId").asString()).isEqualTo(eva.id().toString());

        var updated = imported(uploaded(text), true);
        assertThat(counts(updated)).isEqualTo("imported: 2 new, 2 completed, 1 there, 0 refused");
        var read = desk.get("/patients/" + ana.id());
        assertThat(read.at("/givenName")).isEqualTo("Anita");
        assertThat(read.at("/email")).isEqualTo("ana@example.com");
        assertThat(read.at("/phone")).isEqualTo("+5491144445555");
        assertThat(desk.get("/patients/" + eva.id()).at("/identifiers/0/value")).isEqualTo("20111222");
    }

    @Test
    void a_number_that_opted_out_stays_so_for_imported_patients() {
        clinic().inside(() -> transaction.executeWithoutResult(status -> contacts.optOut("+5491123456789", NOW)));
        imported(uploaded(ANA), false);
        assertThat(find("nunez").getFirst().at("/messaging").asString()).isEqualTo("opted-out");
        assertThat(find("pena").getFirst().at("/messaging").asString()).isEqualTo("allowed");
    }

    @Test
    void columns_are_named_once_each_and_one_is_a_name() {
        var one = uploaded("A;B\nAna;Sosa\n");
        var owner = clinic().owner().ifMatch(one.etag());
        for (var wrong : Map.of(
                        List.of("given-name"), "out-of-range",
                        List.of("phone", "email"), "name-missing",
                        List.of("given-name", "given-name"), "already-used")
                .entrySet()) {
            var answer = owner.put(
                    "/patient-imports/" + one.id(),
                    Map.of("fields", wrong.getKey(), "updateExisting", false, "monthFirst", false));
            assertThat(answer.at("/errors/0/code")).isEqualTo(wrong.getValue());
        }
    }

    @Test
    void only_owners_import_and_the_file_is_gone_after_a_day() {
        var one = uploaded(ANA);
        assertThat(clinic().receptionist().get("/patient-imports").code()).isEqualTo("forbidden");
        clock.set(NOW.plus(Duration.ofHours(25)));
        retention.deleteOld();
        assertThat(clinic().owner()
                        .get("/patient-imports/" + one.id() + "/preview")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        var late = clinic().owner()
                .ifMatch(one.etag())
                .put(
                        "/patient-imports/" + one.id(),
                        Map.of("fields", fieldsOf(one), "updateExisting", false, "monthFirst", false));
        assertThat(late.code()).isEqualTo("import-not-in-that-state");
    }
}
