package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.Retained;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who answered the phone for patients who are all gone is nobody the clinic knows any more. */
@Configuration(proxyBeanMethods = false)
class RetainedHouseholds {

    @Bean
    Retained householdsOfNobody(JdbcClient jdbc) {
        return new Retained() {
            @Override
            public String name() {
                return "households-of-nobody";
            }

            @Override
            public Term term() {
                return Term.TECHNICAL;
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                return Removed.records(jdbc.sql("""
                                delete from household where organization_id = ? and id in (
                                       select h.id from household h
                                        where h.organization_id = ? and h.updated_at < ?
                                          and not exists (select from household_member m
                                                           where m.organization_id = h.organization_id
                                                             and m.household_id = h.id)
                                        limit ?)
                                """)
                        .params(CurrentOrganization.id(), CurrentOrganization.id(), SqlTime.at(olderThan), atMost)
                        .update());
            }
        };
    }
}
