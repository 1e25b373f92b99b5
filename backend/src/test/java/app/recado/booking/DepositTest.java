package app.recado.booking;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.scheduling.Deposits;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A clinic asks for a deposit with each booking on its page: it is paid, or the visit is released and its patient hears of it. */
@RecadoTest
class DepositTest {

    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final String LINK = "https://pagos.example.com/arrayan?ref={reference}&monto={amount}&m={currency}";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    Deposits deposits;

    @Nullable PublicPage opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = PublicPage.open(clinics, clock, worker);
        page().settings(Map.of("deposit", asked(LINK)));
    }

    private PublicPage page() {
        return Objects.requireNonNull(opened);
    }

    private static Map<String, Object> asked(String link) {
        return Map.of("link", link, "amountMinor", 500_000, "currency", "ARS", "hours", 12);
    }

    private Answer booked() {
        return page().books(TEN, "011 15-2345-6789", "Ana", "Núñez");
    }

    private UUID visit() {
        return UUID.fromString(page().agenda().at("/items/0/id"));
    }

    private Answer seen() {
        return page().loop.clinic.receptionist().get("/appointments/" + visit());
    }

    private Answer mark(String state) {
        var seen = seen();
        return page().loop
                .clinic
                .receptionist()
                .ifMatch(seen.etag())
                .put("/appointments/" + seen.id() + "/deposit", Map.of("state", state));
    }

    @Test
    void the_patient_is_told_before_and_after_and_the_agenda_shows_that_it_is_due() {
        assertThat(page().nobody().get("").json().at("/deposit/amountMinor").asInt())
                .isEqualTo(500_000);
        var booked = booked();
        assertThat(booked.at("/deposit/state")).isEqualTo("due");
        assertThat(booked.at("/deposit/dueAt")).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(booked.at("/deposit/link"))
                .isEqualTo("https://pagos.example.com/arrayan?ref=" + visit() + "&monto=5000.00&m=ARS");
        assertThat(seen().at("/deposit/state")).isEqualTo("due");
    }

    @Test
    void a_visit_whose_deposit_was_paid_or_waived_stands() {
        var token = booked().at("/token");
        var paid = mark("paid");
        assertThat(paid.at("/deposit/state")).isEqualTo("paid");
        assertThat(page().with(token).get("/visit").at("/deposit/state")).isEqualTo("paid");
        clock.advance(Duration.ofHours(13));
        deposits.release();
        assertThat(seen().at("/status")).isEqualTo("booked");
        assertThat(mark("due").at("/deposit/state")).as("taken back").isEqualTo("due");
        assertThat(mark("waived").at("/deposit/state")).isEqualTo("waived");
        deposits.release();
        assertThat(seen().at("/status")).isEqualTo("booked");
        assertThat(mark("lapsed").code()).isEqualTo("invalid-fields");
    }

    @Test
    void a_visit_whose_deposit_was_not_paid_is_released_and_its_patient_hears_of_it() {
        booked();
        clock.advance(Duration.ofMinutes(12 * 60 - 1));
        deposits.release();
        assertThat(seen().at("/status")).isEqualTo("booked");
        clock.advance(Duration.ofMinutes(1));
        deposits.release();
        deposits.release();
        assertThat(seen().at("/status")).isEqualTo("cancelled");
        assertThat(seen().at("/deposit/state")).isEqualTo("lapsed");
        assertThat(page().loop.story(visit())).contains("cancellation planned").hasSizeLessThanOrEqualTo(4);
        assertThat(page().starts(page().nobody()
                        .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + page().service)))
                .contains(TEN);
        assertThat(mark("paid").code())
                .as("the time is not theirs any more")
                .isEqualTo("appointment-not-in-that-state");
    }

    @Test
    void it_is_due_before_the_visit_whatever_the_term() {
        page().settings(Map.of("deposit", Map.of("link", LINK, "amountMinor", 1, "currency", "ARS", "hours", 168)));
        assertThat(booked().at("/deposit/dueAt")).isEqualTo(TEN);
    }

    @Test
    void a_visit_booked_at_the_desk_is_asked_for_nothing() {
        page().loop.books(page().loop.patient("Eva", null), TEN);
        assertThat(seen().json().at("/deposit").isNull()).isTrue();
        assertThat(mark("paid").code()).isEqualTo("appointment-not-in-that-state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pagos.example.com/?ref={reference}",
                "https://10.0.0.8/?ref={reference}",
                "https://[::1]/?ref={reference}",
                "https://localhost/?ref={reference}",
                "https://pagos.internal/?ref={reference}",
                "https://ana:clave@pagos.example.com/?ref={reference}",
                "https://pagos.example.com:8443/?ref={reference}",
                "https://{reference}.example.com/",
                "https://pagos.example.com/?ref={reference}&dni={patient}",
                "https://pagos.example.com/",
                "javascript:alert('{reference}')"
            })
    void a_link_is_one_of_the_public_web_and_says_which_visit(String link) {
        var owner = page().loop.clinic.owner();
        var now = owner.get("/booking-page");
        var answer = owner.ifMatch(now.etag())
                .put(
                        "/booking-page",
                        Map.of(
                                "enabled",
                                true,
                                "byHand",
                                false,
                                "noticeMinutes",
                                60,
                                "horizonDays",
                                30,
                                "changeNoticeMinutes",
                                60,
                                "serviceIds",
                                java.util.List.of(page().service),
                                "deposit",
                                asked(link)));
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/deposit/link");
    }
}
