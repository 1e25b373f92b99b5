package app.recado.kernel.jobs;

/** A turn of a job failed for a reason that was foreseen. */
public final class JobFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param code a short code without any data; it is logged and kept with a job that is given up */
    public JobFailed(String code) {
        super(code, null, false, false);
    }
}
