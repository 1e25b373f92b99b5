package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of imports goes when it is old: the file after a day, what became of its rows like all technical rows. */
@Configuration(proxyBeanMethods = false)
class RetainedImports {

    /** Long enough to mend a file over night; it holds what the register holds by then. */
    private static final Duration FILE_KEPT = Duration.ofHours(24);

    @Bean
    Retained oldImports(JdbcClient jdbc) {
        return new OldRows(
                jdbc,
                "patient-imports",
                Retained.Term.TECHNICAL,
                "patient_import",
                "created_at",
                "state not in ('checking', 'importing', 'undoing')");
    }

    @Bean
    Retained oldImportFiles(JdbcClient jdbc, Clock clock) {
        return new Retained() {
            @Override
            public String name() {
                return "patient-import-files";
            }

            @Override
            public Term term() {
                return Term.TECHNICAL;
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                return Removed.records(jdbc.sql("""
                                delete from patient_import_part p using patient_import i
                                 where i.organization_id = ? and i.created_at < ? and i.state not in ('checking', 'importing')
                                   and p.organization_id = i.organization_id and p.import_id = i.id
                                """)
                        .params(
                                CurrentOrganization.id(),
                                SqlTime.at(clock.instant().minus(FILE_KEPT)))
                        .update());
            }
        };
    }
}
