package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.work.Duties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notices that the gateway itself is away, which no event of the gateway can tell, and puts right what is known of its
 * lines once it is back. Every replica looks, one acts: otherwise one that alone cannot reach the gateway would take down
 * what the others bring up, over and over. Whoever reaches the gateway keeps that duty, and only when nobody has it does
 * one act that does not.
 */
@Component
class GatewayWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayWatch.class);

    private static final String DUTY = "gateway-watch";

    /** Longer than a restart or a takeover of lines lasts; with the look before it, within the minute that is promised. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinesAcrossClinics all;
    private final Lines lines;
    private final LineDesk desk;
    private final Gateway gateway;
    private final ObjectProvider<DueLines> due;
    private final Duties duties;
    private final Clock clock;
    private volatile @Nullable Instant awaySince;

    GatewayWatch(
            LinesAcrossClinics all,
            Lines lines,
            LineDesk desk,
            Gateway gateway,
            ObjectProvider<DueLines> due,
            Duties duties,
            Clock clock) {
        this.all = all;
        this.lines = lines;
        this.desk = desk;
        this.gateway = gateway;
        this.due = due;
        this.duties = duties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT10S")
    void look() {
        try {
            var now = gateway.all().stream().collect(Collectors.toMap(LineStatus::lineId, Function.identity()));
            awaySince = null;
            if (duties.keep(DUTY)) {
                putRight(now);
            }
        } catch (GatewayAway e) {
            duties.giveBack(DUTY);
            var since = awaySince;
            if (since == null) {
                awaySince = clock.instant();
            } else if (!since.plus(PATIENCE).isAfter(clock.instant()) && duties.keep(DUTY)) {
                giveUp(since);
                duties.giveBack(DUTY);
            }
        }
    }

    /** So that, of many lines, those with visits ahead are restored first. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT20S")
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
        } catch (GatewayAway e) {
            LOG.debug("The gateway does not hear what is due: {}", e.getMessage());
        }
    }

    private void giveUp(Instant since) {
        var silent = all.atGateway();
        if (!silent.isEmpty()) {
            LOG.error("The gateway has not answered since {}: {} lines are taken for down", since, silent.size());
        }
        for (var line : silent) {
            CurrentOrganization.run(
                    line.organizationId(), () -> lines.nobodyAnswersFor(line.lineId(), clock.instant()));
        }
    }

    private void putRight(Map<UUID, LineStatus> now) {
        for (var line : all.givenUp()) {
            if (now.get(line.lineId()) instanceof LineStatus status) {
                CurrentOrganization.run(line.organizationId(), () -> lines.tell(Ids.next(), status, clock.instant()));
            }
        }
        for (var line : all.withNewsOfTyping()) {
            CurrentOrganization.run(line.organizationId(), () -> desk.tellTyping(lines.get(line.lineId())));
        }
    }
}
