package app.recado.booking;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody without an account books a visit on a clinic's page, their phone proven by a code over the clinic's line. */
@RecadoTest
class OnlineBookingTest {

    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Nullable PublicPage opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z")); // Monday, nine in the morning in Buenos Aires
        opened = PublicPage.open(clinics, clock, worker);
    }

    private PublicPage page() {
        return Objects.requireNonNull(opened);
    }

    @Test
    void the_page_is_off_until_an_owner_turns_it_on_and_shows_what_was_chosen() {
        var other = clinics.open();
        var closed = clinics.anonymous().get("/api/v1/public/booking/clinic-" + other.id());
        assertThat(closed.status()).isEqualTo(404);
        assertThat(closed.text().replaceAll("clinic-[0-9a-f-]+|\"traceId\":\"[^\"]*\"", ""))
                .isEqualTo(clinics.anonymous()
                        .get("/api/v1/public/booking/clinic-" + UUID.randomUUID())
                        .text()
                        .replaceAll("clinic-[0-9a-f-]+|\"traceId\":\"[^\"]*\"", ""));

        var unlisted =
                page().loop.clinic.owner().post("/healthcare-services", Map.of("name", "Otro", "durationMinutes", 20));
        var card = page().nobody().get("");
        assertThat(card.status()).as(card.text()).isEqualTo(200);
        assertThat(card.at("/timeZone")).isEqualTo("America/Argentina/Buenos_Aires");
        assertThat(card.at("/phone")).isEqualTo("+541145550148");
        assertThat(card.at("/services/0/name")).isEqualTo("Control");
        assertThat(card.json().path("services").size()).isOne();
        assertThat(card.at("/practitioners/0/displayName")).isEqualTo("Dra. Gómez");
        assertThat(page().nobody()
                        .get("/slots?from=2026-11-23&to=2026-11-25&healthcareServiceId=" + unlisted.id())
                        .code())
                .isEqualTo("healthcare-service-unknown");

        page().settings(Map.of("enabled", false));
        assertThat(page().nobody().get("").status()).isEqualTo(404);
        assertThat(page().begins(TEN).status()).isEqualTo(404);
    }

    @Test
    void times_are_offered_within_the_clinics_notice_and_horizon() {
        clock.set(at("2026-11-24T12:00:00Z")); // the Monday before is a holiday
        page().settings(Map.of("enabled", true, "noticeMinutes", 180, "horizonDays", 2));
        var starts = page().starts(page().nobody()
                .get("/slots?from=2026-11-24&to=2026-12-01&healthcareServiceId=" + page().service));
        assertThat(starts).first().isEqualTo("2026-11-24T15:00:00Z");
        assertThat(starts).last().isEqualTo("2026-11-26T22:30:00Z");
        assertThat(page().begins("2026-11-24T14:45:00Z").code()).isEqualTo("slot-taken");
        assertThat(page().begins("2026-11-27T14:00:00Z").code()).isEqualTo("slot-taken");
        assertThat(page().nobody()
                        .get("/slots?from=2026-11-24&to=2026-12-30&healthcareServiceId=" + page().service)
                        .code())
                .isEqualTo("invalid-parameter");
    }

    @Test
    void a_visit_is_booked_by_a_proven_phone_and_stands_in_the_agenda_as_booked_online() {
        var form = page().holding(TEN);
        assertThat(page().starts(page().nobody()
                        .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + page().service)))
                .doesNotContain(TEN);
        var sent = page().asksForCode(form, "011 15-2345-6789");
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        assertThat(sent.at("/phone")).isEqualTo(ANA);
        var code = page().codeAt(ANA);
        var booked = page().confirms(form, code, "Ana", "Núñez");
        assertThat(booked.status()).as(booked.text()).isEqualTo(200);
        assertThat(booked.at("/status")).isEqualTo("booked");
        assertThat(booked.at("/start")).isEqualTo(TEN);
        assertThat(booked.at("/practitionerName")).isEqualTo("Dra. Gómez");

        var visit = page().agenda().json().at("/items/0");
        assertThat(visit.at("/source").asString()).isEqualTo("online");
        assertThat(visit.at("/patient/displayName").asString()).isEqualTo("Ana Núñez");
        assertThat(visit.at("/patient/phone").asString()).isEqualTo(ANA);
        var id = UUID.fromString(visit.at("/id").asString());
        assertThat(page().loop.story(id)).contains("confirmation planned");
        assertThat(page().loop
                        .clinic
                        .receptionist()
                        .get("/appointments/" + id + "/timeline")
                        .at("/items/0/kind"))
                .isEqualTo("appointment-booked");
        assertThat(page().loop.clinic.receptionist().get("/messages?limit=10").text())
                .contains("\"verification\"");
    }

    @Test
    void times_name_their_place_are_found_by_it_and_the_visit_says_where_it_is() {
        var owner = page().loop.clinic.owner();
        var north = owner.post(
                        "/locations",
                        Map.of(
                                "name", "Sede Norte",
                                "address", "Rafael Núñez 4120",
                                "phone", "011 4555-0199",
                                "timeZone", "America/Santiago",
                                "point", Map.of("latitude", -31.36, "longitude", -64.23)))
                .id();
        var hours = Map.of("day", "tue", "from", "10:00", "until", "12:00", "locationId", north);
        owner.post(
                "/schedules",
                Map.of("practitionerId", page().practitioner, "validFrom", "2026-11-01", "hours", List.of(hours)));
        var card = page().nobody().get("");
        assertThat(card.json().at("/locations").size()).isEqualTo(2);
        assertThat(card.at("/locations/1/name")).isEqualTo("Sede Norte");
        assertThat(card.at("/locations/1/timeZone")).isEqualTo("America/Santiago");
        var slots = "/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + page().service;
        assertThat(page().nobody().get(slots).at("/items/0/locationId")).isEqualTo(north.toString());
        assertThat(page().starts(page().nobody().get(slots + "&locationId=" + north)))
                .contains(TEN);
        assertThat(page().starts(page().nobody()
                        .get(slots + "&locationId=" + page().loop.clinic.id())))
                .isEmpty();

        var booked = page().books(TEN, "011 15-2345-6789", "Ana", "Núñez");
        assertThat(booked.at("/location/name")).isEqualTo("Sede Norte");
        assertThat(booked.json().at("/location/latitude").asDouble()).isEqualTo(-31.36);
        assertThat(booked.at("/address")).isEqualTo("Rafael Núñez 4120");
        assertThat(booked.at("/phone")).isEqualTo("+541145550199");
        assertThat(booked.at("/timeZone")).isEqualTo("America/Santiago");
    }

    @Test
    void five_clicks_make_one_form_one_code_and_one_visit() {
        var key = UUID.randomUUID().toString();
        var forms = new ArrayList<Answer>();
        for (int i = 0; i < 5; i++) {
            forms.add(page().nobody().key(key).post("/bookings", page().time(TEN)));
        }
        assertThat(forms).extracting(Answer::status).containsOnly(201);
        var form = forms.getLast().at("/token");
        for (int i = 0; i < 5; i++) {
            assertThat(page().asksForCode(form, ANA).status()).isEqualTo(202);
        }
        var code = page().codeAt(ANA);
        for (int i = 0; i < 5; i++) {
            assertThat(page().confirms(form, code, "Ana", "Núñez").status()).isEqualTo(200);
        }
        assertThat(page().agenda().json().path("items").size()).isOne();
        assertThat(page().loop
                        .clinic
                        .receptionist()
                        .get("/messages?limit=50")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(message -> message.path("kind").asString().equals("verification")))
                .hasSize(1);
    }

    @Test
    void of_fifty_bookings_online_and_one_at_the_desk_exactly_one_gets_the_time() throws Exception {
        var patient = page().loop.patient("Eva", "+5491155550000");
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return page().begins(TEN);
                }));
            }
            answers.add(threads.submit(() -> {
                start.await();
                return page().loop
                        .clinic
                        .receptionist()
                        .post(
                                "/appointments",
                                Map.of(
                                        "patientId",
                                        patient,
                                        "practitionerId",
                                        page().practitioner,
                                        "healthcareServiceId",
                                        page().service,
                                        "start",
                                        TEN));
            }));
            start.countDown();
        }
        var won = new ArrayList<Answer>();
        for (var answer : answers) {
            if (answer.get().status() == 201) {
                won.add(answer.get());
            } else {
                assertThat(answer.get().code()).isEqualTo("slot-taken");
            }
        }
        assertThat(won).hasSize(1);
        var form = won.getFirst().at("/token");
        if (!form.isEmpty()) {
            page().asksForCode(form, ANA);
            assertThat(page().confirms(form, page().codeAt(ANA), "Ana", "Núñez").status())
                    .isEqualTo(200);
        }
        assertThat(page().agenda().json().path("items").size()).isOne();
    }

    @Test
    void a_wrong_code_is_counted_and_five_end_it() {
        var form = page().holding(TEN);
        assertThat(page().confirms(form, "123456", "Ana", null).at("/errors/0/code"))
                .isEqualTo("required");
        page().asksForCode(form, ANA);
        var code = page().codeAt(ANA);
        var wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 1; i < OnlineBookings.TRIES; i++) {
            assertThat(page().confirms(form, wrong, "Ana", null).at("/errors/0/code"))
                    .isEqualTo("wrong-code");
        }
        assertThat(page().confirms(form, wrong, "Ana", null).at("/errors/0/code"))
                .isEqualTo("no-tries-left");
        assertThat(page().confirms(form, code, "Ana", null).at("/errors/0/code"))
                .isEqualTo("no-tries-left");

        clock.advance(OnlineBookings.AGAIN_AFTER);
        page().asksForCode(form, ANA);
        assertThat(page().confirms(form, page().codeAt(ANA), "Ana", null).status())
                .isEqualTo(200);
    }

    @Test
    void an_expired_code_books_nothing_and_an_expired_hold_only_a_time_that_is_still_free() {
        var form = page().holding(TEN);
        page().asksForCode(form, ANA);
        var code = page().codeAt(ANA);
        clock.advance(OnlineBookings.CODE_VALID);
        assertThat(page().confirms(form, code, "Ana", "Núñez").at("/errors/0/code"))
                .isEqualTo("code-expired");
        page().asksForCode(form, ANA); // keeps the time anew
        var again = page().codeAt(ANA);
        clock.advance(OnlineBookings.CODE_VALID.minusSeconds(1));
        assertThat(page().confirms(form, again, "Ana", "Núñez").status()).isEqualTo(200);

        var late = page().holding("2026-11-24T14:00:00Z");
        clock.advance(OnlineBookings.HELD);
        page().holding("2026-11-24T14:00:00Z"); // somebody else is faster
        var refused = page().asksForCode(late, "+5491155550001");
        assertThat(refused.code()).isEqualTo("slot-taken");
        assertThat(refused.json().path("freeSlots").size()).isEqualTo(3);
        var moved = page().with(late).put("/bookings", page().time("2026-11-24T15:00:00Z"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(page().asksForCode(late, "+5491155550001").status()).isEqualTo(202);
    }

    @Test
    void nothing_tells_whether_a_phone_is_a_patients() {
        page().loop.patient("Ana", ANA);
        var known = page().asksForCode(page().holding(TEN), ANA);
        var unknown = page().asksForCode(page().holding("2026-11-24T14:00:00Z"), "+5491155550002");
        assertThat(known.status()).isEqualTo(unknown.status()).isEqualTo(202);
        assertThat(known.json().propertyNames()).isEqualTo(unknown.json().propertyNames());
        assertThat(known.text().replace(ANA, "")).isEqualTo(unknown.text().replace("+5491155550002", ""));
        assertThat(known.headers().keySet()).isEqualTo(unknown.headers().keySet());
    }

    @Test
    void the_patient_of_that_phone_and_name_is_found_and_anybody_else_is_registered() {
        var ana = page().loop.patient("Ana María", ANA);
        page().books(TEN, ANA, "  ana maria ", "NUNEZ");
        page().books("2026-11-24T14:00:00Z", ANA, "Luz", "Núñez");
        clock.advance(OnlineBookings.AGAIN_AFTER);
        var items = page().agenda().json().path("items");
        assertThat(items.at("/0/patient/id").asString()).isEqualTo(ana.toString());
        assertThat(items.at("/1/patient/id").asString()).isNotEqualTo(ana.toString());
        assertThat(items.at("/1/patient/displayName").asString()).isEqualTo("Luz Núñez");
    }

    @Test
    void a_phone_gets_so_many_codes_a_day_whoever_asks() {
        for (int i = 0; i < 6; i++) {
            var form = page().holding("2026-11-24T%d:00:00Z".formatted(13 + i));
            assertThat(page().asksForCode(form, ANA).status()).isEqualTo(202);
        }
        var one = page().asksForCode(page().holding("2026-11-24T19:30:00Z"), "011 15 2345 6789");
        assertThat(one.status()).isEqualTo(429);
        assertThat(one.code()).isEqualTo("too-many-requests");
        assertThat(one.header("RateLimit")).startsWith("\"booking-phone\";r=0;t=");
        assertThat(one.header("Retry-After")).isNotNull();
        clock.advance(Duration.ofDays(1));
        assertThat(page().asksForCode(page().holding("2026-11-25T13:00:00Z"), ANA)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void a_clinic_without_a_linked_line_says_that_no_code_can_leave() {
        page().loop.hears(page().loop.voice.lineIs("reconnecting", "network"));
        var form = page().holding(TEN);
        assertThat(page().asksForCode(form, ANA).code()).isEqualTo("line-down");
        assertThat(page().loop
                        .clinic
                        .owner()
                        .get("/booking-page")
                        .json()
                        .path("codesPossible")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void codes_are_kept_as_hashes_of_a_key_that_the_database_does_not_know() {
        var form = page().holding(TEN);
        page().asksForCode(form, ANA);
        var code = page().codeAt(ANA);
        var kept = page().loop
                .clinic
                .inside(() -> Objects.requireNonNull(
                        transaction.execute(status -> jdbc.sql("select code_hash from online_booking")
                                .query(String.class)
                                .list())));
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst()).hasSize(64).doesNotContain(code);
    }

    @Test
    void tokens_of_forms_and_visits_are_of_their_clinic_and_kind_alone() {
        var booked = page().books(TEN, ANA, "Ana", "Núñez");
        var form = page().holding("2026-11-24T15:00:00Z");
        var elsewhere = PublicPage.open(clinics, clock, worker);
        assertThat(elsewhere.with(booked.at("/token")).get("/visit").status()).isEqualTo(404);
        assertThat(page().with(form).get("/visit").status()).isEqualTo(404);
        assertThat(page().asksForCode(booked.at("/token"), ANA).status()).isEqualTo(404);
        assertThat(page().with("nonsense").get("/visit").status()).isEqualTo(404);
        assertThat(page().nobody().get("/visit").status()).isEqualTo(400);
    }

    @Test
    void somebody_who_goes_back_gives_the_time_back() {
        var form = page().holding(TEN);
        assertThat(page().begins(TEN).code()).isEqualTo("slot-taken");
        assertThat(page().with(form).delete("/bookings").status()).isEqualTo(204);
        assertThat(page().begins(TEN).status()).isEqualTo(201);
    }

    @Test
    void what_cannot_be_read_is_refused_by_its_field() {
        var form = page().holding(TEN);
        assertThat(page().asksForCode(form, "12").at("/errors/0/pointer")).isEqualTo("/phone");
        assertThat(page().confirms(form, "12345", "Ana", null).at("/errors/0/pointer"))
                .isEqualTo("/code");
        assertThat(page().confirms(form, "123456", " ", null).at("/errors/0/pointer"))
                .isEqualTo("/givenName");
        assertThat(page().confirms(form, "123456", "A".repeat(17_000), null).code())
                .isEqualTo("body-too-large");
        assertThat(page().nobody()
                        .post("/bookings", Map.of("healthcareServiceId", UUID.randomUUID(), "start", TEN))
                        .code())
                .isEqualTo("healthcare-service-unknown");
    }

    @Test
    void owners_set_the_page_up_and_everything_is_checked() {
        var owner = page().loop.clinic.owner();
        var now = owner.get("/booking-page");
        var body = Map.of(
                "enabled",
                true,
                "byHand",
                true,
                "noticeMinutes",
                0,
                "horizonDays",
                365,
                "changeNoticeMinutes",
                0,
                "serviceIds",
                List.of());
        assertThat(owner.ifMatch(now.etag()).put("/booking-page", body).at("/errors/0/pointer"))
                .isEqualTo("/serviceIds");
        assertThat(page().loop
                        .clinic
                        .receptionist()
                        .ifMatch(now.etag())
                        .put("/booking-page", body)
                        .status())
                .isEqualTo(403);
        assertThat(owner.ifMatch("\"v0\"").put("/booking-page", body).status()).isEqualTo(412);
        assertThat(page().loop.clinic.receptionist().get("/booking-page").status())
                .isEqualTo(200);
    }
}
