package app.recado.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a clinic's people do with flows. */
@RecadoTest
class FlowsTest {

    private static final Map<String, Object> GOODBYE = Map.of(
            "languages",
            List.of("es"),
            "triggers",
            List.of(Map.of("on", "keyword", "words", List.of("chau"))),
            "rules",
            Map.of(
                    "answerSeconds",
                    900,
                    "closeSeconds",
                    1800,
                    "closing",
                    Map.of("es", "", "en", "", "pt", ""),
                    "retries",
                    2,
                    "noticeHours",
                    24),
            "start",
            "end",
            "nodes",
            List.of(Map.of("kind", "end", "id", "end", "text", Map.of("es", "Chau", "en", "", "pt", ""))));

    @Autowired
    Clinics clinics;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 0), "");

    @BeforeEach
    void open() {
        clinic = clinics.open();
    }

    private UUID goodbye() {
        return LoopClinic.created(clinic.owner().post("/flows", Map.of("name", "Despedida", "document", GOODBYE)));
    }

    private Api.Answer does(UUID flow, String action) {
        var seen = clinic.owner().get("/flows/" + flow);
        return clinic.owner().ifMatch(seen.etag()).post("/flows/%s/%s".formatted(flow, action), null);
    }

    @Test
    void a_flow_is_published_archived_and_taken_up_again_as_a_draft() {
        var id = goodbye();

        assertThat(does(id, "publish").at("/publishedVersion")).isEqualTo("1");
        assertThat(does(id, "publish").code()).isEqualTo("flow-not-in-that-state");
        var archived = does(id, "archive");
        assertThat(archived.at("/state")).isEqualTo("archived");
        assertThat(archived.json().path("published").isNull()).isTrue();
        assertThat(does(id, "publish").code()).isEqualTo("flow-not-in-that-state");

        assertThat(does(id, "restore").at("/state")).isEqualTo("active");
        assertThat(does(id, "publish").at("/publishedVersion")).isEqualTo("2");
    }

    @Test
    void the_database_refuses_to_change_what_was_published() {
        var id = goodbye();
        does(id, "publish");

        clinic.inside(() -> assertThat(catchThrowable(() -> transaction.executeWithoutResult(
                        status -> jdbc.sql("update flow_version set document = '{}' where flow_id = ?")
                                .param(id)
                                .update())))
                .isInstanceOf(DataAccessException.class));
    }

    @Test
    void only_owners_write_flows_and_the_desk_reads_them() {
        var id = goodbye();

        assertThat(clinic.receptionist().get("/flows/" + id).status()).isEqualTo(200);
        assertThat(clinic.receptionist()
                        .post("/flows", Map.of("name", "Otra", "document", GOODBYE))
                        .status())
                .isEqualTo(403);
        assertThat(clinic.practitioner().get("/flows").status()).isEqualTo(403);
    }

    @Test
    void an_import_is_tried_dry_and_begins_only_a_clinic_without_flows() {
        var input = new HashMap<String, Object>(Map.of(
                "name",
                "Menú anterior",
                "language",
                "es",
                "collections",
                Map.of(
                        "menus",
                        List.of(Map.of("id", "principal", "text", "Hola")),
                        "options",
                        List.of(Map.of("menu", "principal", "order", 1, "title", "Horarios", "answer", "h")),
                        "answers",
                        List.of(Map.of("id", "h", "text", "De 8 a 18"))),
                "dryRun",
                true));

        var dry = clinic.owner().post("/flow-imports", input);
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().path("flow").isNull()).isTrue();
        assertThat(clinic.owner().get("/flows").json().path("items")).isEmpty();

        input.put("dryRun", false);
        assertThat(clinic.owner().post("/flow-imports", input).at("/flow/name")).isEqualTo("Menú anterior");
        input.put("name", "Otra vez");
        assertThat(clinic.owner().post("/flow-imports", input).code()).isEqualTo("flow-not-in-that-state");
    }
}
