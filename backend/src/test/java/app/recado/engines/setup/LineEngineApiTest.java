package app.recado.engines.setup;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class LineEngineApiTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        FakeProviders.frontDoorLeadsTo(clinics.server());
    }

    @Test
    void credentials_are_set_once_for_each_version_of_the_line_that_somebody_saw() {
        var line = CloudApiLine.unset(clinics);
        var owner = line.clinic.owner();
        var seen = owner.ifMatch(owner.get(line.path()).etag());

        assertThat(seen.put(line.path() + "/credentials", line.credentials(CloudApiLine.TOKEN))
                        .status())
                .isEqualTo(200);
        assertThat(seen.put(line.path() + "/credentials", line.credentials("EAAG-another-token"))
                        .code())
                .isEqualTo("stale");
    }

    @Test
    void credentials_are_an_owners_to_give_and_nobodys_to_read() {
        var line = CloudApiLine.unset(clinics);
        assertThat(line.clinic
                        .owner()
                        .get(line.path() + "/credentials")
                        .json()
                        .path("set")
                        .asBoolean())
                .isFalse();
        assertThat(line.clinic
                        .receptionist()
                        .ifMatch("\"v0\"")
                        .put(line.path() + "/credentials", line.credentials(CloudApiLine.TOKEN))
                        .code())
                .isEqualTo("forbidden");

        var set = line.giveCredentials(CloudApiLine.TOKEN);

        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.at("/last4")).isEqualTo("wxyz");
        assertThat(set.at("/setAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(set.header("Cache-Control")).isEqualTo("no-store");
        for (var seen : new String[] {
            set.text(),
            line.clinic.owner().get(line.path() + "/credentials").text(),
            line.clinic.owner().get(line.path()).text()
        }) {
            assertThat(seen)
                    .doesNotContain("EAAG")
                    .doesNotContain(CloudApiLine.SECRET)
                    .doesNotContain(CloudApiLine.VERIFY);
        }
        assertThat(line.clinic.receptionist().get(line.path() + "/credentials").code())
                .isEqualTo("forbidden");
    }

    @Test
    void a_line_takes_the_credentials_of_its_own_engine_only() {
        var line = CloudApiLine.unset(clinics);
        var twilio = Map.of(
                "accountSid", "AC0123456789abcdef0123456789abcdef",
                "authToken", "0123456789abcdef0123456789abcdef",
                "from", "+14155238886");
        var both = new LinkedHashMap<String, Object>(line.credentials(CloudApiLine.TOKEN));
        both.put("twilio", twilio);
        var owner = line.clinic.owner().ifMatch("\"v0\"");

        assertThat(owner.put(line.path() + "/credentials", Map.of("twilio", twilio))
                        .code())
                .isEqualTo("invalid-fields");
        assertThat(owner.put(line.path() + "/credentials", both).code()).isEqualTo("invalid-fields");
        assertThat(owner.put(line.path() + "/credentials", Map.of()).at("/errors/0/pointer"))
                .isEqualTo("/cloudApi");
        var phone = line.clinic
                .owner()
                .post("/whatsapp-lines", Map.of("name", "Teléfono"))
                .id();
        assertThat(owner.put("/whatsapp-lines/" + phone + "/credentials", line.credentials(CloudApiLine.TOKEN))
                        .code())
                .isEqualTo("line-not-in-that-state");
    }

    @Test
    void a_line_is_started_only_with_credentials_and_says_what_its_engine_can() {
        var line = CloudApiLine.unset(clinics);

        assertThat(line.clinic.owner().post(line.path() + "/start", null).code())
                .isEqualTo("line-credentials-missing");
        var read = line.clinic.owner().get(line.path()).json().path("capabilities");
        assertThat(read.path("templates").asBoolean()).isTrue();
        assertThat(read.path("window24h").asBoolean()).isTrue();
        assertThat(read.path("qr").asBoolean()).isFalse();
    }

    @Test
    void stopping_and_logging_out_are_this_sides_alone() {
        var line = CloudApiLine.linked(clinics);

        assertThat(line.clinic.owner().post(line.path() + "/stop", null).at("/cause"))
                .isEqualTo("stopped-here");
        assertThat(line.clinic.owner().post(line.path() + "/log-out", null).at("/cause"))
                .isEqualTo("logged-out-here");
        assertThat(line.clinic
                        .owner()
                        .get(line.path() + "/credentials")
                        .json()
                        .path("set")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void an_evolution_server_inside_our_network_is_refused() {
        var clinic = clinics.open();
        var id = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "E", "engine", "evolution"))
                .id();
        for (var inside :
                new String[] {"http://localhost:8080", "http://169.254.169.254/", "https://10.0.0.1", "file:///x"}) {
            var refused = clinic.owner()
                    .ifMatch("\"v0\"")
                    .put(
                            "/whatsapp-lines/" + id + "/credentials",
                            Map.of(
                                    "evolution",
                                    Map.of("baseUrl", inside, "apiKey", "the-evolution-key", "instance", "x")));
            assertThat(refused.status()).as(inside).isEqualTo(422);
            assertThat(refused.at("/errors/0/pointer")).isEqualTo("/evolution/baseUrl");
        }
    }

    @Test
    void the_self_test_says_that_all_is_well_or_what_to_fix() {
        var line = CloudApiLine.linked(clinics);
        var good = line.clinic.receptionist().post(line.path() + "/self-test", null);
        assertThat(good.json()
                        .path("checks")
                        .valueStream()
                        .map(c -> c.path("name").asString()))
                .containsExactly("credentials", "provider", "public-address", "webhook", "templates");
        assertThat(good.json()
                        .path("checks")
                        .valueStream()
                        .filter(c -> !c.path("ok").asBoolean())
                        .map(c -> c.path("code").asString()))
                .as(good.text())
                .containsExactly("templates-missing");

        line.platform.usually(asked -> StubProvider.Answer.json(401, CloudApiLine.error(190)));
        FakeProviders.frontDoorLeadsTo(null);
        var bad = line.clinic
                .receptionist()
                .post(line.path() + "/self-test", null)
                .json();

        assertThat(bad.path("ok").asBoolean()).isFalse();
        assertThat(bad.path("checks")
                        .valueStream()
                        .filter(c -> !c.path("ok").asBoolean())
                        .map(c -> c.path("code").asString()))
                .containsExactly("authorization-failed", "public-address-elsewhere");
        assertThat(bad.at("/checks/1/fix").asString()).contains("token");
        assertThat(line.clinic.owner().get(line.path()).at("/state")).isEqualTo("linked");
    }

    @Test
    void the_self_test_notices_a_proxy_that_changes_what_is_signed() {
        var line = CloudApiLine.linked(clinics);
        var refusing = new StubProvider();
        refusing.always(asked -> asked.path().startsWith("/api/health")
                ? StubProvider.Answer.json(200, "{\"status\":\"ok\",\"service\":\"recado\"}")
                : StubProvider.Answer.json(403, "{}"));
        FakeProviders.frontDoorLeadsTo(refusing.url());

        var checks = line.clinic
                .owner()
                .post(line.path() + "/self-test", null)
                .json()
                .path("checks");

        assertThat(checks.path(3).path("code").asString()).isEqualTo("webhook-refused");
        refusing.close();
    }
}
