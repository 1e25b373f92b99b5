package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pictures and documents that people of the clinic attach to a card. */
@RecadoTest
class PatientFilesTest {

    /** One pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Autowired
    Clinics clinics;

    private Clinics.@Nullable Clinic opened;
    private @Nullable UUID patient;

    @BeforeEach
    void open() {
        opened = clinics.open();
        var answer = clinic().receptionist().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        patient = answer.id();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private String files() {
        return "/patients/%s/files".formatted(patient);
    }

    private static Answer attach(Api who, String path, byte[] bytes, String name) {
        return who.with("Content-Type", "application/octet-stream")
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + name)
                .post(path, bytes);
    }

    private List<String> names() {
        return clinic().receptionist()
                .get(files())
                .json()
                .at("/items")
                .valueStream()
                .map(file -> file.at("/name").asString())
                .toList();
    }

    @Test
    void a_file_is_attached_under_its_name_read_by_colleagues_and_removed_with_its_bytes() {
        var made = attach(clinic().practitioner(), files(), PNG, "Fondo%20de%20ojo%20derecho%20%C3%B1.png");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("/contentType")).isEqualTo("image/png");
        assertThat(names()).containsExactly("Fondo de ojo derecho ñ.png");
        assertThat(clinic().receptionist().get(files() + "/" + made.id()).status())
                .isEqualTo(200);

        assertThat(clinic().practitioner().delete(files() + "/" + made.id()).status())
                .isEqualTo(403);
        assertThat(clinic().receptionist().delete(files() + "/" + made.id()).status())
                .isEqualTo(204);
        assertThat(names()).isEmpty();
        assertThat(clinic().receptionist().get(files() + "/" + made.id()).status())
                .isEqualTo(404);
    }

    @Test
    void a_name_keeps_neither_folders_nor_line_breaks_and_one_that_cannot_be_read_is_made_up() {
        attach(clinic().receptionist(), files(), PNG, "C%3A%5CFotos%5Cojo%0D%0A.png");
        clinic().receptionist()
                .with("Content-Type", "application/octet-stream")
                .with("Content-Disposition", "attachment; filename*=UTF-8''%ZZ")
                .post(files(), PNG);
        assertThat(names()).containsExactlyInAnyOrder("ojo .png", "archivo.png");
    }

    @Test
    void what_is_neither_picture_nor_pdf_is_refused_whatever_it_is_called_and_a_patient_of_nobody_keeps_nothing() {
        var page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        var refused = attach(clinic().receptionist(), files(), page, "foto.png");
        assertThat(refused.code()).isEqualTo("media-type-refused");
        var nobody =
                attach(clinic().receptionist(), "/patients/%s/files".formatted(UUID.randomUUID()), PNG, "foto.png");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(names()).isEmpty();
    }
}
