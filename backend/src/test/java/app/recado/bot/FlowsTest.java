package app.recado.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.recado.guards.ClinicRecords;
import app.recado.organizations.OrganizationRegistered;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What a clinic's people do with flows. */
@RecadoTest
class FlowsTest {

    private static final Map<String, Object> GOODBYE = ClinicRecords.GOODBYE_FLOW;

    @Autowired
    Clinics clinics;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

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

    private void registered() {
        clinic.inside(() -> transaction.executeWithoutResult(
                status -> events.publishEvent(new OrganizationRegistered(clinic.id()))));
    }

    @Test
    void a_new_clinic_begins_with_drafts_that_answer_nobody_and_do_not_stand_in_the_way_of_an_import() {
        registered();
        registered();

        var flows = clinic.owner().get("/flows").json().path("items");
        assertThat(flows.valueStream().map(flow -> flow.path("name").asString()))
                .containsExactly("Recepción", "Fuera de horario");
        assertThat(flows.valueStream().map(flow -> flow.path("publishedVersion").isNull()))
                .containsOnly(true);
        assertThat(flows.valueStream().flatMap(flow -> flow.path("faults").valueStream()))
                .allMatch(fault -> fault.path("warning").asBoolean());
        assertThat(clinic.owner().post("/flow-imports", collections(false)).status())
                .isEqualTo(200);
    }

    @Test
    void a_flow_goes_to_another_clinic_with_what_it_refers_to_by_name() {
        var elsewhere = clinics.open();
        var here = service(clinic, "Limpieza");
        var there = service(elsewhere, "limpieza");
        service(clinic, "Ortodoncia");
        var document = new HashMap<>(GOODBYE);
        document.put("start", "book");
        document.put(
                "nodes",
                List.of(
                        booking(here, service(clinic, "Blanqueamiento")),
                        ((List<?>) Objects.requireNonNull(GOODBYE.get("nodes"))).getFirst()));
        var flow = LoopClinic.created(clinic.owner().post("/flows", Map.of("name", "Reservas", "document", document)));

        var bundle = clinic.receptionist().get("/flows/" + flow + "/bundle");
        assertThat(bundle.json().path("references")).as(bundle.text()).hasSize(2);
        var dry = elsewhere.owner().post("/flow-bundles", Map.of("bundle", bundle.json(), "dryRun", true));
        assertThat(dry.at("/remarks/0/code")).as(dry.text()).isEqualTo("service-unknown");
        assertThat(dry.at("/remarks/0/about")).isEqualTo("Blanqueamiento");
        assertThat(elsewhere.owner().get("/flows").json().path("items")).isEmpty();

        var kept = elsewhere.owner().post("/flow-bundles", Map.of("bundle", bundle.json(), "dryRun", false));
        assertThat(kept.at("/flow/name")).isEqualTo("Reservas");
        assertThat(kept.json()
                        .at("/flow/draft/nodes/0/healthcareServiceIds")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(there.toString());
    }

    private static UUID service(Clinics.Clinic of, String name) {
        var service = LoopClinic.created(
                of.owner().post("/healthcare-services", Map.of("name", name, "durationMinutes", 30)));
        var practitioner = LoopClinic.created(of.owner().post("/practitioners", Map.of("displayName", "Dra. " + name)));
        assertThat(practitioner).isNotNull();
        return service;
    }

    private static Map<String, Object> booking(UUID... services) {
        return Map.of(
                "kind",
                "action",
                "id",
                "book",
                "action",
                "book",
                "text",
                Map.of("es", "", "en", "", "pt", ""),
                "healthcareServiceIds",
                List.of(services),
                "locationIds",
                List.of(),
                "files",
                List.of(),
                "details",
                List.of(),
                "next",
                "end",
                "otherwise",
                "end");
    }

    @Test
    void a_file_that_a_flow_sends_does_not_go_for_its_age() {
        var id = UUID.randomUUID();
        clinic.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql("""
                        insert into outbound_media (organization_id, id, key, content_type, size, sha256, created_at)
                        values (?, ?, ?, 'application/pdf', 1, 'x', now() - interval '9 years')
                        """).params(clinic.id(), id, "media/" + id).update()));
        var sending = new HashMap<>(booking());
        sending.put("action", "send-file");
        sending.put("files", List.of(Map.of("mediaId", id, "name", "Preparacion.pdf")));
        var document = new HashMap<>(GOODBYE);
        document.put("start", "book");
        document.put("nodes", List.of(sending, ((List<?>) Objects.requireNonNull(GOODBYE.get("nodes"))).getFirst()));

        clinic.owner().post("/flows", Map.of("name", "Preparación", "document", document));

        assertThat(clinic.<Boolean>inside(
                        () -> transaction.execute(status -> jdbc.sql("select kept from outbound_media where id = ?")
                                .param(id)
                                .query(Boolean.class)
                                .single())))
                .isTrue();
    }

    @Test
    void an_import_is_tried_dry_and_begins_only_a_clinic_without_flows() {
        var input = collections(true);
        var dry = clinic.owner().post("/flow-imports", input);
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().path("flow").isNull()).isTrue();
        assertThat(clinic.owner().get("/flows").json().path("items")).isEmpty();

        input.put("dryRun", false);
        assertThat(clinic.owner().post("/flow-imports", input).at("/flow/name")).isEqualTo("Menú anterior");
        input.put("name", "Otra vez");
        assertThat(clinic.owner().post("/flow-imports", input).code()).isEqualTo("flow-not-in-that-state");
    }

    private static HashMap<String, Object> collections(boolean dryRun) {
        return new HashMap<>(Map.of(
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
                dryRun));
    }

    @Test
    void where_a_step_is_drawn_is_part_of_its_version_and_goes_with_the_flow_to_another_clinic() {
        var drawn = new HashMap<String, Object>(GOODBYE);
        var start = String.valueOf(GOODBYE.get("start"));
        drawn.put("positions", List.of(Map.of("node", start, "x", 204, "y", -48)));
        var id = LoopClinic.created(clinic.owner().post("/flows", Map.of("name", "Despedida", "document", drawn)));
        does(id, "publish");

        var elsewhere = new HashMap<String, Object>(GOODBYE);
        elsewhere.put("positions", List.of(Map.of("node", start, "x", 0, "y", 0)));
        var changed = clinic.owner()
                .ifMatch(clinic.owner().get("/flows/" + id).etag())
                .put("/flows/" + id, Map.of("name", "Despedida", "document", elsewhere));
        assertThat(changed.at("/published/positions/0/x")).isEqualTo("204");
        assertThat(changed.at("/published/positions/0/y")).isEqualTo("-48");
        assertThat(changed.at("/draft/positions/0/x")).isEqualTo("0");

        var bundle = clinic.owner().get("/flows/" + id + "/bundle").json();
        var arrived = clinics.open().owner().post("/flow-bundles", Map.of("bundle", bundle, "dryRun", false));
        assertThat(arrived.at("/flow/draft/positions/0/node"))
                .as(arrived.text())
                .isEqualTo(start);

        assertThat(clinic.owner()
                        .get("/flows/" + goodbye())
                        .json()
                        .path("draft")
                        .path("positions"))
                .as("nobody moved anything")
                .isEmpty();
        for (var x : List.<Object>of(20_001, 1.5, "far")) {
            drawn.put("positions", List.of(Map.of("node", start, "x", x, "y", 0)));
            assertThat(clinic.owner()
                            .post("/flows", Map.of("name", "Lejos", "document", drawn))
                            .status())
                    .as("x of " + x)
                    .isIn(400, 422);
        }
    }
}
