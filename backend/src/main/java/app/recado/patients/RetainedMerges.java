package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.Retained;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept to undo a merge goes when it can no longer be undone; who was merged into whom stays on the cards. */
@Configuration(proxyBeanMethods = false)
class RetainedMerges {

    @Bean
    Retained oldMerges(JdbcClient jdbc, Clock clock) {
        return new Retained() {
            @Override
            public String name() {
                return "patient-merges";
            }

            @Override
            public Term term() {
                return Term.TECHNICAL;
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                var undoable = clock.instant().minus(PatientMerges.UNDOABLE);
                return Removed.records(jdbc.sql("""
                                delete from patient_merge where organization_id = ? and id in (
                                       select id from patient_merge where organization_id = ? and merged_at < ?
                                        order by merged_at limit ?)
                                """)
                        .params(
                                CurrentOrganization.id(),
                                CurrentOrganization.id(),
                                SqlTime.at(olderThan.isBefore(undoable) ? olderThan : undoable),
                                atMost)
                        .update());
            }
        };
    }
}
