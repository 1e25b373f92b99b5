package app.recado.devstack;

/** A process ended instead of becoming ready. */
final class EndedBeforeReady extends DevstackException {
    private static final long serialVersionUID = 1L;

    /** What a shell, and the JVM, report for a process that died of signal 9. */
    private static final int KILLED = 137;

    private final int exitCode;

    EndedBeforeReady(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Whether it was killed, as an armed crash point does, rather than having given up by itself. */
    boolean wasKilled() {
        return exitCode == KILLED;
    }
}
