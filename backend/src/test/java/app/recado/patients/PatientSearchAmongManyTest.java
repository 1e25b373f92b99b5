package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Api;
import app.recado.testing.BigClinic;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Which word is walked, and from where, decides how much is read and never who is found. */
@RecadoTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatientSearchAmongManyTest {

    /** Of whom more are called González than are read to tell how frequent a name is. */
    private static final int PATIENTS = 4_000;

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    Clinics.@Nullable Clinic filled;

    @BeforeEach
    void fill() throws SQLException {
        if (filled == null) {
            filled = clinics.open();
            BigClinic.fill(database, filled.id(), PATIENTS, 0, 0, "2026-11-25");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gonzalez",
                "gonzalez maria",
                "maria gonzalez",
                "gonzalez zulema",
                "zulema gonzalez",
                "zapata maria",
                "rodriguez ana",
                "maria zulema juan",
                "ma go",
                "m q",
                "zapata zz",
                "zz yy"
            })
    void everybody_of_those_names_is_found_once_in_the_order_of_the_register(String text) throws SQLException {
        var clinic = Objects.requireNonNull(filled);
        assertThat(pages(clinic.receptionist(), text)).isEqualTo(called(clinic.id(), text.split(" ")));
    }

    private static List<String> pages(Api desk, String text) {
        var found = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var body = new HashMap<String, Object>();
            body.put("text", text);
            body.put("limit", 50);
            if (cursor != null) {
                body.put("cursor", cursor);
            }
            var page = desk.post("/patients/search", body);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json()
                    .at("/items")
                    .forEach(patient -> found.add(patient.at("/id").asString()));
            cursor = page.json().at("/nextCursor").isNull() ? null : page.at("/nextCursor");
        } while (cursor != null);
        return found;
    }

    private List<String> called(UUID clinic, String... words) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var select = connection.prepareStatement("""
                        select id from recado.patient
                         where organization_id = ?
                           and not exists (select from unnest(?) word where ' ' || sort_name not like '% ' || word || '%')
                         order by sort_name, id
                        """)) {
            select.setObject(1, clinic);
            select.setArray(2, connection.createArrayOf("text", words));
            var found = new ArrayList<String>();
            var rows = select.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
