package app.recado.whatsapp;

import java.time.Instant;
import java.util.List;

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

    /** Whether the gateway answered when it was asked last. */
    boolean gatewayReachable();
}
