package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.CampaignOutbox.CampaignMessage;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.LineEngineKind;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A campaign of any size delays no message about a visit. */
@RecadoTest
class CampaignsBehindCareTest {

    private static final int MANY = 10_000;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    CampaignOutbox campaigns;

    @Autowired
    MessageClaims claims;

    @Autowired
    CallSlots slots;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void with_ten_thousand_messages_of_a_campaign_waiting_a_notice_is_the_first_to_leave() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var loop = LoopClinic.open(clinics, clock, worker);
        var ana = loop.patient("Ana", "+5491123456789");
        loop.clinic.inside(() -> transaction.execute(status -> {
            plan(loop, many(ana));
            return true;
        }));
        var visit = loop.books(ana, "2026-11-26T13:00:00Z").id();
        var notice =
                UUID.fromString(loop.message(visit, "confirmation").path("id").asString());

        var claimed = CurrentOrganization.get(loop.clinic.id(), () -> claims.claim(3));

        assertThat(claimed.calls()).isNotEmpty();
        var first = (EngineCall.HandOver) claimed.calls().getFirst();
        claimed.calls().forEach(call -> slots.giveBack(loop.line, LineEngineKind.LINKED_DEVICE));
        assertThat(first.command().messageId()).isEqualTo(notice);
    }

    /** Patients like one who is there already. */
    private java.util.List<UUID> many(UUID like) {
        var columns = jdbc.sql("""
                        select column_name from information_schema.columns
                         where table_schema = 'recado' and table_name = 'patient' and is_generated = 'NEVER'
                           and column_name not in ('id', 'phone')
                        """).query(String.class).list().stream().collect(Collectors.joining(", "));
        return jdbc.sql("insert into patient (id, phone, " + columns
                        + ") select gen_random_uuid(), '+54911' || (20000000 + n), " + columns
                        + " from patient, generate_series(1, " + MANY + ") as n where id = ? returning id")
                .param(like)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Useful until sooner than the visit's notice: their deadline alone would put them first. */
    private void plan(LoopClinic loop, java.util.List<UUID> patients) {
        assertThat(patients).hasSize(MANY);
        campaigns.plan(patients.stream()
                .map(patient -> new CampaignMessage(
                        UUID.randomUUID(), patient, loop.line, Objects.requireNonNull(at("2026-11-25T12:00:00Z"))))
                .toList());
    }
}
