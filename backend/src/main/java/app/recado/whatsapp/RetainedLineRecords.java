package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.Retained;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of lines goes when it is old. Events are remembered far longer than the gateway repeats anything. */
@Configuration(proxyBeanMethods = false)
class RetainedLineRecords {

    @Bean
    Retained oldGatewayEvents(JdbcClient jdbc) {
        return new Old(jdbc, "gateway-events", Retained.Term.TECHNICAL, "gateway_event", "received_at", "true");
    }

    @Bean
    Retained oldReceipts(JdbcClient jdbc) {
        return new Old(jdbc, "receipts", Retained.Term.TECHNICAL, "engine_receipt", "received_at", "true");
    }

    /** What was handed to providers before there was one queue; nothing writes it any more, and it holds texts and numbers. */
    @Bean
    Retained oldCommands(JdbcClient jdbc) {
        return new Old(
                jdbc,
                "engine-commands",
                Retained.Term.TECHNICAL,
                "engine_command",
                "updated_at",
                "next_attempt_at is null");
    }

    @Bean
    Retained oldFetches(JdbcClient jdbc) {
        return new Old(
                jdbc,
                "media-fetches",
                Retained.Term.TECHNICAL,
                "engine_media",
                "announced_at",
                "settled_at is not null");
    }

    @Bean
    Retained oldReadMarks(JdbcClient jdbc) {
        return new Old(jdbc, "read-marks", Retained.Term.TECHNICAL, "engine_read_mark", "wanted_at", "true");
    }

    @Bean
    Retained oldDeadJobs(JdbcClient jdbc) {
        return new Old(jdbc, "dead-jobs", Retained.Term.MESSAGES, "dead_job", "failed_at", "true");
    }

    @Bean
    Retained oldTests(JdbcClient jdbc) {
        return new Old(jdbc, "line-tests", Retained.Term.MESSAGES, "whatsapp_test_message", "at", "true");
    }

    @Bean
    Retained oldTransitions(JdbcClient jdbc) {
        return new Old(jdbc, "line-history", Retained.Term.MESSAGES, "whatsapp_line_transition", "at", "true");
    }

    @Bean
    Retained oldSetAsideEvents(JdbcClient jdbc) {
        return new Old(jdbc, "set-aside-events", Retained.Term.MESSAGES, "set_aside_event", "failed_at", "true");
    }

    /** Rows of one table by their age. The names are ours: they become part of the statement. */
    private record Old(JdbcClient jdbc, String name, Term term, String table, String age, String condition)
            implements Retained {

        @Override
        public Removed remove(Instant olderThan, int atMost) {
            return Removed.records(jdbc.sql("""
                            delete from %1$s where organization_id = ? and ctid in (
                                   select ctid from %1$s where organization_id = ? and %2$s < ? and %3$s
                                    order by %2$s limit %4$d for update skip locked)
                            """.formatted(table, age, condition, atMost))
                    .params(CurrentOrganization.id(), CurrentOrganization.id(), SqlTime.at(olderThan))
                    .update());
        }
    }
}
