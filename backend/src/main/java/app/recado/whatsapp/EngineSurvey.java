package app.recado.whatsapp;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the engines are, in numbers and over all clinics, for those who run the platform. */
public interface EngineSurvey {

    /** How many messages linked devices told of since then. */
    long inboundSince(Instant since);

    /**
     * How the gateway is.
     *
     * @param startedAt since when the process runs that answered
     * @param queueDepth messages it took and has not begun to send
     * @param eventsWaiting what it has reported and this side has not taken yet
     * @param oldestEventAt when the oldest of these happened; null without one
     */
    record GatewayFigures(
            Instant startedAt,
            long queueDepth,
            long eventsWaiting,
            @Nullable Instant oldestEventAt) {}

    /** Empty while the gateway does not answer. */
    Optional<GatewayFigures> gateway();

    /** How many events could not be stored and are kept until somebody has them stored. */
    long setAsideEvents();
}
