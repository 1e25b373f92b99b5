package app.recado.whatsapp;

import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.kernel.retention.Retained.Term;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of lines goes when it is old. */
@Configuration(proxyBeanMethods = false)
class RetainedLineRecords {

    @Bean
    Retained oldTests(JdbcClient jdbc) {
        return new OldRows(jdbc, "line-tests", Term.MESSAGES, "whatsapp_test_message", "at", "true");
    }

    @Bean
    Retained oldTransitions(JdbcClient jdbc) {
        return new OldRows(jdbc, "line-history", Term.MESSAGES, "whatsapp_line_transition", "at", "true");
    }
}
