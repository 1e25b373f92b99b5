package app.recado.engines;

import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.kernel.retention.Retained.Term;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What of engines goes when it is old. Events and receipts are remembered far longer than anybody repeats them; afterwards
 * the age of a signature refuses a replay.
 */
@Configuration(proxyBeanMethods = false)
class RetainedEngineRecords {

    @Bean
    Retained oldGatewayEvents(JdbcClient jdbc) {
        return new OldRows(jdbc, "gateway-events", Term.TECHNICAL, "gateway_event", "received_at", "true");
    }

    @Bean
    Retained oldReceipts(JdbcClient jdbc) {
        return new OldRows(jdbc, "receipts", Term.TECHNICAL, "engine_receipt", "received_at", "true");
    }

    /** What was handed to providers before there was one queue; nothing writes it any more, and it holds texts and numbers. */
    @Bean
    Retained oldCommands(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "engine-commands", Term.TECHNICAL, "engine_command", "updated_at", "next_attempt_at is null");
    }

    @Bean
    Retained oldFetches(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "media-fetches", Term.TECHNICAL, "engine_media", "announced_at", "settled_at is not null");
    }

    @Bean
    Retained oldReadMarks(JdbcClient jdbc) {
        return new OldRows(jdbc, "read-marks", Term.TECHNICAL, "engine_read_mark", "wanted_at", "true");
    }

    @Bean
    Retained oldDeadJobs(JdbcClient jdbc) {
        return new OldRows(jdbc, "dead-jobs", Term.MESSAGES, "dead_job", "failed_at", "true");
    }

    @Bean
    Retained oldSetAsideEvents(JdbcClient jdbc) {
        return new OldRows(jdbc, "set-aside-events", Term.MESSAGES, "set_aside_event", "failed_at", "true");
    }
}
