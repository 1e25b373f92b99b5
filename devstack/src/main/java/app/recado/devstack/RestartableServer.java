package app.recado.devstack;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that can be killed and started again on the same port and data, as crash tests and the launcher do. */
public abstract sealed class RestartableServer implements AutoCloseable
        permits BackendProcess, GatewayProcess, SimulatorProcess, KeycloakServer, PostgresServer {
    private volatile Child child;
    private volatile @Nullable Path pidFile;

    RestartableServer(Child child) {
        this.child = child;
    }

    /** Starts the program, with these variables besides its own, and waits until it answers. */
    abstract Child launch(Map<String, String> more);

    /** Ends it as a power cut would. */
    public final void kill() {
        child.kill();
    }

    /** Starts it again after {@link #kill} or after it ended by itself. */
    public final void restart() {
        restart(Map.of());
    }

    /** Stops it if it runs, and starts it with more variables in its environment than usual. */
    public final void restart(Map<String, String> more) {
        child.close();
        child = launch(more);
        if (pidFile != null) {
            child.remember(pidFile);
        }
    }

    /**
     * Starts it as {@link #restart(Map)} does, with variables under which it is meant to die. What is left to do from
     * before may bring it there sooner than it can answer.
     *
     * @return whether it answers; false when it was killed before
     */
    final boolean restartArmed(Map<String, String> more) {
        try {
            restart(more);
            return true;
        } catch (EndedBeforeReady ended) {
            if (ended.wasKilled()) {
                return false;
            }
            throw ended;
        }
    }

    final String name() {
        return child.name();
    }

    /** Remembers the process, and the one after a restart, for another launcher to find. */
    final void remember(Path file) {
        pidFile = file;
        child.remember(file);
    }

    /** The process that runs now; the parent of all others when the server has several. */
    public final long pid() {
        return child.pid();
    }

    public final boolean isAlive() {
        return child.isAlive();
    }

    /** The end of its log, for messages about a failure. */
    public final String logTail(int lines) {
        return child.logTail(lines);
    }

    final Child child() {
        return child;
    }

    @Override
    public final void close() {
        child.close();
    }
}
