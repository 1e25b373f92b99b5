package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A mother's phone for her children: one message reminds of all their visits of a day, and each visit knows what was told. */
@RecadoTest
class HouseholdMessagesTest {

    private static final String PHONE = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    private UUID leo = new UUID(0, 0);
    private UUID pia = new UUID(0, 0);
    private UUID visitOfLeo = new UUID(0, 0);
    private UUID visitOfPia = new UUID(0, 0);

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
        leo = clinic().patient("Leo", PHONE);
        pia = clinic().patient("Pía", PHONE);
        family(leo, pia);
        visitOfLeo = clinic().books(leo, "2026-12-01T13:00:00Z").id();
        visitOfPia = clinic().books(pia, "2026-12-01T13:30:00Z").id();
        allIsSent();
    }

    /** What is for one phone leaves one after another. */
    private void allIsSent() {
        for (int turn = 0; turn < 4; turn++) {
            clinic().everythingIsSent();
            clock.advance(Duration.ofSeconds(5));
        }
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api desk() {
        return clinic().clinic.receptionist();
    }

    private void family(UUID... children) {
        var household = created(desk().post(
                        "/households",
                        Map.of(
                                "givenName",
                                "Gabriela",
                                "familyName",
                                "Núñez",
                                "phone",
                                PHONE,
                                "members",
                                Stream.of(children)
                                        .map(child -> Map.of("patientId", child, "relationship", "mother"))
                                        .toList())));
        assertThat(household).isNotNull();
    }

    /** A day before the first of the visits, when its reminder is due. */
    private void aDayBefore() {
        clock.set(at("2026-11-30T13:00:30Z"));
    }

    private List<String> reminders(UUID visit) {
        return clinic().messages(visit).stream()
                .filter(message -> message.path("kind").asString().equals("reminder"))
                .map(message -> message.path("state").asString())
                .toList();
    }

    private List<FakeGateway.Command> sent() {
        return clinic().commands().stream()
                .filter(command -> command.state.equals("sent"))
                .toList();
    }

    private String participation(UUID visit) {
        return clinic().read(visit).at("/participation");
    }

    private void mother(String words) {
        clock.advance(Duration.ofMinutes(5));
        clinic().hears(clinic().voice.from(PHONE).writes(words));
    }

    private void reminderSays(String words) {
        var owner = clinic().clinic.owner();
        var text = owner.get("/template-texts")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.path("kind").asString().equals("reminder")
                        && one.path("language").asString().equals("es"))
                .findFirst()
                .orElseThrow();
        var path = "/template-texts/" + text.path("id").asString();
        var drafted = owner.ifMatch("\"v0\"").put(path + "/draft", Map.of("body", words));
        assertThat(drafted.status()).as(drafted.text()).isEqualTo(200);
        assertThat(owner.ifMatch(drafted.etag()).post(path + "/publish", null).status())
                .isEqualTo(200);
    }

    private List<String> asked(JsonNode answer) {
        return desk().get("/inbound-messages/%s/visits"
                        .formatted(answer.path("id").asString()))
                .json()
                .at("/items")
                .valueStream()
                .map(visit -> visit.at("/patient/displayName").asString())
                .toList();
    }

    @Test
    void one_message_reminds_of_the_visits_of_brother_and_sister_and_each_has_its_receipts() {
        aDayBefore();
        allIsSent();

        var told = sent().getLast();
        assertThat(sent()).as("two confirmations and one reminder").hasSize(3);
        assertThat(told.text)
                .startsWith("Hola, Gabriela (por Leo).")
                .contains("martes 1 de diciembre a las 10:00")
                .contains("También esperamos a Pía Núñez, mar 1 dic, 10:30 (Dra. Gómez).")
                .contains("Responde 1 si van todos. Si alguno no puede ir, escribe quién.");
        clinic().hears(
                        clinic().voice.messageIs(told, "delivered"),
                        clinic().voice.messageIs(told, "read"));
        assertThat(reminders(visitOfLeo)).containsExactly("read");
        assertThat(reminders(visitOfPia)).containsExactly("read");
        var carried = clinic().messages(visitOfPia).stream()
                .filter(message -> !message.path("carriedBy").isNull())
                .toList();
        assertThat(carried).hasSize(1);
        assertThat(carried.getFirst().path("carriedBy").asString()).isEqualTo(told.messageId.toString());
        assertThat(desk().get("/appointments/%s/notice-proof".formatted(visitOfPia))
                        .json()
                        .at("/lines")
                        .valueStream()
                        .map(line -> line.at("/text").asString()))
                .as("the proof of the sister's visit")
                .contains(told.text);
    }

    @Test
    void one_message_for_several_is_one_of_those_that_the_plan_includes_for_the_day() {
        aDayBefore();
        var limited = clinics.platformAdmin()
                .put(
                        "/api/v1/platform/organizations/" + clinic().clinic.id() + "/plan",
                        Map.of("plan", "Inicial", "messagesPerDay", 1));
        assertThat(limited.status()).as(limited.text()).isEqualTo(200);

        allIsSent();

        assertThat(reminders(visitOfLeo)).startsWith("sent");
        assertThat(reminders(visitOfPia)).startsWith("sent");
        assertThat(clinic().clinic.owner().get("/usage").at("/items/1/used")).isEqualTo("1");
    }

    @Test
    void a_yes_is_one_for_all_because_the_text_said_so() {
        aDayBefore();
        allIsSent();
        mother("1");
        assertThat(participation(visitOfLeo)).isEqualTo("accepted");
        assertThat(participation(visitOfPia)).isEqualTo("accepted");
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("accepted");
        for (var visit : List.of(visitOfLeo, visitOfPia)) {
            assertThat(desk().get("/appointments/%s/timeline".formatted(visit)).text())
                    .contains("accepted");
        }
    }

    @Test
    void a_no_and_words_about_one_of_them_are_for_staff_who_have_both_visits_before_them() {
        aDayBefore();
        allIsSent();
        mother("2");
        assertThat(clinic().lastInbound().path("reason").asString()).isEqualTo("several-visits");
        assertThat(participation(visitOfLeo)).isEqualTo("needs-action");

        mother("Leo sí, Pía no");
        var answer = clinic().lastInbound();
        assertThat(answer.path("reason").asString()).isEqualTo("several-visits");
        assertThat(asked(answer)).containsExactly("Leo Núñez", "Pía Núñez");

        var path = "/inbound-messages/%s/assign".formatted(answer.path("id").asString());
        var first = desk().ifMatch("\"v%d\"".formatted(answer.path("version").asInt()))
                .post(path, Map.of("appointmentId", visitOfLeo, "accepts", true));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.at("/outcome"))
                .as("somebody has to say what it means for Pía")
                .isEqualTo("for-staff");
        assertThat(asked(answer)).containsExactly("Pía Núñez");
        var second = desk().ifMatch(first.etag()).post(path, Map.of("appointmentId", visitOfPia, "accepts", false));
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.json().at("/handledAt").isNull()).isFalse();
        assertThat(participation(visitOfLeo)).isEqualTo("accepted");
        assertThat(participation(visitOfPia)).isEqualTo("declined");
    }

    @Test
    void a_yes_to_words_that_do_not_say_it_is_for_all_confirms_nobody_and_waits_for_staff_with_each_visit() {
        reminderSays(
                "{{appointment.time}}.{{#household.visits}} Y {{household.visits}}.{{/household.visits}} ¿Vienen?");
        aDayBefore();
        allIsSent();
        assertThat(sent().getLast().text).contains("Pía Núñez").endsWith("¿Vienen?");
        mother("1");
        assertThat(participation(visitOfLeo)).isEqualTo("needs-action");
        assertThat(participation(visitOfPia)).isEqualTo("needs-action");
        assertThat(clinic().lastInbound().path("reason").asString()).isEqualTo("several-visits");
        assertThat(asked(clinic().lastInbound())).containsExactly("Leo Núñez", "Pía Núñez");
    }

    @Test
    void a_yes_that_is_deleted_is_none_to_any_of_them() {
        aDayBefore();
        allIsSent();
        clock.advance(Duration.ofMinutes(5));
        clinic().hears(clinic().voice.from(PHONE).id("YES-1").writes("1"));
        assertThat(participation(visitOfPia)).isEqualTo("accepted");
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(clinic().voice.from(PHONE).kind("delete").about("YES-1").sends());
        assertThat(participation(visitOfLeo)).isEqualTo("needs-action");
        assertThat(participation(visitOfPia)).isEqualTo("needs-action");
    }

    @Test
    void words_of_the_clinics_own_that_do_not_name_the_others_leave_for_each() {
        reminderSays("Hola, {{patient.givenName}}: {{appointment.time}}.");

        aDayBefore();
        allIsSent();
        clock.advance(Duration.ofMinutes(30));
        allIsSent();
        assertThat(sent().stream().skip(2).map(command -> command.text))
                .containsExactly("Hola, Gabriela (por Leo): 10:00.", "Hola, Gabriela (por Pía): 10:30.");
    }

    @Test
    void neighbours_with_one_phone_and_visits_of_other_days_are_told_apart() {
        var neighbour = clinic().patient("Vecina", PHONE);
        var eva = clinic().patient("Eva", PHONE);
        family(eva);
        var visits = List.of(
                visitOfLeo,
                clinic().books(neighbour, "2026-12-01T14:00:00Z").id(),
                clinic().books(eva, "2026-12-01T14:30:00Z").id());
        allIsSent();
        clock.set(at("2026-11-30T14:30:30Z"));
        allIsSent();
        assertThat(sent().stream().filter(command -> command.text.contains("También esperamos")))
                .as("Leo and Pía alone")
                .hasSize(1);
        assertThat(visits).allSatisfy(visit -> assertThat(reminders(visit)).startsWith("sent"));
    }

    @Test
    void a_visit_that_moves_while_the_gateway_has_the_message_is_taken_out_of_it() {
        aDayBefore();
        clinic().turn();
        assertThat(reminders(visitOfPia)).startsWith("accepted");

        clinic().moves(visitOfPia, "2026-12-02T13:30:00Z");
        allIsSent();

        assertThat(sent().stream().map(command -> command.text)).noneMatch(text -> text.contains("Pía Núñez, mar 1"));
        assertThat(reminders(visitOfLeo)).containsExactly("withdrawn", "sent");
        assertThat(reminders(visitOfPia)).startsWith("withdrawn");
        assertThat(clinic().story(visitOfPia)).contains("reschedule sent");
    }

    @Test
    void a_visit_that_moves_while_the_message_leaves_is_told_anew() {
        aDayBefore();
        clinic().turn();
        var leaving = clinic().commands().getLast();
        leaving.state = "sending";

        clinic().moves(visitOfPia, "2026-12-02T13:30:00Z");
        clinic().turn();
        clinic().hears(clinic().voice.messageIs(leaving, "sent"));
        allIsSent();

        assertThat(reminders(visitOfLeo)).startsWith("sent");
        assertThat(reminders(visitOfPia)).startsWith("sent");
        assertThat(clinic().story(visitOfPia)).contains("reschedule sent");
    }

    @Test
    void what_the_gateway_gives_back_unsent_waits_for_each_again() {
        aDayBefore();
        clinic().turn();
        var given = clinic().commands().getLast();
        given.state = "expired";
        clinic().hears(clinic().voice.messageIs(given, "expired"));
        allIsSent();

        assertThat(sent()).hasSize(3);
        assertThat(sent().getLast().text).contains("También esperamos a");
        assertThat(reminders(visitOfPia).stream().filter("sent"::equals)).hasSize(1);
    }

    /**
     * Whatever happens to visits and to the message on its way: each visit is told once by a rule as it is, and nobody's last
     * word about a visit is an old hour.
     */
    @Test
    void every_visit_is_told_once_and_last_as_it_is_whatever_happens_on_the_way() {
        for (int seed = 1; seed <= 12; seed++) {
            open();
            var random = new Random(seed);
            aDayBefore();
            for (int step = 0; step < 6; step++) {
                switch (random.nextInt(5)) {
                    case 0 -> clinic().turn();
                    case 1 -> clinic().everythingIsSent();
                    case 2 ->
                        clinic().moves(
                                        random.nextBoolean() ? visitOfLeo : visitOfPia,
                                        "2026-12-0%dT%d:00:00Z".formatted(2 + random.nextInt(3), 14 + step));
                    case 3 ->
                        clinic().commands().stream()
                                .filter(command -> command.state.equals("accepted"))
                                .findFirst()
                                .ifPresent(command -> {
                                    command.state = "sending";
                                    clinic().hears(clinic().voice.messageIs(command, "sending"));
                                });
                    default -> clock.advance(Duration.ofMinutes(20));
                }
            }
            for (int turn = 0; turn < 6; turn++) {
                clock.advance(Duration.ofSeconds(5));
                clinic().turn();
                clinic().commands().stream()
                        .filter(command -> command.state.equals("accepted") || command.state.equals("sending"))
                        .forEach(command -> {
                            command.state = "sent";
                            clinic().hears(clinic().voice.messageIs(command, "sent"));
                        });
            }
            toldOnce(seed);
        }
    }

    private void toldOnce(int seed) {
        for (var visit : List.of(visitOfLeo, visitOfPia)) {
            var start = clinic().read(visit).at("/start");
            var told = clinic().messages(visit).stream()
                    .filter(message -> message.path("state").asString().equals("sent"))
                    .toList();
            var texts = new HashSet<String>();
            var doubled = new ArrayList<String>();
            for (var message : told) {
                var text =
                        message.path("kind").asString() + message.path("text").asString();
                if (!texts.add(text)) {
                    doubled.add(text);
                }
            }
            assertThat(doubled).as("seed %d", seed).isEmpty();
            var hour = Instant.parse(start)
                    .atZone(ZoneId.of("America/Argentina/Buenos_Aires"))
                    .toLocalTime()
                    .toString();
            assertThat(told.getLast().path("text").asString())
                    .as("seed %d, the last that was said of a visit at %s", seed, hour)
                    .contains(hour);
        }
    }
}
