package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.DatabaseAddress;
import app.recado.kernel.schema.MigrationLocks;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Brings the schema up to date, exactly as a start of the application would, and ends. For a job before a roll-out: the
 * version before serves meanwhile, so a lock that is not had soon is asked for again later (ADR 151).
 */
final class Migrate {

    private static final int TRIES = 20;
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private Migrate() {}

    static void run(Values values, PrintStream out) {
        var liquibase = new SpringLiquibase();
        liquibase.setDataSource(MigrationLocks.over(new DriverManagerDataSource(
                DatabaseAddress.parse(values.database()).jdbcUrl(),
                values.get(InstallSetting.OWNER_USER),
                values.get(InstallSetting.OWNER_PASSWORD))));
        liquibase.setResourceLoader(new DefaultResourceLoader());
        liquibase.setChangeLog("classpath:db/changelog/master.yaml");
        liquibase.setDefaultSchema("recado");
        liquibase.setLiquibaseSchema("recado");
        liquibase.setAnalyticsEnabled(false);
        update(liquibase, out);
        out.println("The schema is up to date.");
    }

    /** What was done before a lock was refused is kept; the next try goes on from there. */
    private static void update(SpringLiquibase liquibase, PrintStream out) {
        for (int tries = 1; ; tries++) {
            try {
                liquibase.afterPropertiesSet();
                return;
            } catch (LiquibaseException e) {
                if (tries == TRIES || !MigrationLocks.refused(e)) {
                    throw new InstallException("The schema could not be brought up to date: " + e.getMessage(), e);
                }
                out.println("A table is in use; trying again in " + BETWEEN.toSeconds() + " s.");
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }
}
