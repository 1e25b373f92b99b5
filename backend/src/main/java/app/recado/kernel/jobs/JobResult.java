package app.recado.kernel.jobs;

import java.time.Duration;

/** What one turn of a job came to. A turn that throws has failed: that is counted, and it is tried again later. */
public sealed interface JobResult {

    /** Nothing is left to do. */
    record Done() implements JobResult {}

    /**
     * It is not the time yet, or whom it needs is busy. Counts as no failure.
     *
     * @param in when it is turned again
     */
    record Again(Duration in) implements JobResult {}

    static JobResult done() {
        return new Done();
    }

    static JobResult again(Duration in) {
        return new Again(in);
    }
}
