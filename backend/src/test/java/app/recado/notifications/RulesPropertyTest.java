package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.SqlTime;
import app.recado.messaging.DueMessage;
import app.recado.messaging.Eligibility;
import app.recado.messaging.Verdict;
import app.recado.organizations.QuietHoursChanged;
import app.recado.scheduling.AppointmentBooked;
import app.recado.scheduling.AppointmentCancelled;
import app.recado.scheduling.AppointmentReinstated;
import app.recado.scheduling.AppointmentRescheduled;
import app.recado.scheduling.AppointmentStatusChanged;
import app.recado.templates.TemplateKind;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever happens to visits, rules and the clock, and wherever it is cut off: at most one message per (version, rule, kind),
 * none about a dead version, none in quiet hours, and what waits is exactly what the rules want. The planner, its SQL and
 * the eligibility are the real ones on a real PostgreSQL; an engine that takes everything at once stands for the rest of
 * the path, which MessagePathTest and ./dev crash try; HouseholdMessagesTest takes messages of several visits along it.
 *
 * <p>A seed is the history of one visit. Visits of a clinic share its clock and the edits of its rules, and what happens to
 * all of them in a round is one transaction, so that a thousand are quick. More by {@code -Drecado.property.seeds=20000},
 * others by {@code -Drecado.property.first=…}.
 */
@RecadoTest
class RulesPropertyTest {

    private static final int SEEDS = Integer.getInteger("recado.property.seeds", 1_000);
    private static final int FIRST = Integer.getInteger("recado.property.first", 1);
    private static final int PER_CLINIC = 100;
    private static final int ROUNDS = 10;

    private static final String PHONE = "+5491123456789";
    private static final Instant START = at("2026-11-02T12:00:00Z");
    private static final LocalTime QUIET_FROM = LocalTime.of(21, 0);
    private static final LocalTime QUIET_TO = LocalTime.of(8, 0);
    /** Those of Argentina, where the clinics are. */
    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 11, 23), LocalDate.of(2026, 12, 8));

    private static final List<RuleTrigger> TIMED =
            List.of(RuleTrigger.BEFORE_VISIT, RuleTrigger.SAME_DAY, RuleTrigger.AFTER_VISIT, RuleTrigger.NO_SHOW);

    private static final List<String> ZONES =
            List.of("America/Argentina/Buenos_Aires", "America/Mexico_City", "America/Santiago", "America/Bogota");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Eligibility eligibility;

    @Autowired
    RulePlanning planning;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    /** One visit as the model knows it: committed changes alone. */
    private static final class Visit {
        final UUID id = UUID.randomUUID();
        final Random random;
        final String zone;
        Instant start;
        long version;
        boolean booked;

        /** How it went; null while nobody said. */
        @Nullable String outcome;

        Visit(int seed) {
            random = new Random(seed);
            zone = ZONES.get(random.nextInt(ZONES.size()));
            start = START.plus(random.nextInt(15 * 24 * 4) * 15L, ChronoUnit.MINUTES);
        }
    }

    private record Rule(
            UUID id,
            RuleTrigger trigger,
            int minutes,
            @Nullable LocalTime time,
            boolean active,
            int latest,
            boolean workingDays) {}

    /** What one clinic went through. */
    private final class History {
        final Clinic clinic = clinics.open();
        final Random random;
        final List<Visit> visits = new ArrayList<>();
        final List<UUID> patients = new ArrayList<>();
        final UUID practitioner;
        final UUID service;
        Instant furthest = START;
        int joints;

        History(int first, int seeds) {
            random = new Random(first);
            for (var name : List.of("Ana", "Luis")) {
                patients.add(created(clinic.receptionist()
                        .post("/patients", Map.of("givenName", name, "familyName", "Sosa", "phone", PHONE))));
            }
            var household = clinic.receptionist()
                    .post(
                            "/households",
                            Map.of(
                                    "givenName",
                                    "Eva",
                                    "familyName",
                                    "Sosa",
                                    "phone",
                                    PHONE,
                                    "members",
                                    patients.stream()
                                            .map(child -> Map.of("patientId", child, "relationship", "mother"))
                                            .toList()));
            assertThat(household.status()).as(household.text()).isEqualTo(201);
            practitioner = created(clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez")));
            service = created(
                    clinic.owner().post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30)));
            tx(() -> jdbc.sql("update organization set quiet_from = ?, quiet_to = ? where id = ?")
                    .params(QUIET_FROM, QUIET_TO, clinic.id())
                    .update());
            for (int seed = first; seed < first + seeds; seed++) {
                visits.add(new Visit(seed));
            }
        }

        /** One transaction of the clinic, which a crash may cut off before its end. */
        boolean tx(Runnable work) {
            boolean crashes = random.nextInt(10) == 0 && !visits.isEmpty();
            clinic.inside(() -> transaction.executeWithoutResult(status -> {
                work.run();
                if (crashes) {
                    status.setRollbackOnly();
                }
            }));
            return !crashes;
        }

        void round() {
            clock.advance(Duration.ofMinutes(random.nextInt(48 * 60) - 120L)); // now and then it is set back
            furthest = clock.instant().isAfter(furthest) ? clock.instant() : furthest;
            if (random.nextInt(3) == 0) {
                editRules();
            }
            var changed = new ArrayList<Runnable>();
            if (tx(() -> visits.forEach(visit -> change(visit, changed)))) {
                changed.forEach(Runnable::run);
            }
            send();
            send();
            whatWaitsIsWhatTheRulesWant();
        }

        private void change(Visit visit, List<Runnable> committed) {
            if (visit.booked
                    && visit.outcome == null
                    && !visit.start.isAfter(clock.instant())
                    && visit.random.nextInt(3) == 0) {
                var outcome = visit.random.nextBoolean() ? "fulfilled" : "noshow";
                jdbc.sql("update appointment set status = ? where organization_id = ? and id = ?")
                        .params(outcome, clinic.id(), visit.id)
                        .update();
                events.publishEvent(new AppointmentStatusChanged(visit.id));
                committed.add(() -> visit.outcome = outcome);
                return;
            }
            if (visit.outcome != null) {
                return;
            }
            switch (visit.random.nextInt(8)) {
                case 0, 1 -> {
                    if (visit.version == 0) {
                        book(visit);
                        committed.add(() -> {
                            visit.version = 1;
                            visit.booked = true;
                        });
                    } else if (visit.booked) {
                        var start = clock.instant()
                                .truncatedTo(ChronoUnit.HOURS)
                                .plus(1 + visit.random.nextInt(6 * 24), ChronoUnit.HOURS);
                        update(
                                visit,
                                "starts_at = '" + start + "', ends_at = '" + start.plusSeconds(1800)
                                        + "', participation = 'needs-action'");
                        events.publishEvent(new AppointmentRescheduled(visit.id));
                        committed.add(() -> {
                            visit.version++;
                            visit.start = start;
                        });
                    }
                }
                case 2 -> {
                    if (visit.booked) {
                        update(visit, "status = 'cancelled'");
                        events.publishEvent(
                                new AppointmentCancelled(visit.id, visit.random.nextBoolean() ? "staff" : "patient"));
                        committed.add(() -> {
                            visit.version++;
                            visit.booked = false;
                        });
                    } else if (visit.version > 0) {
                        update(visit, "status = 'booked'");
                        events.publishEvent(new AppointmentReinstated(visit.id, visit.version - 1));
                        committed.add(() -> {
                            visit.version++;
                            visit.booked = true;
                        });
                    }
                }
                default -> {}
            }
        }

        private void book(Visit visit) {
            jdbc.sql("""
                    insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at,
                                             ends_at, time_zone, status, participation, schedule_version, created_at, created_by,
                                             version, source, overbooked)
                    values (?, ?, ?, ?, ?, ?, ?, ?, 'booked', 'needs-action', 1, now(), 'test', 0, 'desk', true)
                    """)
                    .params(
                            clinic.id(),
                            visit.id,
                            patients.get(visits.indexOf(visit) % patients.size()),
                            practitioner,
                            service,
                            SqlTime.at(visit.start),
                            SqlTime.at(visit.start.plusSeconds(1800)),
                            visit.zone)
                    .update();
            events.publishEvent(new AppointmentBooked(visit.id));
        }

        private void update(Visit visit, String assignments) {
            jdbc.sql("update appointment set schedule_version = schedule_version + 1, " + assignments
                            + " where organization_id = ? and id = ?")
                    .params(clinic.id(), visit.id)
                    .update();
        }

        private void editRules() {
            tx(() -> {
                planning.changeRules();
                var rules = rules();
                var rule = rules.get(random.nextInt(rules.size()));
                var trigger = rule.trigger();
                switch (random.nextInt(5)) {
                    case 0 -> set(rule, "active = not active");
                    case 1 -> {
                        if (trigger.isBefore()) {
                            set(rule, "latest_minutes = " + (random.nextBoolean() ? 0 : 90));
                        }
                    }
                    case 3 -> {
                        if (trigger.isScheduled() && trigger != RuleTrigger.SAME_DAY) {
                            set(rule, "working_days = not working_days");
                        }
                    }
                    case 2 -> {
                        if (trigger == RuleTrigger.BEFORE_VISIT) {
                            set(rule, "minutes = " + (120 + random.nextInt(72 * 60)));
                        }
                    }
                    default -> {
                        trigger = TIMED.get(random.nextInt(TIMED.size()));
                        rule = new Rule(UUID.randomUUID(), trigger, 0, null, true, 0, false);
                        add(rule.id(), trigger);
                    }
                }
                planning.replan(rule.id(), trigger);
                if (random.nextInt(4) == 0) {
                    events.publishEvent(new QuietHoursChanged());
                }
            });
        }

        private void set(Rule rule, String assignment) {
            jdbc.sql("update notification_rule set " + assignment + " where organization_id = ? and id = ?")
                    .params(clinic.id(), rule.id())
                    .update();
        }

        private void add(UUID id, RuleTrigger trigger) {
            boolean sameDay = trigger == RuleTrigger.SAME_DAY;
            jdbc.sql("""
                    insert into notification_rule (organization_id, id, trigger, minutes, at_time, working_days, active, created_at,
                                                   created_by, version)
                    values (?, ?, ?, ?, ?, ?, true, now(), 'test', 0)
                    """)
                    .param(clinic.id())
                    .param(id)
                    .param(trigger.wireName())
                    .param(sameDay ? null : 60 + random.nextInt(72 * 60))
                    .param(sameDay ? LocalTime.of(random.nextInt(24), 30) : null)
                    .param(!sameDay && random.nextBoolean())
                    .update();
        }

        private List<Rule> rules() {
            return jdbc.sql("""
                            select id, trigger, coalesce(minutes, 0) as minutes, at_time, active, latest_minutes, working_days
                              from notification_rule where organization_id = ? order by id
                            """)
                    .param(clinic.id())
                    .query((row, n) -> new Rule(
                            row.getObject("id", UUID.class),
                            RuleTrigger.of(row.getString("trigger")),
                            row.getInt("minutes"),
                            row.getObject("at_time", LocalTime.class),
                            row.getBoolean("active"),
                            row.getInt("latest_minutes"),
                            row.getBoolean("working_days")))
                    .list();
        }

        /** What is due leaves if it may, one of each visit at a time as conversations have it. */
        private void send() {
            tx(() -> {
                var now = clock.instant();
                var due = jdbc.sql("""
                                select distinct on (subject_id) id, subject_id, subject_version, kind, rule_id, patient_id, due_at,
                                       useful_until
                                  from message
                                 where organization_id = ? and state in ('planned', 'queued') and due_at <= ?
                                 order by subject_id, due_at, id
                                """)
                        .params(clinic.id(), SqlTime.at(now))
                        .query((row, n) -> new DueMessage(
                                row.getObject("id", UUID.class),
                                row.getObject("subject_id", UUID.class),
                                row.getLong("subject_version"),
                                TemplateKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                                row.getObject("rule_id", UUID.class),
                                row.getObject("patient_id", UUID.class),
                                SqlTime.instant(row, "due_at"),
                                SqlTime.instant(row, "useful_until")))
                        .list();
                var verdicts = eligibility.check(due);
                due.forEach(message -> leavesWithItsOwn(message, due, verdicts));
                for (var message : due) {
                    settle(message, verdicts.get(message.id()), now);
                }
            });
        }

        /** Whoever is carried by a message may be told by themselves, by the same rule; the first of them carries the others. */
        private void leavesWithItsOwn(DueMessage message, List<DueMessage> due, Map<UUID, Verdict> verdicts) {
            if (!(verdicts.get(message.id()) instanceof Verdict.Send send)
                    || !(send.joint() instanceof Verdict.Joint joint)) {
                return;
            }
            var together = new ArrayList<UUID>(joint.companions());
            together.add(joint.lead());
            assertThat(together).doesNotHaveDuplicates().contains(message.id()).hasSizeBetween(2, 6);
            for (var id : together) {
                var other = due.stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow();
                assertThat(verdicts.get(id)).isInstanceOf(Verdict.Send.class);
                assertThat(other.ruleId()).isEqualTo(message.ruleId());
                assertThat(other.kind()).isEqualTo(TemplateKind.REMINDER);
                assertThat(id.toString()).isGreaterThanOrEqualTo(joint.lead().toString());
            }
            joints++;
        }

        private void settle(DueMessage message, @Nullable Verdict verdict, Instant now) {
            var state = switch (verdict) {
                case Verdict.Send send -> {
                    mayLeave(message, now);
                    yield "sent";
                }
                case Verdict.Expired expired -> "expired";
                case Verdict.Superseded superseded -> "superseded";
                case Verdict.Suppress suppress -> "suppressed";
                case Verdict.Later later -> "queued";
                case null -> throw new AssertionError("No verdict on " + message.kind());
            };
            jdbc.sql("""
                    update message set state = ?, out_at = ?, next_attempt_at = case when ? = 'queued' then next_attempt_at end,
                           ready = false
                     where organization_id = ? and id = ?
                    """)
                    .param(state)
                    .param(state.equals("sent") ? SqlTime.at(now) : null)
                    .param(state)
                    .param(clinic.id())
                    .param(message.id())
                    .update();
        }

        /** Of a live version, on the right side of the visit, not in quiet hours and not on a day off. */
        private void mayLeave(DueMessage message, Instant now) {
            var visit = visits.stream()
                    .filter(one -> one.id.equals(message.subjectId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(message.version()).as("version of " + message.kind()).isEqualTo(visit.version);
            switch (message.kind()) {
                case FOLLOWUP -> assertThat(visit.outcome).isEqualTo("fulfilled");
                case MISSED -> assertThat(visit.outcome).isEqualTo("noshow");
                default -> {
                    assertThat(visit.outcome).isNull();
                    assertThat(visit.booked).isEqualTo(message.kind() != TemplateKind.CANCELLATION);
                    assertThat(now).isBefore(visit.start);
                }
            }
            var here = now.atZone(ZoneId.of(visit.zone));
            assertThat(here.toLocalTime().isBefore(QUIET_FROM)
                            && !here.toLocalTime().isBefore(QUIET_TO))
                    .as("%s in %s", here, visit.zone)
                    .isTrue();
            if (rules().stream().anyMatch(rule -> rule.id().equals(message.ruleId()) && rule.workingDays())) {
                assertThat(isDayOff(here.toLocalDate())).as("%s", here).isFalse();
            }
        }

        private static boolean isDayOff(LocalDate day) {
            return day.getDayOfWeek() == DayOfWeek.SUNDAY || HOLIDAYS.contains(day);
        }

        private void whatWaitsIsWhatTheRulesWant() {
            var wanted = new ArrayList<String>();
            // What was due before the clock was set back may have passed already.
            var now = furthest;
            var waits = new ArrayList<String>();
            clinic.inside(() -> transaction.executeWithoutResult(status -> {
                for (var rule : rules()) {
                    for (var visit : visits) {
                        var due = rule.active() && isMet(rule, visit) ? due(rule, visit) : null;
                        if (due != null
                                && due.isAfter(now)
                                && (!rule.trigger().isBefore() || due.isBefore(useful(rule, visit)))) {
                            wanted.add(visit.id + " v" + visit.version + " " + rule.id() + " " + due);
                        }
                    }
                }
                waits.addAll(jdbc.sql("""
                                select subject_id || ' v' || subject_version || ' ' || rule_id as name, due_at from message
                                 where organization_id = ? and kind in ('reminder', 'followup', 'missed') and due_at > ?
                                   and superseded_at is null
                                   and (state in ('planned', 'queued') or state = 'expired' and reason = 'quiet-hours')
                                """)
                        .params(clinic.id(), SqlTime.at(now))
                        .query((row, n) -> row.getString("name") + " " + SqlTime.instant(row, "due_at"))
                        .list());
            }));
            // What left or was settled before the clock was set back, or before its rule was edited, is there already.
            var settled = settledKeys();
            assertThat(waits.stream().filter(one -> !settled.contains(key(one))))
                    .containsExactlyInAnyOrderElementsOf(wanted.stream()
                            .filter(one -> !settled.contains(key(one)))
                            .toList());
        }

        private Set<String> settledKeys() {
            var keys = new HashSet<String>();
            clinic.inside(() -> transaction.executeWithoutResult(status -> keys.addAll(
                    jdbc.sql("""
                            select subject_id || ' v' || subject_version || ' ' || rule_id from message
                             where organization_id = ? and kind in ('reminder', 'followup', 'missed')
                               and (state in ('sent', 'suppressed') or state = 'expired' and reason is distinct from 'quiet-hours')
                            """).param(clinic.id()).query(String.class).list())));
            return keys;
        }

        private static String key(String one) {
            return one.substring(0, one.lastIndexOf(' '));
        }

        private static boolean isMet(Rule rule, Visit visit) {
            return switch (rule.trigger()) {
                case AFTER_VISIT -> "fulfilled".equals(visit.outcome);
                case NO_SHOW -> "noshow".equals(visit.outcome);
                default -> visit.booked && visit.outcome == null;
            };
        }

        private @Nullable Instant due(Rule rule, Visit visit) {
            var zone = ZoneId.of(visit.zone);
            var end = visit.start.plusSeconds(1800);
            var due = switch (rule.trigger()) {
                case BEFORE_VISIT -> visit.start.minusSeconds(60L * rule.minutes());
                case SAME_DAY ->
                    visit.start
                            .atZone(zone)
                            .toLocalDate()
                            .atTime(java.util.Objects.requireNonNull(rule.time()))
                            .atZone(zone)
                            .toInstant();
                case AFTER_VISIT, NO_SHOW -> end.plusSeconds(60L * rule.minutes());
                case BOOKED, MOVED, CANCELLED, SURVEY, RECALL -> null;
            };
            if (due == null || !rule.workingDays()) {
                return due;
            }
            var day = due.atZone(zone);
            while (isDayOff(day.toLocalDate())) {
                day = day.plusDays(rule.trigger() == RuleTrigger.BEFORE_VISIT ? -1 : 1);
            }
            return day.toInstant();
        }

        private Instant useful(Rule rule, Visit visit) {
            return visit.start.minusSeconds(60L * rule.latest());
        }

        void nothingIsDoubled() {
            clinic.inside(() -> transaction.executeWithoutResult(status -> assertThat(jdbc.sql("""
                            select count(*) from (
                                select from message where organization_id = ? and out_at is not null
                                 group by subject_id, subject_version, kind, rule_id having count(*) > 1) doubled
                            """)
                            .param(clinic.id())
                            .query(Integer.class)
                            .single())
                    .isZero()));
        }

        int sent() {
            return java.util.Objects.requireNonNull(clinic.inside(() -> transaction.execute(
                    status -> jdbc.sql("select count(*) from message where organization_id = ? and out_at is not null")
                            .param(clinic.id())
                            .query(Integer.class)
                            .single())));
        }
    }

    @Test
    void nobody_is_told_twice_of_a_dead_version_or_in_quiet_hours_and_what_waits_is_what_the_rules_want() {
        int sent = 0;
        int joints = 0;
        for (int first = FIRST; first < FIRST + SEEDS; first += PER_CLINIC) {
            clock.set(START);
            var history = new History(first, Math.min(PER_CLINIC, FIRST + SEEDS - first));
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    history.round();
                } catch (AssertionError e) {
                    throw new AssertionError("Seeds from %d, round %d".formatted(first, round), e);
                }
            }
            history.nothingIsDoubled();
            sent += history.sent();
            joints += history.joints;
        }
        assertThat(sent).as("the histories tell something").isGreaterThan(SEEDS / 4);
        assertThat(joints).as("brother and sister are told together").isPositive();
    }
}
