package app.recado.engines.lines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.SecretVault;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeProviders;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.whatsapp.PairingOffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The codes of an Evolution line, heard of by one replica and asked of another one. */
@RecadoTest
class PairingCodesTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    Jobs scheduled;

    @Autowired
    SecretVault vault;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 1), "");
    private UUID line = new UUID(0, 0);
    private String instance = "";
    private String hook = "";

    @BeforeEach
    void pairing() {
        clock.set(MONDAY);
        clinic = clinics.open();
        FakeProviders.frontDoorLeadsTo(clinics.server());
        instance = "clinica-" + clinic.id();
        FakeProviders.of(
                FakeProviders.EVOLUTION,
                instance,
                asked -> asked.path().endsWith("/instance/create")
                        ? StubProvider.Answer.json(201, "{\"qrcode\":{\"code\":\"2@first-secret\"}}")
                        : StubProvider.Answer.json(404, "{\"status\":404}"));
        line = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Evolution", "engine", "evolution"))
                .id();
        var set = clinic.owner()
                .ifMatch(clinic.owner().get(path()).etag())
                .put(
                        path() + "/credentials",
                        Map.of(
                                "evolution",
                                Map.of(
                                        "baseUrl",
                                        FakeProviders.EVOLUTION.url(),
                                        "apiKey",
                                        "the-evolution-key",
                                        "instance",
                                        instance)));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(clinic.owner().post(path() + "/start", null).at("/qr/value")).isEqualTo("2@first-secret");
        hook = FakeProviders.EVOLUTION
                .last()
                .json()
                .at("/webhook/url")
                .asString()
                .substring(FakeProviders.FRONT_DOOR.url().length());
    }

    private String path() {
        return "/whatsapp-lines/" + line;
    }

    private void reports(String event, String data) {
        var body = "{\"event\":\"%s\",\"instance\":\"%s\",\"data\":%s}".formatted(event, instance, data);
        assertThat(clinics.anonymous().send("POST", hook, body).status()).isEqualTo(200);
    }

    private PairingOffer askedOfAnotherReplica() {
        var another = new QrCodes(jdbc, vault, scheduled, transaction, clock);
        return clinic.inside(() -> another.offer(line));
    }

    private String kept() {
        return clinic.inside(() -> transaction.execute(
                status -> jdbc.sql("select coalesce(string_agg(to_jsonb(c)::text, ' '), '') from line_pairing_code c")
                        .query(String.class)
                        .single()));
    }

    @Test
    void every_replica_offers_the_newest_code_until_the_same_moment() {
        assertThat(askedOfAnotherReplica().qr())
                .isEqualTo(new PairingOffer.Code("2@first-secret", MONDAY.plus(QrCodes.VALID)));

        clock.advance(QrCodes.VALID.dividedBy(3));
        reports("qrcode.updated", "{\"qrcode\":{\"code\":\"2@second-secret\",\"pairingCode\":\"ABCD1234\"}}");

        var until = clock.instant().plus(QrCodes.VALID);
        assertThat(askedOfAnotherReplica())
                .isEqualTo(new PairingOffer(
                        new PairingOffer.Code("2@second-secret", until), new PairingOffer.Code("ABCD1234", until)));
        assertThat(clinic.owner().get(path()).at("/qr/value")).isEqualTo("2@second-secret");
        assertThat(kept()).contains(line.toString()).doesNotContain("first-secret", "second-secret", "ABCD1234");
    }

    @Test
    void a_code_is_offered_no_longer_than_it_is_valid_and_then_deleted() {
        clock.advance(QrCodes.VALID.dividedBy(3));
        reports("qrcode.updated", "{\"qrcode\":{\"code\":\"2@second-secret\"}}");
        clock.set(MONDAY.plus(QrCodes.VALID));
        jobs.run();
        assertThat(askedOfAnotherReplica().qr()).as("the second is still valid").isNotNull();

        clock.advance(QrCodes.VALID);
        assertThat(askedOfAnotherReplica()).isEqualTo(PairingOffer.NONE);
        jobs.run();
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_line_that_was_linked_or_stopped_leaves_no_code_behind() {
        reports("connection.update", "{\"state\":\"open\",\"wuid\":\"5491150000000@s.whatsapp.net\"}");
        assertThat(clinic.owner().get(path()).at("/state")).isEqualTo("linked");
        assertThat(kept()).isEmpty();

        reports("qrcode.updated", "{\"qrcode\":{\"code\":\"2@third-secret\"}}");
        assertThat(kept()).isNotEmpty();
        assertThat(clinic.owner().post(path() + "/stop", null).status()).isEqualTo(200);
        assertThat(kept()).isEmpty();
    }
}
