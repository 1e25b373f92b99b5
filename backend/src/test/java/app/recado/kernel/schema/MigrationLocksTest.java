package app.recado.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A migration never holds up everybody else while it waits for a table. */
class MigrationLocksTest {

    private final PostgresServer server = PostgresServer.shared();

    private DataSource owner() {
        return new DriverManagerDataSource(server.recado().jdbcUrl(), "recado_owner", server.password("owner"));
    }

    private static String timeout(Statement statement) throws SQLException {
        try (var answer = statement.executeQuery("show lock_timeout")) {
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }

    @Test
    void a_migration_gives_up_a_lock_after_five_seconds() throws Exception {
        try (var connection = MigrationLocks.over(owner()).getConnection();
                var statement = connection.createStatement()) {
            assertThat(timeout(statement)).isEqualTo("5s");
        }
    }

    @Test
    void a_process_that_migrates_when_it_starts_waits_as_briefly() throws Exception {
        var atStart = new SpringLiquibase();
        atStart.setDataSource(owner());

        new LocksOfTheStart().postProcessBeforeInitialization(atStart, "liquibase");

        try (var connection = atStart.getDataSource().getConnection();
                var statement = connection.createStatement()) {
            assertThat(timeout(statement)).isEqualTo("5s");
        }
    }

    @Test
    void a_table_in_use_is_told_from_what_is_wrong() {
        var inUse = new LiquibaseException("add a column", new IllegalStateException(new SQLException("…", "55P03")));
        var wrong = new LiquibaseException("add a column", new SQLException("…", "42P01"));

        assertThat(MigrationLocks.refused(inUse)).isTrue();
        assertThat(MigrationLocks.refused(wrong)).isFalse();
    }
}
