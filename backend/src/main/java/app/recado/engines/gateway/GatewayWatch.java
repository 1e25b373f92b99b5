package app.recado.engines.gateway;

import app.recado.engines.lines.LineSight;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.whatsapp.DueLines;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.LinesAcrossClinics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Notices that the gateway itself is away, which no event of the gateway can tell, and puts right what is known of its
 * lines once it is back. One process looks at a time. One that alone cannot reach the gateway says nothing: it would take
 * down what the others bring up, over and over.
 */
@Component
class GatewayWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayWatch.class);

    /** Longer than a restart or a takeover of lines lasts; with the look before it, within the minute that is promised. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinesAcrossClinics all;
    private final Lines lines;
    private final LineStates states;
    private final GatewayEngine engine;
    private final Gateway gateway;
    private final ObjectProvider<DueLines> due;
    private final LineSight sight;
    private final Clock clock;

    GatewayWatch(
            LinesAcrossClinics all,
            Lines lines,
            LineStates states,
            GatewayEngine engine,
            Gateway gateway,
            ObjectProvider<DueLines> due,
            LineSight sight,
            Clock clock) {
        this.all = all;
        this.lines = lines;
        this.states = states;
        this.engine = engine;
        this.gateway = gateway;
        this.due = due;
        this.sight = sight;
        this.clock = clock;
    }

    void look() {
        var before = all.atGateway();
        try {
            var now = gateway.all().stream().collect(Collectors.toMap(LineStatus::lineId, Function.identity()));
            sight.reached(LineSight.Target.GATEWAY);
            putRight(now);
        } catch (EngineUnavailable e) {
            var last = sight.lastReached(LineSight.Target.GATEWAY);
            if (last.isEmpty()) {
                // A fresh installation: patience begins now.
                sight.reached(LineSight.Target.GATEWAY);
            } else if (!sight.isCutOff(LineSight.Target.GATEWAY)
                    && !last.get().plus(PATIENCE).isAfter(clock.instant())) {
                giveUp(before, last.get());
            }
        }
    }

    /** So that, of many lines, those with visits ahead are restored first. */
    void tellWhatIsDue() {
        var known = due.getIfAvailable();
        if (known == null) {
            return;
        }
        var next = known.next();
        try {
            if (!next.isEmpty()) {
                gateway.due(next);
            }
        } catch (EngineUnavailable e) {
            LOG.debug("The gateway does not hear what is due: {}", e.getMessage());
        }
    }

    private void giveUp(List<LinesAcrossClinics.Where> silent, Instant since) {
        if (!silent.isEmpty()) {
            LOG.error("The gateway has not answered since {}: {} lines are taken for down", since, silent.size());
        }
        for (var line : silent) {
            CurrentOrganization.run(
                    line.organizationId(),
                    () -> states.nobodyAnswersFor(line.lineId(), LineStates.GATEWAY_AWAY, line.observation()));
        }
    }

    private void putRight(Map<UUID, LineStatus> now) {
        for (var line : all.givenUp()) {
            if (now.get(line.lineId()) instanceof LineStatus status) {
                CurrentOrganization.run(
                        line.organizationId(), () -> states.reported(Ids.next(), status, clock.instant()));
            }
        }
        for (var line : all.withNewsOfTyping()) {
            CurrentOrganization.run(line.organizationId(), () -> engine.settingsChanged(lines.get(line.lineId())));
        }
    }
}
