package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.Retained;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who looked at whom goes when nobody can be asked about it any more. */
@Configuration(proxyBeanMethods = false)
class RetainedPatientReads {

    @Bean
    Retained oldPatientReads(JdbcClient jdbc) {
        return new Retained() {
            @Override
            public String name() {
                return "patient-reads";
            }

            @Override
            public Term term() {
                return Term.READS;
            }

            /** Without locking them: the serving role may not change these rows, and a lock is a change. */
            @Override
            public Removed remove(Instant olderThan, int atMost) {
                return Removed.records(jdbc.sql("""
                                delete from patient_read where organization_id = ? and ctid in (
                                       select ctid from patient_read where organization_id = ? and period < ?
                                        order by period limit ?)
                                """)
                        .params(CurrentOrganization.id(), CurrentOrganization.id(), SqlTime.at(olderThan), atMost)
                        .update());
            }
        };
    }
}
