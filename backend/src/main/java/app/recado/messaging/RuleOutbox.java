package app.recado.messaging;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Planning for every subject at once, for when a rule changes. Part of the caller's transaction: what is planned is of the
 * old rule or of the new one, never of both.
 */
public interface RuleOutbox {

    /**
     * A statement that says what should be planned.
     *
     * @param sql the caller's own, never anything a client wrote: a query with the columns {@code subject_id,
     *     subject_version, kind, rule_id, patient_id, line_id, says, due_at, useful_until, lost}. A row without {@code due_at}
     *     is still wanted where it is planned already and is not planned anew; {@code lost} says that it falls into quiet
     *     hours and would be of no use after them. {@code :org} and {@code :now} are bound.
     * @param parameters its other parameters
     */
    record Wanted(String sql, Map<String, Object> parameters) {}

    /**
     * Makes what waits of some rules what they want now: what none of them wants is superseded, what is due at another time
     * waits for that, what is missing is planned. What became due in the past leaves now when it was planned before;
     * else it is left out, because a rule begins with what is still to come. What has left or is at an engine stays.
     */
    void replan(Wanted wanted, Collection<UUID> rules);

    /**
     * How many messages {@link #replan} would let go within a day that would not leave within it as things stand.
     */
    int leavingWithinADay(Wanted wanted, Collection<UUID> rules);
}
