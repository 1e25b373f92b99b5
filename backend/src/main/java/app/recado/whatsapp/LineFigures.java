package app.recado.whatsapp;

import app.recado.kernel.watch.Figures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** How many lines are in each state, and how many should run and do not; never which. */
@Component
class LineFigures implements WhatsAppAtLarge {

    /** Fewer are those clinics' own phones; the same limits as the alert RecadoManyLinesDown. */
    private static final long FEW = 2;

    private static final double SHARE = 0.1;

    /** Kept here, because the registry holds what it measures weakly. */
    private final Figures<LinesAcrossClinics.LineCounts> figures;

    LineFigures(LinesAcrossClinics lines, MeterRegistry metrics, Clock clock) {
        this.figures = new Figures<>(() -> lines.counts(clock.instant()));
        for (var state : LineState.values()) {
            Gauge.builder("recado.lines", figures, all -> all.value(counts -> counts.in(state)))
                    .description("Lines of all clinics by state")
                    .tag("state", state.wireName())
                    .register(metrics);
        }
        Gauge.builder("recado.lines.down", figures, all -> all.value(LinesAcrossClinics.LineCounts::down))
                .description("Lines that should run and have not for ten minutes")
                .register(metrics);
        Gauge.builder("recado.lines.wanted", figures, all -> all.value(LinesAcrossClinics.LineCounts::wanted))
                .description("Lines that should run")
                .register(metrics);
    }

    @Override
    public boolean manyLinesDown() {
        return figures.current()
                .filter(counts -> counts.down() > FEW && counts.down() > SHARE * counts.wanted())
                .isPresent();
    }
}
