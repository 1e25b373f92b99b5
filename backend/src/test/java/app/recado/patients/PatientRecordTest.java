package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is written about a patient beside name and phone: papers, gender, e-mail, tags; and patients who are put away. */
@RecadoTest
class PatientRecordTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    Clinics.@Nullable Clinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private static Map<String, @Nullable Object> ana(Map<String, Object> more) {
        var body = new HashMap<String, @Nullable Object>(named("Ana", "Núñez", null));
        body.putAll(more);
        return body;
    }

    private static Map<String, Object> paper(String kind, String value) {
        return Map.of("identifiers", List.of(Map.of("kind", kind, "value", value)));
    }

    private Answer register(Map<String, Object> more) {
        var answer = clinic().receptionist().post("/patients", ana(more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private long found(Map<String, Object> search) {
        var answer = clinic().practitioner().post("/patients/search", search);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/items").size();
    }

    @Test
    void keeps_papers_gender_mail_and_tags_as_people_write_them() {
        var ana = register(Map.of(
                "identifiers",
                List.of(
                        Map.of("kind", "ar-dni", "value", "30.123.456"),
                        Map.of("kind", "passport", "value", "aaa 123456")),
                "gender",
                "female",
                "email",
                "ana@example.com",
                "tags",
                List.of(" VIP", "primera  vez", "vip")));
        var read = clinic().practitioner().get("/patients/" + ana.id());
        assertThat(read.at("/identifiers/0/value")).isEqualTo("30123456");
        assertThat(read.at("/identifiers/0/formatted")).isEqualTo("30.123.456");
        assertThat(read.at("/identifiers/1/value")).isEqualTo("AAA123456");
        assertThat(read.at("/gender")).isEqualTo("female");
        assertThat(read.at("/email")).isEqualTo("ana@example.com");
        assertThat(read.json().at("/tags").valueStream().map(tag -> tag.asString()))
                .containsExactly("vip", "primera vez");
    }

    @Test
    void a_client_that_does_not_know_the_newer_fields_does_not_empty_them() {
        var ana = register(Map.of(
                "gender",
                "female",
                "email",
                "ana@example.com",
                "tags",
                List.of("vip"),
                "identifiers",
                List.of(Map.of("kind", "ar-dni", "value", "30123456"))));
        var desk = clinic().receptionist();
        var changed = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), named("Ana", "Paz", null));
        for (var field : List.of("/identifiers", "/gender", "/email", "/tags")) {
            assertThat(changed.json().at(field)).as(field).isEqualTo(ana.json().at(field));
        }
        var emptied = desk.ifMatch(changed.etag())
                .put("/patients/" + ana.id(), ana(Map.of("email", "", "tags", List.of(), "identifiers", List.of())));
        assertThat(emptied.json().at("/email").isNull()).isTrue();
        assertThat(emptied.json().at("/tags").isEmpty()).isTrue();
        assertThat(found(Map.of("text", "30123456"))).isZero();
        register(paper("ar-dni", "30123456"));
    }

    @ParameterizedTest
    @CsvSource({
        "br-cpf, 529.982.247-26, /identifiers/0/value, identifier-check-digit",
        "ar-dni, 123,            /identifiers/0/value, identifier-invalid",
        "cl-rut, '',             /identifiers/0/value, identifier-invalid",
    })
    void a_number_that_cannot_be_is_refused_at_its_field(String kind, String value, String pointer, String code) {
        var answer = clinic().receptionist().post("/patients", ana(paper(kind, value)));
        assertThat(answer.code()).isEqualTo("invalid-fields");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void limits_name_the_field() {
        var desk = clinic().receptionist();
        var twice = desk.post(
                "/patients",
                ana(Map.of(
                        "identifiers",
                        List.of(
                                Map.of("kind", "ar-dni", "value", "30123456"),
                                Map.of("kind", "ar-dni", "value", "30123457")))));
        assertThat(twice.at("/errors/0/pointer")).isEqualTo("/identifiers/1/kind");
        assertThat(desk.post("/patients", ana(Map.of("email", "ana at home"))).at("/errors/0/pointer"))
                .isEqualTo("/email");
        assertThat(desk.post("/patients", ana(Map.of("birthDate", "1899-12-31")))
                        .at("/errors/0/code"))
                .isEqualTo("out-of-range");
        assertThat(desk.post("/patients", ana(Map.of("tags", List.of("x".repeat(31)))))
                        .at("/errors/0/code"))
                .isEqualTo("too-long");
        assertThat(desk.post("/patients", ana(Map.of("gender", "f"))).code()).isEqualTo("invalid-json");
        assertThat(desk.post("/patients", ana(Map.of("archived", true))).at("/errors/0/pointer"))
                .isEqualTo("/archived");
    }

    @Test
    void a_number_belongs_to_one_patient_of_a_clinic_and_the_refusal_says_to_whom() {
        var ana = register(paper("ar-dni", "30.123.456"));
        var desk = clinic().receptionist();
        var other = desk.post("/patients", ana(paper("ar-dni", "30123456")));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("identifier-taken");
        assertThat(other.at("/patientId")).isEqualTo(ana.id().toString());
        assertThat(other.at("/errors/0/pointer")).isEqualTo("/identifiers/0/value");
        assertThat(desk.ifMatch(ana.etag())
                        .put("/patients/" + ana.id(), ana(paper("ar-dni", "30123456")))
                        .status())
                .isEqualTo(200);
        assertThat(clinics.open()
                        .receptionist()
                        .post("/patients", ana(paper("ar-dni", "30123456")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void of_many_who_register_the_same_number_at_once_one_does() throws Exception {
        var desk = clinic().receptionist();
        Callable<Integer> one =
                () -> desk.post("/patients", ana(paper("ar-dni", "30123456"))).status();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var statuses = threads.invokeAll(java.util.Collections.nCopies(8, one)).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AR, ar-dni,  30.123.456",
        "AR, ar-dni,  30123456",
        "AR, ar-dni,  30 123 456",
        "AR, ar-dni,  30.123",
        "AR, ar-dni,  456",
        "AR, ar-dni,  ana 30.123.456",
        "CL, cl-rut,  12.345.678-5",
        "CL, cl-rut,  123456785",
        "CL, cl-rut,  22.222.222-2",
        "CL, cl-rut,  222222222",
        "CL, cl-rut,  10.000.013-k",
        "CL, cl-rut,  10000013K",
        "BR, br-cpf,  529.982.247-25",
        "BR, br-cpf,  52998224725",
        "EC, ec-ci,   0926687856",
        "EC, ec-ci,   171003406-5",
        "UY, uy-ci,   1.234.567-2",
        "MX, mx-curp, HEGG560427MVZRRL04",
        "MX, mx-curp, hegg56",
    })
    void is_found_by_a_number_as_it_is_typed(String country, String kind, String typed) {
        var there = clinics.open(country, "America/Santiago", "es");
        var all = Map.of(
                "ar-dni", List.of("30123456"),
                "cl-rut", List.of("123456785", "222222222", "10000013K"),
                "br-cpf", List.of("52998224725"),
                "ec-ci", List.of("0926687856", "1710034065"),
                "uy-ci", List.of("12345672"),
                "mx-curp", List.of("HEGG560427MVZRRL04"));
        for (var value : Objects.requireNonNull(all.get(kind))) {
            var answer = there.receptionist().post("/patients", ana(paper(kind, value)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
        var answer = there.receptionist().post("/patients/search", Map.of("text", typed));
        assertThat(answer.json().at("/items").size()).as(answer.text()).isEqualTo(1);
    }

    @Test
    void a_tag_narrows_a_search() {
        register(Map.of("tags", List.of("VIP", "niños")));
        register(Map.of("tags", List.of("vip")));
        register(Map.of());
        assertThat(found(Map.of("tag", "Vip"))).isEqualTo(2);
        assertThat(found(Map.of("tag", "vip", "text", "nunez"))).isEqualTo(2);
        assertThat(found(Map.of("tag", "niños", "text", "ana"))).isOne();
        assertThat(found(Map.of("tag", "niños", "text", "paz"))).isZero();
        assertThat(found(Map.of("tag", "vi"))).isZero();
        assertThat(found(Map.of("text", "#vip"))).isZero();
        assertThat(clinic().practitioner()
                        .get("/patients/tags")
                        .json()
                        .at("/items")
                        .valueStream()
                        .map(tag -> tag.asString()))
                .containsExactly("niños", "vip");
    }

    @Test
    void an_archived_patient_is_found_only_when_asked_for_and_comes_back() {
        var ana = register(Map.of("tags", List.of("vip")));
        var desk = clinic().receptionist();
        var archived = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), ana(Map.of("archived", true)));
        assertThat(archived.at("/archivedAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(desk.get("/patients/" + ana.id()).status()).isEqualTo(200);
        for (var search : List.<Map<String, Object>>of(Map.of(), Map.of("text", "nun"), Map.of("tag", "vip"))) {
            assertThat(found(search)).as(search.toString()).isZero();
            var asked = new HashMap<>(search);
            asked.put("archived", true);
            assertThat(found(asked)).as(asked.toString()).isOne();
        }
        desk.ifMatch(archived.etag()).put("/patients/" + ana.id(), ana(Map.of("archived", false)));
        assertThat(found(Map.of("text", "nun"))).isOne();
        assertThat(found(Map.of("archived", true))).isZero();
    }
}
