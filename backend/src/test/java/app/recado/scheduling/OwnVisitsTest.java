package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class OwnVisitsTest {

    private static final UUID ACCOUNT = UUID.fromString("5a1d3c52-8d1e-4a53-9b0e-3c1d528d1e4a");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private Api signedIn(Allow... roles) {
        return front().clinic()
                .withToken(
                        TestTokens.member(ACCOUNT.toString(), front().clinic().id(), List.of(roles)));
    }

    private Api.Answer isAccount(UUID practitioner, @Nullable UUID account) {
        var owner = front().clinic().owner();
        var body = new HashMap<String, @Nullable Object>();
        body.put("memberId", account);
        return owner.ifMatch(owner.get("/practitioners/" + practitioner).etag())
                .put("/practitioners/" + practitioner + "/member", body);
    }

    private Api.Answer arrivedWith(UUID practitioner) {
        var body = front().visitAt("2026-11-24T13:00:00Z");
        body.put("practitionerId", practitioner);
        return front().act(front().desk(), front().desk().post("/appointments", body), "arrive", null);
    }

    @Test
    void a_practitioner_takes_on_their_own_visits_and_no_colleagues() {
        var self = front().practitioner();
        assertThat(isAccount(self, ACCOUNT).status()).isEqualTo(200);
        var mine = arrivedWith(self);
        var theirs = arrivedWith(front().anotherPractitioner());

        assertThat(front().act(signedIn(Allow.PRACTITIONER), mine, "check-in", null)
                        .at("/status"))
                .isEqualTo("checked-in");
        assertThat(front().act(signedIn(Allow.PRACTITIONER), theirs, "check-in", null)
                        .code())
                .isEqualTo("not-your-appointment");
        assertThat(signedIn(Allow.PRACTITIONER)
                        .ifMatch(theirs.etag())
                        .put("/appointments/%s/note".formatted(theirs.id()), Map.of("note", "Ajeno"))
                        .code())
                .as("and writes notes on their own alone")
                .isEqualTo("not-your-appointment");
        assertThat(front().act(signedIn(Allow.PRACTITIONER, Allow.RECEPTIONIST), theirs, "check-in", null)
                        .at("/status"))
                .as("who also works at the desk does what the desk does")
                .isEqualTo("checked-in");
    }

    @Test
    void whoever_signs_in_is_told_which_practitioner_they_are() {
        isAccount(front().practitioner(), ACCOUNT);
        front().anotherPractitioner();

        assertThat(signedIn(Allow.PRACTITIONER)
                        .get("/practitioners")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(one -> one.path("you").asBoolean())
                        .map(one -> one.path("id").asString()))
                .containsExactly(front().practitioner().toString());
    }

    @Test
    void an_account_is_one_practitioner_and_may_be_taken_away() {
        isAccount(front().practitioner(), ACCOUNT);
        var other = front().anotherPractitioner();

        var refused = isAccount(other, ACCOUNT);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/memberId");

        assertThat(isAccount(front().practitioner(), null)
                        .json()
                        .path("memberId")
                        .isNull())
                .isTrue();
        assertThat(isAccount(other, ACCOUNT).status()).isEqualTo(200);
        assertThat(clinics.open()
                        .owner()
                        .ifMatch("\"v0\"")
                        .put("/practitioners/" + other + "/member", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
