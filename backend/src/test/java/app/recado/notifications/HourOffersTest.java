package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The hour of a visit that nobody confirms goes to the waitlist, one patient after another, until somebody says yes. */
@RecadoTest
class HourOffersTest {

    private static final String ANA = "+5491123456789";
    private static final String BETO = "+5491123456780";
    private static final String CARLA = "+5491123456781";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    UnconfirmedVisits visits;

    @Nullable LoopClinic opened;

    @Nullable UUID silent;

    @Nullable UUID beto;

    @Nullable UUID carla;

    /** Ana was asked twice about her second visit and says nothing; Beto and then Carla wait for such an hour. */
    @BeforeEach
    void nobodyConfirms() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
        var ana = clinic().patient("Ana", ANA);
        clinic().books(ana, "2026-11-24T13:00:00Z");
        silent = clinic().books(ana, "2026-11-30T13:00:00Z").id();
        beto = waits("Beto", BETO);
        clock.advance(Duration.ofMinutes(1));
        carla = waits("Carla", CARLA);
        everythingArrives();
        clock.set(at("2026-11-29T13:00:00Z"));
        everythingArrives();
        clock.set(at("2026-11-29T15:00:00Z"));
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private UUID waits(String name, String phone) {
        return created(clinic().clinic
                .receptionist()
                .post(
                        "/waitlist-entries",
                        Map.of("patientId", clinic().patient(name, phone), "healthcareServiceId", clinic().service)));
    }

    private void everythingArrives() {
        clinic().turn();
        clinic().commands().stream()
                .filter(command -> command.state.equals("accepted"))
                .forEach(command -> clinic().hears(
                                clinic().voice.messageIs(command, "sending"),
                                clinic().voice.messageIs(command, "sent"),
                                clinic().voice.messageIs(command, "delivered")));
    }

    private void policy(String mode) {
        var owner = clinic().clinic.owner();
        var changed = owner.ifMatch(owner.get("/release-policy").etag())
                .put(
                        "/release-policy",
                        Map.of("mode", mode, "asks", 2, "silentHours", 1, "offers", 3, "answerMinutes", 20));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private void offers() {
        visits.turn();
        everythingArrives();
    }

    private long asked(String phone) {
        return clinic().commands().stream()
                .filter(command -> phone.equals(command.to) && text(command).contains("libre"))
                .count();
    }

    private static String text(FakeGateway.Command command) {
        return String.valueOf(command.text);
    }

    private void writes(String phone, String text) {
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(clinic().voice.from(phone).writes(text));
        everythingArrives();
    }

    private String state(@Nullable UUID entry) {
        return clinic().clinic.receptionist().get("/waitlist-entries/" + entry).at("/state");
    }

    private String status(@Nullable UUID visit) {
        return clinic().read(java.util.Objects.requireNonNull(visit)).at("/status");
    }

    @Test
    void a_no_asks_the_next_and_the_first_yes_has_the_hour() {
        policy("system");
        offers();
        assertThat(asked(BETO)).isEqualTo(1);
        assertThat(asked(CARLA)).isZero();
        assertThat(state(beto)).isEqualTo("offered");
        assertThat(status(silent)).as("it stays Ana's meanwhile").isEqualTo("booked");

        writes(BETO, "2");
        assertThat(state(beto)).isEqualTo("active");
        offers();
        assertThat(asked(CARLA)).isEqualTo(1);
        writes(CARLA, "1");

        assertThat(status(silent)).isEqualTo("cancelled");
        assertThat(clinic().story(java.util.Objects.requireNonNull(silent))).endsWith("cancellation delivered");
        var entry = clinic().clinic.receptionist().get("/waitlist-entries/" + carla);
        assertThat(entry.at("/state")).isEqualTo("booked");
        var taken = clinic().read(UUID.fromString(entry.at("/appointmentId")));
        assertThat(taken.at("/status")).isEqualTo("booked");
        assertThat(taken.at("/participation")).isEqualTo("accepted");
        assertThat(taken.at("/start")).isEqualTo("2026-11-30T13:00:00Z");
        assertThat(clinic().story(taken.id())).contains("offer delivered", "confirmation delivered");
        offers();
        assertThat(asked(BETO)).as("nobody is asked again").isEqualTo(1);
    }

    @Test
    void whoever_confirms_in_time_keeps_the_hour_and_a_late_yes_is_for_staff() {
        policy("system");
        offers();

        writes(ANA, "1");
        writes(BETO, "1");

        assertThat(status(silent)).isEqualTo("booked");
        assertThat(clinic().lastInbound().path("reason").asString()).isEqualTo("not-awaited");
        visits.turn();
        assertThat(state(beto)).isEqualTo("active");
    }

    @Test
    void an_offer_lapses_and_when_nobody_takes_the_hour_nothing_has_happened() {
        policy("system");
        offers();
        clock.advance(Duration.ofMinutes(21));
        offers();
        assertThat(state(beto)).isEqualTo("active");
        assertThat(asked(CARLA)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(21));
        offers();
        offers();

        assertThat(asked(BETO)).isEqualTo(1);
        assertThat(asked(CARLA)).isEqualTo(1);
        assertThat(status(silent)).isEqualTo("booked");
        assertThat(clinic().clinic.receptionist().get("/unconfirmed-visits").at("/items/0/offer"))
                .isEqualTo("lapsed");
    }

    @Test
    void a_trial_only_shows_what_would_be_freed_and_staff_free_one_by_one() {
        policy("trial");
        offers();
        var shown = clinic().clinic.receptionist().get("/unconfirmed-visits");
        assertThat(shown.at("/items/0/appointmentId")).isEqualTo(String.valueOf(silent));
        assertThat(shown.at("/items/0/asked")).isEqualTo("2");
        assertThat(asked(BETO)).isZero();
        assertThat(clinic().clinic
                        .receptionist()
                        .post("/appointments/" + silent + "/offer", null)
                        .status())
                .isEqualTo(409);

        policy("staff");
        offers();
        assertThat(asked(BETO)).isZero();
        var offered = clinic().clinic.receptionist().post("/appointments/" + silent + "/offer", null);
        assertThat(offered.status()).as(offered.text()).isEqualTo(200);
        assertThat(offered.at("/items/0/offer")).isEqualTo("open");
        everythingArrives();
        assertThat(asked(BETO)).isEqualTo(1);
    }
}
