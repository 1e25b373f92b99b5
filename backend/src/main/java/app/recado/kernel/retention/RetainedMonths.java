package app.recado.kernel.retention;

import java.time.Instant;
import java.util.List;

/**
 * Records of all clinics that go together, a month at a time, while no clinic is under a legal hold. Under one they go clinic by
 * clinic, as the same kind's {@link Retained} has it.
 */
public interface RetainedMonths {

    /** For logs and metrics, lower case with dashes. */
    String name();

    Retained.Term term();

    /** Months whose last day is older. */
    List<String> over(Instant olderThan);

    /** Lets one of them go, in the caller's transaction. */
    void remove(String month);
}
