package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What operators watch: named by Prometheus' conventions, few series, and nobody's name, phone or clinic in them. */
@RecadoTest
class MetricsTest {

    /** A label with a value per clinic, line or patient would be as many series; each new label is looked at here. */
    private static final Set<String> LABELS = Set.of(
            "action",
            "category",
            "cause",
            "change",
            "chat",
            "currency",
            "engine",
            "job",
            "kind",
            "limit",
            "outcome",
            "part",
            "reason",
            "source",
            "state");

    private static final List<String> WATCHED = List.of(
            "recado.outbox.depth",
            "recado.outbox.oldest.due.age.seconds",
            "recado.outbox.waiting",
            "recado.outbox.waiting.oldest.age",
            "recado.messages",
            "recado.lines",
            "recado.lines.down",
            "recado.lines.wanted",
            "recado.line.alarms",
            "recado.conversations.open",
            "recado.conversations.waiting",
            "recado.conversations.waiting.longest",
            "recado.webhooks.pending",
            "recado.webhooks.failed",
            "recado.webhooks.overdue.age",
            "recado.webhook.deliveries",
            "recado.chatwoot.told",
            "recado.jobs.dead",
            "recado.jobs.failing",
            "recado.jobs.oldest.due.age",
            "recado.events.set.aside",
            "recado.patients.reads.lost",
            "recado.postgres.size",
            "recado.postgres.connections",
            "recado.postgres.connections.limit",
            "recado.postgres.archiving",
            "recado.postgres.archive");

    @Autowired
    MeterRegistry metrics;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Test
    void everything_an_alarm_may_be_set_on_is_there_before_anything_happens() {
        assertThat(ours().map(meter -> meter.getId().getName())).containsAll(WATCHED);
    }

    @Test
    void every_number_can_be_read() {
        assertThat(ours().filter(meter -> WATCHED.contains(meter.getId().getName())))
                .allSatisfy(meter -> assertThat(meter.measure())
                        .as(meter.getId().toString())
                        .allSatisfy(measured -> assertThat(measured.getValue()).isNotNaN()));
        assertThat(metrics.get("recado.postgres.size").gauge().value()).isGreaterThan(1_000_000);
        assertThat(metrics.get("recado.postgres.connections").gauge().value()).isPositive();
    }

    @Test
    void a_name_has_one_set_of_labels() {
        // Prometheus' registry silently drops whichever came second.
        var labels = ours().collect(Collectors.groupingBy(
                meter -> meter.getId().getName(), Collectors.mapping(MetricsTest::labels, Collectors.toSet())));
        assertThat(labels).allSatisfy((name, sets) -> assertThat(sets).as(name).hasSize(1));
    }

    @Test
    void no_label_names_a_clinic_a_line_or_a_person() {
        clock.set(LoopClinic.at("2026-11-23T15:00:00Z"));
        var loop = LoopClinic.open(clinics, clock, worker);
        loop.books(loop.patient("Marcela", "+5491123456789"), "2026-11-27T15:00:00Z");
        loop.everythingIsSent();

        assertThat(ours().flatMap(meter -> meter.getId().getTags().stream())).allSatisfy(label -> {
            assertThat(LABELS).contains(label.getKey());
            assertThat(label.getValue())
                    .hasSizeLessThan(60)
                    .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}|\\+?[0-9]{7,}");
        });
    }

    private Stream<Meter> ours() {
        return metrics.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("recado."));
    }

    private static Set<String> labels(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
    }
}
