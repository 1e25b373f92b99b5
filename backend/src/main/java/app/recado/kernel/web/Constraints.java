package app.recado.kernel.web;

import org.postgresql.util.PSQLException;

/** Names of database constraints, for code that turns a refusal of the database into a problem of the catalogue. */
public final class Constraints {

    private Constraints() {}

    /** The constraint that refused, or {@code unknown}. */
    public static String nameIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql && sql.getServerErrorMessage() instanceof Object) {
                var message = sql.getServerErrorMessage();
                if (message != null && message.getConstraint() instanceof String name) {
                    return name;
                }
            }
        }
        return "unknown";
    }
}
