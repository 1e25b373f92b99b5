package app.recado.whatsapp;

import app.recado.whatsapp.engines.EngineLines;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets direct engines report on their lines as the gateway does on its own. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReportedLines implements EngineLines {

    private final Lines lines;
    private final Clock clock;

    ReportedLines(Lines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    private Optional<Lines.Line> find(UUID lineId) {
        return lines.all().stream().filter(line -> line.id().equals(lineId)).findFirst();
    }

    @Override
    public Optional<LineEngineKind> engineOf(UUID lineId) {
        return find(lineId).map(Lines.Line::engine);
    }

    @Override
    public boolean linked(UUID lineId) {
        return find(lineId).filter(line -> line.state() == LineState.LINKED).isPresent();
    }

    @Override
    public boolean typing(UUID lineId) {
        return find(lineId).filter(Lines.Line::typing).isPresent();
    }

    @Override
    public void report(
            UUID lineId,
            String state,
            String cause,
            @Nullable Instant nextAttemptAt,
            @Nullable String phone,
            @Nullable String profileName) {
        lines.stated(status(lineId, state, cause, nextAttemptAt, phone, profileName), clock.instant());
    }

    @Override
    public long wanted(UUID lineId, boolean running) {
        return lines.wanted(lineId, running);
    }

    @Override
    public long observation(UUID lineId) {
        return lines.get(lineId).observation();
    }

    @Override
    public void observed(
            UUID lineId, long asked, String state, String cause, @Nullable String phone, @Nullable String profileName) {
        lines.observed(status(lineId, state, cause, null, phone, profileName), clock.instant(), asked);
    }

    private LineStatus status(
            UUID lineId,
            String state,
            String cause,
            @Nullable Instant nextAttemptAt,
            @Nullable String phone,
            @Nullable String profileName) {
        var known = lines.get(lineId);
        var to = LineState.of(state);
        boolean same = known.state() == to && known.cause().equals(cause);
        return new LineStatus(
                lineId,
                to,
                cause,
                same ? known.since() : clock.instant(),
                nextAttemptAt,
                phone,
                profileName,
                null,
                null,
                null,
                null);
    }
}
