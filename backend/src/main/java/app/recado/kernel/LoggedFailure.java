package app.recado.kernel;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An exception as logs may show it: its kinds, causes and frames without their words, which may quote what a patient wrote
 * or is called. Of the database's refusals the SQL state is told, too.
 */
public final class LoggedFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** For the last argument of a logger's call, in place of the exception itself. */
    public LoggedFailure(Throwable failure) {
        this(failure, 0);
    }

    private LoggedFailure(Throwable failure, int depth) {
        super(name(failure), causeOf(failure, depth), false, true);
        setStackTrace(failure.getStackTrace());
    }

    /** Ten causes tell enough, and end a circle. */
    private static @Nullable Throwable causeOf(Throwable failure, int depth) {
        var cause = failure.getCause();
        return cause == null || depth == 10 ? null : new LoggedFailure(cause, depth + 1);
    }

    private static String name(Throwable failure) {
        var name = failure.getClass().getName();
        return failure instanceof SQLException refused ? name + " " + refused.getSQLState() : name;
    }
}
