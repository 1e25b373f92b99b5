package app.recado.calendars;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class CalendarFeedsTest {

    private static final String NAME = "Zoë; la de los Núñez, hija de Łucja y nieta de D'Angelo, que vive lejos";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    Clinics.@Nullable Clinic opened;

    private UUID practitioner = new UUID(0, 0);
    private UUID service = new UUID(0, 0);
    private UUID patient = new UUID(0, 0);

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = clinics.open();
        practitioner = made("/practitioners", Map.of("displayName", "Dra. Gómez"));
        service = made("/healthcare-services", Map.of("name", "Control, anual", "durationMinutes", 30));
        patient = made("/patients", Map.of("givenName", NAME, "familyName", ""));
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private UUID made(String path, Map<String, ?> body) {
        var answer = clinic().owner().post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.id();
    }

    private Api.Answer books(String start) {
        return clinic().owner()
                .post(
                        "/appointments",
                        Map.of(
                                "patientId", patient,
                                "practitionerId", practitioner,
                                "healthcareServiceId", service,
                                "start", start,
                                "outsideHours", true));
    }

    private Api.Answer feed(boolean patientNames) {
        return clinic().owner()
                .post("/calendar-feeds", Map.of("practitionerId", practitioner, "patientNames", patientNames));
    }

    private Api.Answer read(String path) {
        return clinics.anonymous().get(path);
    }

    private static List<VEvent> events(Api.Answer answer) throws IOException, ParserException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/calendar");
        return new CalendarBuilder().build(new StringReader(answer.text())).getComponents("VEVENT");
    }

    private static String of(VEvent event, String property) {
        return event.<Property>getRequiredProperty(property).getValue();
    }

    @Test
    void a_calendar_holds_the_visits_that_take_place_and_tells_nobody_who_comes() throws Exception {
        var visit = books("2026-11-26T13:00:00Z");
        var other = books("2026-11-26T14:00:00Z");
        clinic().owner().ifMatch(other.etag()).post("/appointments/" + other.id() + "/cancel", Map.of());
        var path = feed(false).at("/path");

        var event = assertThat(events(read(path))).singleElement().actual();
        assertThat(of(event, Property.SUMMARY)).isEqualTo("Control, anual");
        assertThat(of(event, Property.DTSTART)).isEqualTo("20261126T130000Z");
        assertThat(of(event, Property.DTEND)).isEqualTo("20261126T133000Z");
        assertThat(of(event, Property.UID)).isEqualTo(visit.id() + "@recado");
        assertThat(of(event, Property.STATUS)).isEqualTo("CONFIRMED");
        assertThat(read(path).text()).doesNotContain("Zo").doesNotContain(patient.toString());
    }

    @Test
    void the_calendar_of_a_suspended_clinic_is_nobodys_until_it_goes_on() {
        var path = feed(false).at("/path");
        var standing = "/api/v1/platform/organizations/" + clinic().id();
        var suspended = clinics.platformAdmin().post(standing + "/suspend", Map.of("reason", "request"));
        assertThat(suspended.status()).as(suspended.text()).isEqualTo(200);
        assertThat(read(path).status()).isEqualTo(404);

        assertThat(clinics.platformAdmin().post(standing + "/reactivate", null).status())
                .isEqualTo(200);
        assertThat(read(path).status()).isEqualTo(200);
    }

    @Test
    void a_visit_that_moves_is_the_same_event_at_another_time() throws Exception {
        var visit = books("2026-11-26T13:00:00Z");
        var path = feed(false).at("/path");
        var before = events(read(path)).getFirst();
        clinic().owner()
                .ifMatch(visit.etag())
                .post(
                        "/appointments/" + visit.id() + "/reschedule",
                        Map.of("start", "2026-11-27T13:00:00Z", "outsideHours", true));

        var after = events(read(path)).getFirst();

        assertThat(of(after, Property.UID)).isEqualTo(of(before, Property.UID));
        assertThat(of(after, Property.DTSTART)).isEqualTo("20261127T130000Z");
        assertThat(Integer.parseInt(of(after, Property.SEQUENCE)))
                .isGreaterThan(Integer.parseInt(of(before, Property.SEQUENCE)));
    }

    @Test
    void names_are_there_only_where_the_clinic_wants_them_and_survive_the_format() throws Exception {
        books("2026-11-26T13:00:00Z");

        var text = read(feed(true).at("/path"));

        assertThat(of(events(text).getFirst(), Property.SUMMARY)).isEqualTo("Control, anual \u00b7 " + NAME);
        assertThat(text.text().lines()).allMatch(line -> line.length() <= 75);
    }

    @Test
    void a_clinic_sees_when_an_address_was_last_read() {
        var path = feed(false).at("/path");
        assertThat(clinic().owner()
                        .get("/calendar-feeds")
                        .json()
                        .at("/items/0/readAt")
                        .isNull())
                .isTrue();

        assertThat(read(path).header("Cache-Control")).contains("private");

        assertThat(clinic().owner().get("/calendar-feeds").at("/items/0/readAt"))
                .isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void an_address_counts_for_one_clinic_and_until_it_is_taken_back() {
        var feed = feed(false);
        var path = feed.at("/path");
        var elsewhere =
                path.replace(clinic().id().toString(), clinics.open().id().toString());
        assertThat(read(elsewhere).status()).isEqualTo(404);
        assertThat(read(path.replace(".ics", "x.ics")).status()).isEqualTo(404);
        assertThat(read(path).status()).isEqualTo(200);

        assertThat(clinic().owner().delete("/calendar-feeds/" + feed.id()).status())
                .isEqualTo(204);

        assertThat(read(path).code()).isEqualTo("not-found");
        assertThat(clinic().owner().get("/calendar-feeds").json().path("items")).isEmpty();
    }

    @Test
    void a_practitioner_of_another_clinic_gets_no_address_here() {
        var foreign = clinics.open()
                .owner()
                .post("/calendar-feeds", Map.of("practitionerId", practitioner, "patientNames", false));
        assertThat(foreign.code()).isEqualTo("practitioner-unknown");
    }
}
