package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.KnownMedia;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of messaging goes when it is old: settled messages with their steps, and files that staff uploaded. */
@Configuration(proxyBeanMethods = false)
class RetainedMessages {

    /** A message that an answer still stands for goes with a later batch, after the answer. */
    @Bean
    Retained oldMessages(JdbcClient jdbc) {
        return new Retained() {
            @Override
            public String name() {
                return "messages";
            }

            @Override
            public Term term() {
                return Term.MESSAGES;
            }

            @Override
            public int order() {
                return 10;
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                var old = jdbc.sql("""
                                select id from message m
                                 where organization_id = ? and updated_at < ? and next_attempt_at is null
                                   and not exists (select from inbound_message i
                                                    where i.organization_id = m.organization_id and i.message_id = m.id)
                                 order by updated_at limit %d for update skip locked
                                """.formatted(atMost))
                        .params(CurrentOrganization.id(), SqlTime.at(olderThan))
                        .query(UUID.class)
                        .list();
                var ids = old.toArray(UUID[]::new);
                jdbc.sql("delete from message_step where organization_id = ? and message_id = any (?)")
                        .params(CurrentOrganization.id(), ids)
                        .update();
                return Removed.records(jdbc.sql("delete from message where organization_id = ? and id = any (?)")
                        .params(CurrentOrganization.id(), ids)
                        .update());
            }
        };
    }

    @Bean
    Retained oldUploads(JdbcClient jdbc) {
        return new OldRows(jdbc, "uploads", Retained.Term.MEDIA, "outbound_media", "created_at", "not kept", "key");
    }

    @Bean
    KnownMedia uploadedMedia(JdbcClient jdbc) {
        return new KnownMedia() {
            @Override
            public Set<String> known(Collection<String> keys) {
                return new HashSet<>(
                        jdbc.sql("select key from outbound_media where organization_id = ? and key = any (?)")
                                .params(List.of(CurrentOrganization.id(), keys.toArray(String[]::new)))
                                .query((row, n) -> row.getString(1))
                                .list());
            }
        };
    }
}
