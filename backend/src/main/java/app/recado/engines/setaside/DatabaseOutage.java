package app.recado.engines.setaside;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that is away, full or busy from one that refuses a row. A statement that takes too long counts as
 * refused: one that always does would hold up everything behind it.
 */
public final class DatabaseOutage {

    /** Classes of SQLSTATE: connection, rollback by the database, resources, an operator or a shutdown, the system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final String STATEMENT_CANCELLED = "57014";

    private DatabaseOutage() {}

    /** Whether the database's state, and not what should be stored, made this fail. */
    public static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryTimeoutException) {
                return false;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return !state.equals(STATEMENT_CANCELLED)
                        && state.length() == 5
                        && CLASSES.contains(state.substring(0, 2));
            }
            if (cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientException
                    || cause instanceof SQLRecoverableException) {
                return true;
            }
        }
        return false;
    }
}
