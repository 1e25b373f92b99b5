package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What counts of a token beyond its signature. That the identity server takes part is shown by OnboardingTest. */
@RecadoTest
class MemberAccessTest {

    @Autowired
    Clinics clinics;

    @Autowired
    MemberRules rules;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private static Api signed(Clinic clinic, String account, Instant at) {
        return clinic.withToken(TestTokens.token(
                account,
                claims -> claims.issueTime(Date.from(at))
                        .claim(
                                "organization",
                                Map.of(
                                        "clinic",
                                        Map.of(
                                                "id",
                                                clinic.id().toString(),
                                                "resource_access",
                                                Map.of("recado-api", Map.of("roles", List.of("receptionist"))))))));
    }

    @Test
    void a_token_signed_before_something_was_taken_away_neither_reads_nor_writes() {
        var clinic = clinics.open();
        var account = UUID.randomUUID().toString();
        var now = clock.instant();
        var former = signed(clinic, account, now.minusSeconds(1));
        var sameSecond = signed(clinic, account, now);
        assertThat(former.get("/practitioners").status()).isEqualTo(200);

        rules.refuseTokensSignedSoFar(clinic.id(), account);

        assertThat(former.get("/practitioners").code()).isEqualTo("unauthenticated");
        assertThat(former.post("/patients", Map.of("givenName", "Ana", "familyName", "Sosa"))
                        .code())
                .isEqualTo("unauthenticated");
        assertThat(sameSecond.get("/practitioners").code()).isEqualTo("unauthenticated");
        assertThat(signed(clinic, account, now.plusSeconds(1))
                        .get("/practitioners")
                        .status())
                .isEqualTo(200);
        assertThat(signed(clinic, UUID.randomUUID().toString(), now.minusSeconds(1))
                        .get("/practitioners")
                        .status())
                .as("a colleague is not concerned")
                .isEqualTo(200);
        assertThat(signed(clinics.open(), account, now.minusSeconds(1))
                        .get("/practitioners")
                        .status())
                .as("nor is another clinic of theirs")
                .isEqualTo(200);
    }

    @Test
    void what_another_replica_took_away_counts_here_after_two_seconds() {
        var clinic = clinics.open();
        var account = UUID.randomUUID().toString();
        var former = signed(clinic, account, clock.instant().minusSeconds(1));
        assertThat(former.get("/practitioners").status()).isEqualTo(200);
        var from = clock.instant();
        clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                        "insert into member_access (organization_id, account_id, tokens_from) values (?, ?, ?)")
                .params(clinic.id(), account, from.atOffset(java.time.ZoneOffset.UTC))
                .update()));

        clock.advance(Duration.ofSeconds(MemberRules.REMEMBERED_SECONDS));

        assertThat(former.get("/practitioners").code()).isEqualTo("unauthenticated");
    }

    @Test
    void two_owners_who_decide_at_once_do_not_overwrite_each_other() {
        var clinic = clinics.open();
        var etag = clinic.owner().get("/member-permissions").etag();
        var body = Map.of(
                "items",
                List.of(Map.of(
                        "permission",
                        "exports",
                        "roles",
                        List.of("receptionist"),
                        "grantedTo",
                        List.of(),
                        "withheldFrom",
                        List.of())),
                "secondFactorRequired",
                false);
        assertThat(clinic.owner().ifMatch(etag).put("/member-permissions", body).status())
                .isEqualTo(200);
        assertThat(clinic.owner().ifMatch(etag).put("/member-permissions", body).code())
                .isEqualTo("stale");
    }

    @Test
    void people_are_told_what_their_clinic_lets_them_do() {
        var clinic = clinics.open();
        var account = UUID.randomUUID();
        clinic.owner()
                .ifMatch(clinic.owner().get("/member-permissions").etag())
                .put(
                        "/member-permissions",
                        Map.of(
                                "items",
                                List.of(Map.of(
                                        "permission",
                                        "campaigns",
                                        "roles",
                                        List.of(),
                                        "grantedTo",
                                        List.of(account),
                                        "withheldFrom",
                                        List.of())),
                                "secondFactorRequired",
                                false));
        var me = clinics.anonymous()
                .with(
                        "Authorization",
                        "Bearer " + TestTokens.member(account.toString(), clinic.id(), List.of(Allow.RECEPTIONIST)))
                .get("/api/v1/me");

        assertThat(me.json().at("/organizations/0/permissions").toString()).isEqualTo("[\"campaigns\"]");
    }
}
