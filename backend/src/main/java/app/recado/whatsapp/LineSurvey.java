package app.recado.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How all clinics' lines are, in numbers, for those who run the platform. */
public interface LineSurvey {

    /** How many lines are in a state. */
    record StateCount(LineState state, long count) {}

    /** How often lines were lost for a cause. */
    record LossCount(String cause, long count) {}

    /** Every state, also those no line is in. */
    List<StateCount> byState();

    /** Why lines were lost since then, the most frequent cause first. */
    List<LossCount> lossesSince(Instant since);

    /** How many messages were written to clinics since then. */
    long inboundSince(Instant since);

    /**
     * How linking phones went.
     *
     * @param count how many phones were linked
     * @param medianSeconds from the first code on offer until the phone was linked; null without one
     */
    record Pairings(long count, @Nullable Long medianSeconds) {}

    Pairings pairingsSince(Instant since);

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

    /** How many events of the gateway could not be stored and are kept until somebody has them stored. */
    long setAsideEvents();
}
