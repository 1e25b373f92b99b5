package app.recado.scheduling.directory;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Holds rows that people change by their version. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class VersionedRows {

    private final JdbcClient jdbc;

    VersionedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Holds a row of the current organization until the transaction ends.
     *
     * @param table a name of ours, never a client's
     * @param missing what is said when there is no such row
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    public void hold(String table, UUID id, ExpectedVersion expected, String missing) {
        expected.mustBe(
                jdbc.sql("select version from %s where organization_id = ? and id = ? for update".formatted(table))
                        .params(CurrentOrganization.id(), id)
                        .query(Long.class)
                        .optional()
                        .orElseThrow(() -> Problem.NOT_FOUND.because(missing)));
    }
}
