package app.recado.kernel.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.validation.annotation.Validated;

/**
 * The role that looks for due work across all organizations. It bypasses row-level security but was granted only the
 * columns that claiming needs (ids, times, states), so a mistake here cannot read a name, a phone number or a text.
 */
@Component
public class WorkerDatabase {

    /**
     * @param url JDBC address, usually the same database as the app's
     * @param username role that claims due work across organizations
     * @param password password of that role
     */
    @Validated
    @ConfigurationProperties("recado.worker.database")
    public record Settings(
            @NotBlank String url,
            @NotBlank String username,
            @NotBlank String password) {
        @Override
        public String toString() {
            return "Settings[username=" + username + "]";
        }
    }

    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    WorkerDatabase(Settings settings) {
        var config = new HikariConfig();
        config.setPoolName("worker");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
        this.jdbc = JdbcClient.create(pool);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    /** Statements of the worker role. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Transactions of the worker role; separate from the app's. */
    public TransactionTemplate transaction() {
        return transaction;
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
