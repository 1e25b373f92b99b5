package app.recado.bot;

import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions go with their steps when messages do; what somebody answered in one is gone when it ends, within a day. */
@Configuration(proxyBeanMethods = false)
class RetainedFlows {

    @Bean
    Retained oldFlowSessions(JdbcClient jdbc) {
        return new OldRows(jdbc, "flow-sessions", Retained.Term.MESSAGES, "flow_session", "last_at", "state = 'ended'");
    }

    @Bean
    Retained oldAssistantTurns(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "assistant-turns", Retained.Term.MESSAGES, "assistant_turn", "taken_at", "state = 'done'");
    }

    @Bean
    Retained oldAssistantProposals(JdbcClient jdbc) {
        return new OldRows(
                jdbc,
                "assistant-proposals",
                Retained.Term.MESSAGES,
                "assistant_proposal",
                "proposed_at",
                "state <> 'open'");
    }
}
