package app.recado.kernel.retention;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.media.Media;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept for how long, seen from a clinic that has it all. */
@RecadoTest
class RetentionTest {

    private static final String ANA = "011 15-2345-6789";
    private static final String ANA_E164 = "+5491123456789";

    @Autowired
    SettableClock clock;

    @Autowired
    RetentionSettings settings;

    @Autowired
    List<KnownMedia> known;

    @Autowired
    RetentionHolds holds;

    @Autowired
    List<Retained> kinds;

    @Autowired
    List<RetainedMonths> months;

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    Media media;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    PlatformTransactionManager transactions;

    private final LoopClinic loop;
    private String key = "";

    RetentionTest(@Autowired Clinics clinics, @Autowired SettableClock clock, @Autowired OutboxWorker outbox) {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        this.loop = LoopClinic.open(clinics, clock, outbox);
    }

    /** A visit whose notification was sent and answered, and a picture with words. */
    @BeforeEach
    void aClinicWithEverything() {
        loop.books(loop.patient("Ana", ANA), "2026-11-25T13:00:00Z");
        loop.turn();
        loop.everythingIsSent();
        loop.hears(loop.voice.from(ANA_E164).writes("1"));
        var mediaId = UUID.randomUUID();
        key = loop.clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(key, TestMedia.PNG);
        loop.hears(loop.voice
                .from(ANA_E164)
                .kind("image")
                .holding(mediaId, "image/png", "orden.png")
                .writes("la orden"));
        var fetched = new LinkedHashMap<String, @Nullable Object>();
        fetched.put("mediaId", mediaId.toString());
        fetched.put("state", "stored");
        fetched.put("key", key);
        fetched.put("contentType", "image/png");
        fetched.put("size", TestMedia.PNG.length);
        fetched.put("sha256", "00");
        loop.hears(loop.voice.event("message.media", fetched));
        // The reminder that nobody needs any more ends, too.
        clock.advance(Duration.ofDays(3));
        loop.turn();
    }

    /** A clinic under a legal hold would lose them otherwise. */
    @Test
    void a_new_event_deletes_no_old_ones() {
        long before = rows("gateway_event");
        clock.advance(Duration.ofDays(40));

        loop.hears(loop.voice.from(ANA_E164).writes("hola"));

        assertThat(rows("gateway_event")).isEqualTo(before + 1);
    }

    private long rows(String table) {
        return CurrentOrganization.get(
                loop.clinic.id(),
                () -> java.util.Objects.requireNonNull(transaction.execute(
                        status -> jdbc.sql("select count(*) from " + table + " where organization_id = ?")
                                .param(loop.clinic.id())
                                .query(Long.class)
                                .single())));
    }

    private void aCommandFromBeforeThereWasOneQueue() {
        CurrentOrganization.run(
                loop.clinic.id(),
                () -> transaction.executeWithoutResult(status -> jdbc.sql("""
                                insert into engine_command (organization_id, message_id, line_id, provider_message_id, hash,
                                                            recipient, payload, state, not_after, updated_at)
                                select organization_id, gen_random_uuid(), id, 'wamid.old', 'hash', ?, '{}', 'sent', ?, ?
                                  from whatsapp_line where organization_id = ?
                                """)
                        .params(ANA_E164, SqlTime.at(clock.instant()), SqlTime.at(clock.instant()), loop.clinic.id())
                        .update()));
    }

    private void monthsLater(int months) {
        clock.set(Instant.parse("2026-11-23T12:00:00Z")
                .atOffset(java.time.ZoneOffset.UTC)
                .plusMonths(months)
                .plusDays(4)
                .toInstant());
    }

    @Test
    void events_go_after_a_month_media_after_a_year_and_messages_with_their_answers_after_two() {
        aCommandFromBeforeThereWasOneQueue();
        clock.advance(Duration.ofDays(20));
        mine().deleteOld();
        assertThat(rows("gateway_event")).isPositive();
        assertThat(rows("engine_command")).isOne();

        monthsLater(1);
        mine().deleteOld();
        assertThat(rows("gateway_event")).isZero();
        assertThat(rows("engine_command")).isZero();
        assertThat(TestMedia.holds(key)).isTrue();

        monthsLater(12);
        mine().deleteOld();
        assertThat(TestMedia.holds(key)).isFalse();
        assertThat(rows("inbound_message")).isEqualTo(2);
        assertThat(loop.lastInbound().at("/attachment/state").asString()).isEqualTo("unavailable");
        assertThat(loop.lastInbound().at("/text").asString()).isEqualTo("la orden");

        monthsLater(23);
        mine().deleteOld();
        assertThat(rows("message")).isPositive();
        assertThat(rows("message_step")).isPositive();

        monthsLater(24);
        mine().deleteOld();
        assertThat(rows("inbound_message")).isZero();
        assertThat(rows("message_step")).isZero();
        assertThat(rows("message")).isZero();
    }

    @Test
    void under_a_legal_hold_nothing_goes_until_it_ends_also_when_it_begins_while_others_are_deleted() {
        var held = loop.clinic.owner().post("/legal-hold/begin", null);
        assertThat(held.status()).as(held.text()).isEqualTo(200);
        assertThat(loop.clinic.receptionist().post("/legal-hold/end", null).code())
                .isEqualTo("forbidden");
        monthsLater(25);
        mine().deleteOld();
        mine().deleteOrphans();
        assertThat(rows("message")).isPositive();
        assertThat(rows("inbound_message")).isEqualTo(2);
        assertThat(TestMedia.holds(key)).isTrue();

        // As if the hold began after this clinic's turn had come.
        with(
                        1,
                        new RetentionHolds() {
                            @Override
                            public List<UUID> withoutHold() {
                                return List.of(loop.clinic.id());
                            }

                            @Override
                            public boolean mayDelete() {
                                return holds.mayDelete();
                            }

                            @Override
                            public boolean mayDeleteOfAll() {
                                return holds.mayDeleteOfAll();
                            }
                        },
                        kinds)
                .deleteOld();
        assertThat(rows("message")).isPositive();

        assertThat(loop.clinic.owner().post("/legal-hold/end", null).at("/held"))
                .isEqualTo("false");
        mine().deleteOld();
        assertThat(rows("message")).isZero();
    }

    @Test
    void what_is_old_goes_in_batches_that_are_committed_one_by_one() {
        var events = rows("gateway_event");
        var seen = new ArrayList<Long>();
        var own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var watched = kinds.stream()
                .filter(kind -> kind.name().equals("gateway-events"))
                .<Retained>map(kind -> new Retained() {
                    @Override
                    public String name() {
                        return kind.name();
                    }

                    @Override
                    public Term term() {
                        return kind.term();
                    }

                    @Override
                    public Removed remove(Instant olderThan, int atMost) {
                        seen.add(own.execute(status -> rows("gateway_event")));
                        return kind.remove(olderThan, atMost);
                    }
                })
                .toList();
        monthsLater(2);

        with(
                        2,
                        new RetentionHolds() {
                            @Override
                            public List<UUID> withoutHold() {
                                return List.of(loop.clinic.id());
                            }

                            @Override
                            public boolean mayDelete() {
                                return true;
                            }

                            @Override
                            public boolean mayDeleteOfAll() {
                                return true;
                            }
                        },
                        watched)
                .deleteOld();

        assertThat(events).isGreaterThan(4);
        assertThat(seen).startsWith(events, events - 2, events - 4);
        assertThat(rows("gateway_event")).isZero();
    }

    /** Nobody else's entries are that old, so that the month is these two clinics' alone. */
    @Test
    void a_month_of_the_trail_goes_as_a_whole_and_clinic_by_clinic_while_one_is_held() throws Exception {
        var other = clinics.open();
        var both = "('%s', '%s')".formatted(loop.clinic.id(), other.id());
        asSuperuser("select recado.make_audit_months('2019-05-01', 1)");
        asSuperuser("""
                insert into recado.audit_entry (organization_id, id, at, actor_kind, action, changes, batch)
                select id, uuidv7(), '2019-05-07T12:00:00Z', 'recado', 'old', '{}', 1 from recado.organization where id in
                """ + both);
        var ofMay = "select count(*) from recado.audit_entry where action = 'old' and organization_id in " + both;
        assertThat(asSuperuser(ofMay)).isEqualTo(2);
        long others = rows("audit_entry") - 1;

        other.owner().post("/legal-hold/begin", null);
        mine().deleteOld();
        assertThat(asSuperuser(ofMay)).as("the held clinic's").isOne();
        assertThat(asSuperuser("select count(*) from pg_class where relname = 'audit_entry_2019_05'"))
                .isOne();

        other.owner().post("/legal-hold/end", null);
        mine().deleteOld();
        assertThat(asSuperuser(ofMay)).isZero();
        assertThat(asSuperuser("select count(*) from pg_class where relname = 'audit_entry_2019_05'"))
                .isZero();
        assertThat(rows("audit_entry")).isEqualTo(others).isPositive();
    }

    /** A number that it answers, or how many rows it wrote. */
    private long asSuperuser(String sql) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return statement.getUpdateCount();
            }
            try (var row = statement.getResultSet()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void bytes_that_no_record_names_go_when_they_are_old_and_named_or_young_ones_stay() {
        var orphan = loop.clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(orphan, TestMedia.PNG);
        mine().deleteOrphans();
        assertThat(TestMedia.holds(orphan)).isTrue();

        monthsLater(2);
        var young = loop.clinic.id() + "/2027/01/" + UUID.randomUUID();
        TestMedia.put(young, TestMedia.PNG);
        mine().deleteOrphans();

        assertThat(TestMedia.holds(orphan)).isFalse();
        assertThat(TestMedia.holds(key)).isTrue();
        assertThat(TestMedia.holds(young)).isTrue();
    }

    /** As it runs each hour, for this test's clinic alone: those of all other tests are in the same database. */
    private Retention mine() {
        var whose = new RetentionHolds() {
            @Override
            public List<UUID> withoutHold() {
                return holds.withoutHold().stream()
                        .filter(loop.clinic.id()::equals)
                        .toList();
            }

            @Override
            public boolean mayDelete() {
                return holds.mayDelete();
            }

            @Override
            public boolean mayDeleteOfAll() {
                return holds.mayDeleteOfAll();
            }
        };
        return new Retention(
                settings, kinds, months, known, whose, media, transaction, new SimpleMeterRegistry(), clock);
    }

    private Retention with(int batch, RetentionHolds whose, List<Retained> what) {
        var settings = new RetentionSettings(
                Period.ofMonths(24),
                Period.ofMonths(12),
                Period.ofDays(30),
                Period.ofMonths(24),
                Period.ofMonths(60),
                batch);
        return new Retention(
                settings, what, List.of(), List.of(), whose, media, transaction, new SimpleMeterRegistry(), clock);
    }
}
