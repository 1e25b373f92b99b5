package app.recado.scheduling;

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
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A clinic in Madrid (UTC+1) with a second location on the Canaries (UTC+0). Its practitioner works there on Wednesdays from
 * 9 to 10 and from 12 to 13 in Madrid. Today is Monday, 23 November 2026.
 */
@RecadoTest
class LocationsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    private record Scene(Front front, UUID canaries) {

        UUID madrid() {
            return front.clinic().id();
        }

        List<String> free(String query) {
            var answer = front.desk()
                    .get("/slots?healthcareServiceId=%s&from=2026-11-25&to=2026-11-26%s"
                            .formatted(front.service(), query));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json()
                    .at("/items")
                    .valueStream()
                    .map(slot -> slot.at("/start").asString().substring(11, 16) + " "
                            + (slot.at("/locationId").asString().equals(canaries.toString()) ? "Canaries" : "Madrid"))
                    .toList();
        }

        Answer books(String start, @Nullable UUID location) {
            var body = front.visitAt(start);
            body.put("locationId", location);
            return front.desk().post("/appointments", body);
        }
    }

    @BeforeEach
    void set() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Scene scene() {
        var front = Front.of(clinics.open("ES", "Europe/Madrid", "es"));
        var owner = front.clinic().owner();
        var canaries = created(owner.post(
                        "/locations",
                        Map.of(
                                "name",
                                "Las Palmas",
                                "address",
                                "Calle Triana 1",
                                "phone",
                                "928 12 34 56",
                                "timeZone",
                                "Atlantic/Canary",
                                "point",
                                Map.of("latitude", 28.1, "longitude", -15.41))))
                .id();
        var there = new HashMap<String, Object>(Map.of("day", "wed", "from", "09:00", "until", "10:00"));
        there.put("locationId", canaries);
        created(owner.post(
                "/schedules",
                Map.of(
                        "practitionerId",
                        front.practitioner(),
                        "validFrom",
                        "2026-11-01",
                        "hours",
                        List.of(there, Map.of("day", "wed", "from", "12:00", "until", "13:00")))));
        return new Scene(front, canaries);
    }

    @Test
    void every_clinic_has_a_main_location_that_is_its_profile_until_it_is_changed() {
        var clinic = clinics.open();
        var owner = clinic.owner();
        var list = clinic.receptionist().get("/locations");
        assertThat(list.json().at("/items")).hasSize(1);
        assertThat(list.at("/items/0/id")).isEqualTo(clinic.id().toString());
        assertThat(list.at("/items/0/name")).isEqualTo("Clínica " + clinic.id());
        var seen = owner.get("/locations/" + clinic.id());
        var body = Map.of("name", "Sede Centro", "address", "Av. Colón 350", "active", true);
        var changed = owner.ifMatch(seen.etag()).put("/locations/" + clinic.id(), body);
        assertThat(changed.at("/name")).isEqualTo("Sede Centro");
        assertThat(changed.json().at("/main").asBoolean()).isTrue();
        assertThat(owner.ifMatch(seen.etag())
                        .put("/locations/" + clinic.id(), body)
                        .code())
                .isEqualTo("stale");
        assertThat(clinic.receptionist().get("/locations").json().at("/items")).hasSize(1);
        var retired = owner.ifMatch(changed.etag())
                .put("/locations/" + clinic.id(), Map.of("name", "Sede Centro", "active", false));
        assertThat(retired.at("/errors/0/pointer")).isEqualTo("/active");
    }

    @Test
    void hours_are_of_the_wall_clock_of_their_location_and_free_times_say_where() {
        var scene = scene();
        // 9 to 10 on the Canaries is 9 to 10 UTC, 12 to 13 in Madrid is 11 to 12 UTC.
        assertThat(scene.free(""))
                .containsExactly(
                        "09:00 Canaries",
                        "09:15 Canaries",
                        "09:30 Canaries",
                        "11:00 Madrid",
                        "11:15 Madrid",
                        "11:30 Madrid");
        assertThat(scene.free("&locationId=" + scene.canaries()))
                .hasSize(3)
                .allMatch(slot -> slot.endsWith("Canaries"));
        var open = scene.front().desk().get("/opening-hours?from=2026-11-25&to=2026-11-26");
        assertThat(open.at("/items/0/open/0/locationId"))
                .isEqualTo(scene.canaries().toString());
        assertThat(open.at("/items/0/open/1/locationId"))
                .isEqualTo(scene.madrid().toString());
    }

    @Test
    void a_visit_takes_place_where_the_practitioner_is_then_and_its_hour_is_meant_there() {
        var scene = scene();
        var there = created(scene.books("2026-11-25T09:00:00Z", null));
        assertThat(there.at("/location/name")).isEqualTo("Las Palmas");
        assertThat(there.at("/timeZone")).isEqualTo("Atlantic/Canary");
        assertThat(scene.books("2026-11-25T09:30:00Z", scene.madrid()).code()).isEqualTo("outside-hours");
        var moved =
                scene.front().act(scene.front().desk(), there, "reschedule", Map.of("start", "2026-11-25T11:00:00Z"));
        assertThat(moved.at("/location/id")).isEqualTo(scene.madrid().toString());
        assertThat(moved.at("/timeZone")).isEqualTo("Europe/Madrid");
        var unknown = scene.books("2026-11-25T09:30:00Z", UUID.randomUUID());
        assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/locationId");
    }

    @Test
    void a_retired_location_keeps_its_visits_and_offers_nothing() {
        var scene = scene();
        var owner = scene.front().clinic().owner();
        var visit = created(scene.books("2026-11-25T09:00:00Z", scene.canaries()));
        var seen = owner.get("/locations/" + scene.canaries());
        assertThat(seen.at("/phone")).isEqualTo("+34928123456");
        var body = Map.of("name", "Las Palmas", "timeZone", "Atlantic/Canary", "active", false);
        assertThat(owner.ifMatch(seen.etag())
                        .put("/locations/" + scene.canaries(), body)
                        .status())
                .isEqualTo(200);
        assertThat(scene.free("")).hasSize(3).allMatch(slot -> slot.endsWith("Madrid"));
        assertThat(scene.books("2026-11-25T09:30:00Z", scene.canaries()).at("/errors/0/code"))
                .isEqualTo("unknown-value");
        assertThat(scene.front().read(visit).at("/location/name")).isEqualTo("Las Palmas");
    }

    @Test
    void hours_and_zones_that_do_not_exist_are_refused_where_they_stand() {
        var scene = scene();
        var owner = scene.front().clinic().owner();
        var other = scene();
        var foreign = new HashMap<String, Object>(Map.of("day", "mon", "from", "09:00", "until", "10:00"));
        foreign.put("locationId", other.canaries());
        var refused = owner.post("/schedules", Map.of("validFrom", "2026-11-01", "hours", List.of(foreign)));
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/hours/0/locationId");
        assertThat(owner.post("/locations", Map.of("name", "X", "timeZone", "Mars/Olympus"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/timeZone");
    }

    @Test
    void a_service_of_one_location_is_offered_booked_and_moved_there_alone() {
        var scene = scene();
        var front = scene.front();
        assertThat(scene.free("")).anyMatch(slot -> slot.endsWith("Madrid"));
        var before = created(scene.books("2026-11-25T11:00:00Z", scene.madrid()));
        serviceAt(front, List.of(scene.canaries()));

        assertThat(scene.free("")).isNotEmpty().allMatch(slot -> slot.endsWith("Canaries"));
        assertThat(scene.free("&locationId=" + scene.madrid())).isEmpty();
        var refused = scene.books("2026-11-25T11:30:00Z", scene.madrid());
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/locationId");
        assertThat(refused.at("/errors/0/code")).isEqualTo("not-offered");
        assertThat(created(scene.books("2026-11-25T09:00:00Z", null)).at("/location/name"))
                .isEqualTo("Las Palmas");

        var later = front.act(front.desk(), before, "reschedule", Map.of("start", "2026-11-25T11:30:00Z"));
        assertThat(later.at("/location/id"))
                .as("where it was before")
                .isEqualTo(scene.madrid().toString());

        serviceAt(front, List.of());
        assertThat(scene.free("")).anyMatch(slot -> slot.endsWith("Madrid"));
    }

    @Test
    void a_service_names_locations_of_its_clinic_and_keeps_them_until_it_is_told_others() {
        var scene = scene();
        var owner = scene.front().clinic().owner();
        var path = "/healthcare-services/" + scene.front().service();
        serviceAt(scene.front(), List.of(scene.madrid(), scene.canaries()));
        var seen = owner.get(path);
        assertThat(seen.json().at("/locationIds")).hasSize(2);
        var said = Map.of(
                "name",
                "Control",
                "durationMinutes",
                30,
                "bufferBeforeMinutes",
                0,
                "bufferAfterMinutes",
                0,
                "practitionerIds",
                List.of(),
                "active",
                true);
        var changed = owner.ifMatch(seen.etag()).put(path, said);
        assertThat(changed.json().at("/locationIds"))
                .as("a program that knows of none")
                .hasSize(2);
        var foreign = clinics.open().id();
        var wrong = new HashMap<String, Object>(said);
        wrong.put("locationIds", List.of(foreign));
        assertThat(owner.ifMatch(changed.etag()).put(path, wrong).at("/errors/0/pointer"))
                .isEqualTo("/locationIds/0");
    }

    private static void serviceAt(Front front, List<UUID> locations) {
        var owner = front.clinic().owner();
        var path = "/healthcare-services/" + front.service();
        var changed = owner.ifMatch(owner.get(path).etag())
                .put(
                        path,
                        Map.of(
                                "name",
                                "Control",
                                "durationMinutes",
                                30,
                                "bufferBeforeMinutes",
                                0,
                                "bufferAfterMinutes",
                                0,
                                "practitionerIds",
                                List.of(),
                                "locationIds",
                                locations,
                                "active",
                                true));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }
}
