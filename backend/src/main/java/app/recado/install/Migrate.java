package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.DatabaseAddress;
import java.io.PrintStream;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Brings the schema up to date, exactly as a start of the application would, and ends. For a job before a roll-out. */
final class Migrate {

    private Migrate() {}

    static void run(Values values, PrintStream out) {
        var liquibase = new SpringLiquibase();
        liquibase.setDataSource(new DriverManagerDataSource(
                DatabaseAddress.parse(values.get(InstallSetting.DATABASE_URL)).jdbcUrl(),
                values.get(InstallSetting.OWNER_USER),
                values.get(InstallSetting.OWNER_PASSWORD)));
        liquibase.setResourceLoader(new DefaultResourceLoader());
        liquibase.setChangeLog("classpath:db/changelog/master.yaml");
        liquibase.setDefaultSchema("recado");
        liquibase.setLiquibaseSchema("recado");
        liquibase.setAnalyticsEnabled(false);
        try {
            liquibase.afterPropertiesSet();
        } catch (LiquibaseException e) {
            throw new InstallException("The schema could not be brought up to date: " + e.getMessage(), e);
        }
        out.println("The schema is up to date.");
    }
}
