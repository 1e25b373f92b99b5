package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.work.SideBySide;
import app.recado.whatsapp.engines.EngineDesk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks providers about lines that should run: a server that died reports nothing, and a token can be taken away without a
 * word. Two looks without an answer make a line {@code reconnecting}; together they fit into the minute that is promised.
 * The big providers count every question against the clinic's quota and tell of trouble when something is sent, so they
 * are asked seldom. Every replica looks; they come to the same result.
 */
@Component
class ProviderWatch {

    private static final Duration SELDOM = Duration.ofMinutes(10);
    private static final int AT_ONCE = 8;

    private final LinesAcrossClinics all;
    private final Lines lines;
    private final EngineDesk desk;
    private final Clock clock;
    private final Map<UUID, Instant> looked = new ConcurrentHashMap<>();
    private Set<UUID> silent = Set.of();

    ProviderWatch(LinesAcrossClinics all, Lines lines, EngineDesk desk, Clock clock) {
        this.all = all;
        this.lines = lines;
        this.desk = desk;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT20S", initialDelayString = "PT20S")
    synchronized void look() {
        Set<UUID> stillSilent = ConcurrentHashMap.newKeySet();
        var found = all.atProviders(clock.instant());
        SideBySide.each(
                found,
                AT_ONCE,
                where -> CurrentOrganization.run(where.organizationId(), () -> look(where.lineId(), stillSilent)));
        silent = stillSilent;
        looked.keySet()
                .retainAll(found.stream().map(LinesAcrossClinics.Where::lineId).collect(Collectors.toSet()));
    }

    private void look(UUID lineId, Set<UUID> stillSilent) {
        var line = lines.get(lineId);
        var now = clock.instant();
        var last = looked.get(lineId);
        boolean calm = line.engine() != LineEngineKind.EVOLUTION
                && line.state() == LineState.LINKED
                && !silent.contains(lineId);
        if (calm && last != null && now.isBefore(last.plus(SELDOM))) {
            return;
        }
        looked.put(lineId, now);
        if (!desk.look(lineId, line.engine(), silent.contains(lineId))) {
            stillSilent.add(lineId);
        }
    }
}
