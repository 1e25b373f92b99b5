package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class PatientRegisterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    PatientContacts contacts;

    @Autowired
    Patients patients;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    Clinics.@Nullable Clinic opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    static Map<String, @Nullable Object> named(
            @Nullable String given, @Nullable String family, @Nullable String phone) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("givenName", given);
        body.put("familyName", family);
        body.put("phone", phone);
        return body;
    }

    private Answer register(@Nullable String given, @Nullable String family, @Nullable String phone) {
        var answer = clinic().receptionist().post("/patients", named(given, family, phone));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    @Test
    void a_patient_is_registered_once_and_can_be_read_back() {
        var key = UUID.randomUUID().toString();
        var body = named("  Ana ", "Núñez", "011 15-2345-6789");
        body.put("birthDate", "1984-02-29");
        body.put("notes", "Prefiere la mañana");
        var created = clinic().receptionist().key(key).post("/patients", body);
        var repeated = clinic().receptionist().key(key).post("/patients", body);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.etag()).isEqualTo("\"v0\"");
        assertThat(created.header("Location"))
                .isEqualTo("/api/v1/organizations/%s/patients/%s".formatted(clinic().id(), created.id()));
        assertThat(repeated.id()).isEqualTo(created.id());
        var read = clinic().practitioner().get("/patients/" + created.id());
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.at("/displayName")).isEqualTo("Ana Núñez");
        assertThat(read.at("/phone")).isEqualTo("+5491123456789");
        assertThat(read.at("/phoneNational")).isEqualTo("011 15-2345-6789");
        assertThat(read.at("/language")).isEqualTo("es");
        assertThat(read.at("/messaging")).isEqualTo("allowed");
        assertThat(read.at("/createdAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(read.json().at("/optedOutAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "AR, America/Argentina/Buenos_Aires, 011 15-2345-6789, +5491123456789",
        "AR, America/Argentina/Buenos_Aires, +54 9 11 2345-6789, +5491123456789",
        "MX, America/Mexico_City, +52 1 55 1234 5678, +525512345678",
        "MX, America/Mexico_City, 55 1234 5678, +525512345678",
        "BR, America/Sao_Paulo, (11) 91234-5678, +5511912345678",
        "CO, America/Bogota, 310 555 0142, +573105550142",
        "CO, America/Bogota, +54 9 11 2345-6789, +5491123456789",
    })
    void a_phone_is_understood_as_people_of_the_clinics_country_type_it(
            String country, String zone, String typed, String e164) {
        var there = clinics.open(country, zone, "es");
        var answer = there.owner().post("/patients", named("Ana", "Núñez", typed));
        assertThat(answer.at("/phone")).isEqualTo(e164);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | phone-invalid",
                "no sé       | phone-invalid",
                "+1 800 FLOWERS | phone-letters",
                "11 2345-6789 / 11 4444-5555 | phone-two-numbers",
                "+55 11 8765-4321 | phone-ninth-digit",
            })
    void a_phone_that_cannot_be_is_refused_at_its_field_with_the_reason(String typed, String code) {
        var answer = clinic().receptionist().post("/patients", named("Ana", "Núñez", typed));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid-fields");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/phone");
        assertThat(answer.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void an_extension_is_kept_beside_the_phone() {
        var ana = register("Ana", "Núñez", "+54 11 2345 6789 int. 12");
        assertThat(ana.at("/phone")).isEqualTo("+5491123456789");
        assertThat(ana.at("/phoneExtension")).isEqualTo("12");
    }

    @Test
    void one_name_is_enough_and_none_is_not() {
        var soren = register("Søren", null, "011 15-2345-6789");
        assertThat(soren.at("/displayName")).isEqualTo("Søren");
        assertThat(soren.json().at("/familyName").isNull()).isTrue();
        assertThat(register("", "  Paz ", null).at("/displayName")).isEqualTo("Paz");
        clinic().inside(() -> transaction.executeWithoutResult(status -> {
            assertThat(contacts.byPhone("+5491123456789").getFirst().displayName())
                    .isEqualTo("Søren");
            assertThat(contacts.byPhone("+5491123456789").getFirst().greetingName())
                    .isEqualTo("Søren");
        }));
        for (var nothing : List.of(" ", "\u200b", "\ufffe", "\ufffd", "\u2028")) {
            var answer = clinic().receptionist().post("/patients", named(nothing, null, null));
            assertThat(answer.at("/errors/0/pointer")).isEqualTo("/givenName");
            assertThat(answer.at("/errors/0/code")).isEqualTo("required");
        }
    }

    @Test
    void a_name_is_kept_as_the_one_line_that_is_seen() {
        var ana = register("\u202aAna\u200b\n  María\u202c", "Nú\u00adñez\u2028Paz", null);
        assertThat(ana.at("/givenName")).isEqualTo("Ana María");
        assertThat(ana.at("/familyName")).isEqualTo("Núñez Paz");
    }

    @Test
    void emoji_and_combining_characters_come_back_as_they_were_written() {
        var given = "Zoe\u0308 \uD83D\uDC69\u200D\uD83D\uDC67";
        var family = "O\u2019N\u0303an\u0303ez \uD83E\uDDB7";
        var created = register(given, family, null);
        var read = clinic().owner().get("/patients/" + created.id());
        assertThat(read.at("/givenName")).isEqualTo(given);
        assertThat(read.at("/familyName")).isEqualTo(family);
    }

    @Test
    void limits_are_strict_and_name_the_field() {
        var body = named("y".repeat(101), "x".repeat(101), "1".repeat(61));
        body.put("notes", "n".repeat(501));
        body.put("language", "fr");
        var answer = clinic().receptionist().post("/patients", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/pointer").asString() + " "
                                + error.at("/code").asString() + " "
                                + error.at("/maximum").asString("")))
                .containsExactlyInAnyOrder(
                        "/givenName too-long 100",
                        "/familyName too-long 100",
                        "/phone too-long 60",
                        "/notes too-long 500",
                        "/language invalid-format ");
        var tomorrow = named("Ana", "Núñez", null);
        tomorrow.put("birthDate", "2026-11-24");
        assertThat(clinic().receptionist().post("/patients", tomorrow).at("/errors/0/code"))
                .isEqualTo("out-of-range");
    }

    @Test
    void a_change_needs_the_version_it_was_made_from() {
        var ana = register("Ana", "Núñez", "011 15-2345-6789");
        var desk = clinic().receptionist();
        var body = named("Ana María", "Núñez", null);
        assertThat(desk.put("/patients/" + ana.id(), body).status()).isEqualTo(428);
        var changed = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), body);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/displayName")).isEqualTo("Ana María Núñez");
        assertThat(changed.json().at("/phone").isNull()).isTrue();
        assertThat(changed.etag()).isNotEqualTo(ana.etag());
        var late = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), body);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("stale");
    }

    @Test
    void practitioners_read_patients_but_do_not_register_or_change_them() {
        var ana = register("Ana", "Núñez", null);
        var doctor = clinic().practitioner();
        assertThat(doctor.get("/patients/" + ana.id()).status()).isEqualTo(200);
        assertThat(doctor.post("/patients", named("Eva", "Paz", null)).code()).isEqualTo("forbidden");
        assertThat(doctor.ifMatch(ana.etag())
                        .put("/patients/" + ana.id(), named("Eva", "Paz", null))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void a_patient_of_another_clinic_does_not_exist() {
        var ana = register("Ana", "Núñez", "011 15-2345-6789");
        var other = clinics.open();
        assertThat(other.owner().get("/patients/" + ana.id()).status()).isEqualTo(404);
        assertThat(other.owner()
                        .ifMatch(ana.etag())
                        .put("/patients/" + ana.id(), named("Eva", "Paz", null))
                        .status())
                .isEqualTo(404);
        other.inside(() -> transaction.executeWithoutResult(status -> {
            assertThat(patients.exists(ana.id())).isFalse();
            assertThat(contacts.find(ana.id())).isEmpty();
            assertThat(contacts.byPhone("+5491123456789")).isEmpty();
            contacts.optOut("+5491123456789", NOW);
        }));
        assertThat(clinic().owner().get("/patients/" + ana.id()).at("/messaging"))
                .isEqualTo("allowed");
    }

    @Test
    void whoever_shares_the_phone_opts_out_together_and_keeps_the_first_instant() {
        var ana = register("Ana", "Núñez", "011 15-2345-6789");
        var leo = register("Leo", "Núñez", "+54 9 11 2345-6789");
        register("Eva", "Paz", "011 15-2345-0000");
        optOut(NOW.minusSeconds(60));
        optOut(NOW);
        for (var id : List.of(ana.id(), leo.id())) {
            var read = clinic().owner().get("/patients/" + id);
            assertThat(read.at("/messaging")).isEqualTo("opted-out");
            assertThat(read.at("/optedOutAt")).isEqualTo("2026-11-23T11:59:00Z");
            assertThat(read.at("/version")).isEqualTo("1");
        }
        clinic().inside(() -> transaction.executeWithoutResult(status -> {
            assertThat(contacts.byPhone("+5491123456789")).hasSize(2).allMatch(PatientContact::optedOut);
            assertThat(contacts.byPhone("+5491123450000")).noneMatch(PatientContact::optedOut);
        }));
    }

    @Test
    void a_number_that_opted_out_stays_so_for_a_newly_registered_patient() {
        register("Ana", "Núñez", "011 15-2345-6789");
        optOut(NOW);
        assertThat(register("Leo", "Núñez", "011 15-2345-6789").at("/messaging"))
                .isEqualTo("opted-out");
        var eva = register("Eva", "Paz", null);
        var moved = clinic().receptionist()
                .ifMatch(eva.etag())
                .put("/patients/" + eva.id(), named("Eva", "Paz", "011 15-2345-6789"));
        assertThat(moved.at("/messaging")).isEqualTo("opted-out");
    }

    @Test
    void staff_opt_a_patient_out_and_in_and_the_row_tells_who_and_when() {
        var ana = register("Ana", "Núñez", "011 15-2345-6789");
        var desk = clinic().receptionist();
        var body = named("Ana", "Núñez", "011 15-2345-6789");
        body.put("messaging", "opted-out");
        var out = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), body);
        assertThat(out.at("/optedOutAt")).isEqualTo("2026-11-23T12:00:00Z");
        clock.set(NOW.plusSeconds(3600));
        body.put("messaging", "allowed");
        var in = desk.ifMatch(out.etag()).put("/patients/" + ana.id(), body);
        assertThat(in.at("/messaging")).isEqualTo("allowed");
        assertThat(in.json().at("/optedOutAt").isNull()).isTrue();
        var audit = clinic().inside(() -> transaction.execute(status -> jdbc.sql("""
                        select opted_out_at, opted_out_by, opted_in_at, opted_in_by from patient
                         where organization_id = ? and id = ?
                        """)
                .params(clinic().id(), ana.id())
                .query((row, n) -> List.of(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4)))
                .single()));
        var someone = "someone-" + clinic().id();
        assertThat(audit).containsExactly(NOW, someone, NOW.plusSeconds(3600), someone);
    }

    private void optOut(Instant at) {
        clinic().inside(() -> transaction.executeWithoutResult(status -> contacts.optOut("+5491123456789", at)));
    }
}
