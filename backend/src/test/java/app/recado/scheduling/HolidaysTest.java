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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Public holidays of clinics that are open from 9 to 10 every day; today is Monday, 23 November 2026. */
@RecadoTest
class HolidaysTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void set() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private Front front(String country, String zone, String locale) {
        var front = Front.of(clinics.open(country, zone, locale));
        var everyDay = Stream.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
                .map(day -> Map.of("day", day, "from", "09:00", "until", "10:00"))
                .toList();
        created(front.clinic().owner().post("/schedules", Map.of("validFrom", "2026-01-01", "hours", everyDay)));
        return front;
    }

    private Front inBuenosAires() {
        return front("AR", "America/Argentina/Buenos_Aires", "es");
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static List<String> free(Front front, String day, String next) {
        var answer =
                front.desk().get("/slots?healthcareServiceId=%s&from=%s&to=%s".formatted(front.service(), day, next));
        return answer.json()
                .at("/items")
                .valueStream()
                .map(slot -> slot.at("/start").asString())
                .toList();
    }

    private static List<String> holidays(Front front, String from, String to) {
        return front.desk()
                .get("/holidays?from=%s&to=%s".formatted(from, to))
                .json()
                .at("/items")
                .valueStream()
                .map(one -> one.at("/date").asString())
                .toList();
    }

    private static Answer decide(Front front, String day, boolean open) {
        return front.clinic().owner().put("/holidays/" + day, Map.of("open", open));
    }

    private static Map<String, @Nullable Object> days(@Nullable Object practitioner, String first, String last) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("practitionerId", practitioner);
        body.put("firstDay", first);
        body.put("lastDay", last);
        body.put("hours", List.of(Map.of("from", "09:00", "until", "09:30")));
        return body;
    }

    @Test
    void a_clinic_is_closed_on_a_holiday_until_it_says_that_it_works_and_closed_again_when_it_takes_that_back() {
        var front = inBuenosAires();
        assertThat(free(front, "2026-12-08", "2026-12-09")).isEmpty();
        assertThat(free(front, "2026-12-09", "2026-12-10")).hasSize(3);
        var day = front.desk().get("/opening-hours?from=2026-12-08&to=2026-12-10");
        assertThat(day.at("/items/0/holiday")).containsIgnoringCase("inmaculada concepción");
        assertThat(day.json().at("/items/0/open")).isEmpty();
        assertThat(day.json().at("/items/1/holiday").isNull()).isTrue();
        assertThat(front.desk()
                        .post("/appointments", front.visitAt("2026-12-08T12:00:00Z"))
                        .code())
                .isEqualTo("outside-hours");

        assertThat(decide(front, "2026-12-08", true).json().at("/open").asBoolean())
                .isTrue();
        assertThat(free(front, "2026-12-08", "2026-12-09")).hasSize(3);
        created(front.desk().post("/appointments", front.visitAt("2026-12-08T12:00:00Z")));
        assertThat(decide(front, "2026-12-08", true).status()).isEqualTo(200); // said twice
        assertThat(decide(front, "2026-12-08", false).json().at("/open").asBoolean())
                .isFalse();
        assertThat(free(front, "2026-12-08", "2026-12-09")).isEmpty();
    }

    @Test
    void only_an_exception_made_for_the_day_itself_opens_a_holiday() {
        var front = inBuenosAires();
        var owner = front.clinic().owner();
        created(owner.post("/schedule-exceptions", days(null, "2026-12-01", "2026-12-31"))); // summer hours
        created(owner.post("/schedule-exceptions", days(front.practitioner(), "2026-12-20", "2026-12-26")));
        assertThat(free(front, "2026-12-08", "2026-12-10")).containsExactly("2026-12-09T12:00:00Z");
        assertThat(free(front, "2026-12-25", "2026-12-26")).isEmpty();
        created(owner.post("/schedule-exceptions", days(front.practitioner(), "2026-12-08", "2026-12-08")));
        assertThat(free(front, "2026-12-08", "2026-12-09")).containsExactly("2026-12-08T12:00:00Z");
    }

    @Test
    void a_region_adds_its_own_holidays_and_no_other_clinic_sees_what_one_decides() {
        var front = front("BR", "America/Sao_Paulo", "pt-BR");
        var owner = front.clinic().owner();
        assertThat(holidays(front, "2027-07-01", "2027-08-01")).isEmpty();
        var before = owner.get("/holiday-calendar");
        assertThat(before.at("/country")).isEqualTo("BR");
        assertThat(before.json().at("/regions")).hasSize(27);
        var chosen = owner.ifMatch(before.etag()).put("/holiday-calendar", Map.of("region", "SP"));
        assertThat(chosen.at("/region")).isEqualTo("SP");
        assertThat(holidays(front, "2027-07-01", "2027-08-01")).containsExactly("2027-07-09");
        assertThat(free(front, "2027-07-09", "2027-07-10")).isEmpty();
        assertThat(owner.ifMatch(before.etag())
                        .put("/holiday-calendar", Map.of())
                        .code())
                .isEqualTo("stale");
        assertThat(owner.ifMatch(chosen.etag())
                        .put("/holiday-calendar", Map.of("region", "Atlantis"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/region");

        decide(front, "2027-07-09", true);
        var other = front("BR", "America/Sao_Paulo", "pt-BR");
        assertThat(holidays(other, "2027-07-01", "2027-08-01")).isEmpty();
        assertThat(free(other, "2027-09-07", "2027-09-08")).isEmpty(); // Independência
    }

    @Test
    void a_day_that_is_no_holiday_of_the_clinic_cannot_be_decided_and_a_country_without_data_has_none() {
        assertThat(decide(inBuenosAires(), "2026-12-09", true).code()).isEqualTo("not-found");
        assertThat(decide(inBuenosAires(), "tomorrow", true).status()).isEqualTo(404);
        var elsewhere = front("NZ", "Pacific/Auckland", "en");
        assertThat(elsewhere
                        .desk()
                        .get("/holiday-calendar")
                        .json()
                        .at("/knownUntil")
                        .isNull())
                .isTrue();
        assertThat(free(elsewhere, "2026-12-25", "2026-12-26")).hasSize(3);
    }
}
