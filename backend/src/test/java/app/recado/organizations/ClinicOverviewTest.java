package app.recado.organizations;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the platform sees of all clinics, on Monday, 16 November 2026. Other tests' clinics stand in the same list. */
@RecadoTest
class ClinicOverviewTest {

    private static final String LIST = "/api/v1/platform/organizations";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    ClinicOverviews overviews;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private Api.Answer list(String query) {
        var answer = clinics.platformAdmin().get(LIST + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private JsonNode of(Clinics.Clinic clinic) {
        return list("?search=clinic-" + clinic.id()).json().at("/items/0");
    }

    private static void named(Clinics.Clinic clinic, String name) {
        var now = clinic.owner().get("");
        var renamed = clinic.owner().ifMatch(now.etag()).patch("", Map.of("name", name));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
    }

    private void planned(Clinics.Clinic clinic, int lines) {
        var plan = new HashMap<String, Object>(Map.of("plan", "Clínica", "lines", lines));
        assertThat(clinics.platformAdmin()
                        .put(LIST + "/" + clinic.id() + "/plan", plan)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void each_clinic_is_counted_without_a_word_of_its_patients() {
        var clinic = clinics.open();
        created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Recepción")));
        created(clinic.owner().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        planned(clinic, 4);
        assertThat(of(clinic).path("figures").isNull()).isTrue();

        overviews.count();

        var figures = of(clinic).path("figures");
        assertThat(figures.path("at").asString()).isEqualTo("2026-11-16T12:00:00Z");
        assertThat(figures.path("plan").asString()).isEqualTo("Clínica");
        assertThat(figures.path("planUsePercent").asInt()).isEqualTo(25);
        assertThat(figures.path("lines").asInt()).isEqualTo(1);
        assertThat(figures.path("linesLinked").asInt()).isZero();
        // The identity server is away in this test: everything else is told.
        assertThat(figures.path("members").isNull()).isTrue();
        assertThat(list("?limit=200").text()).doesNotContain("Ana", "Núñez");
    }

    @Test
    void clinics_are_found_by_name_without_accents_and_walked_page_by_page_in_every_order() {
        var mark = "Óptica " + System.nanoTime();
        var some = new ArrayList<Clinics.Clinic>();
        for (int i = 0; i < 3; i++) {
            var clinic = clinics.open();
            named(clinic, mark + " " + i);
            for (int line = 0; line <= i; line++) {
                created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Línea " + line)));
            }
            planned(clinic, 10);
            some.add(clinic);
        }
        overviews.count();
        var search = "search=" + mark.replace("Ó", "o").replace(" ", "%20");

        assertThat(walked(search + "&sort=name")).containsExactly(id(some, 0), id(some, 1), id(some, 2));
        assertThat(walked(search + "&sort=plan-use")).containsExactly(id(some, 2), id(some, 1), id(some, 0));
        for (var sort : List.of("created", "members", "lines-down", "messages", "storage")) {
            assertThat(walked(search + "&sort=" + sort))
                    .as(sort)
                    .containsExactlyInAnyOrder(id(some, 0), id(some, 1), id(some, 2));
        }
    }

    private static String id(List<Clinics.Clinic> clinics, int which) {
        return clinics.get(which).id().toString();
    }

    /** Ids in order, a page of one after another. */
    private List<String> walked(String query) {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = list("?" + query + "&limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.json().path("items").forEach(item -> ids.add(item.path("id").asString()));
            cursor = page.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty() && ids.size() < 10);
        return ids;
    }

    @Test
    void nobody_but_the_platform_sees_it_and_an_order_that_there_is_not_is_refused() {
        assertThat(clinics.anonymous().get(LIST).status()).isEqualTo(401);
        assertThat(clinics.platformAdmin().get(LIST + "?sort=revenue").code()).isEqualTo("invalid-parameter");
        assertThat(clinics.platformAdmin().get(LIST + "?cursor=abc").code()).isEqualTo("invalid-cursor");
    }
}
