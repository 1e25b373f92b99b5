package app.recado.kernel.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * How long a migration waits for a table that others use. Whoever waits for an exclusive lock holds up everybody who comes
 * after it, readers too, so it gives up soon and is tried again (ADR 151).
 */
public final class MigrationLocks {

    /** Less than people wait before they press a button again. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** PostgreSQL's code for a lock that was not to be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private MigrationLocks() {}

    /** The same connections, each of which waits for a lock no longer than {@link #PATIENCE}. */
    public static DataSource over(DataSource plain) {
        return new Impatient(plain);
    }

    /** Whether a table was in use for longer: nothing is wrong, and the next try may succeed. */
    public static boolean refused(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal && LOCK_NOT_AVAILABLE.equals(refusal.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static final class Impatient extends DelegatingDataSource {

        private Impatient(DataSource plain) {
            super(plain);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("set lock_timeout = " + PATIENCE.toMillis());
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }
}
