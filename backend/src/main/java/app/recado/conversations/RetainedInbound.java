package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.KnownMedia;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was written to clinics goes when it is old, what it held sooner than its words. */
@Configuration(proxyBeanMethods = false)
class RetainedInbound {

    @Bean
    Retained oldInbound(JdbcClient jdbc) {
        return new OldRows(
                jdbc,
                "inbound-messages",
                Retained.Term.MESSAGES,
                "inbound_message",
                "received_at",
                "true",
                "media_key");
    }

    @Bean
    Retained oldNotes(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "conversation-notes", Retained.Term.MESSAGES, "conversation_note", "created_at", "true");
    }

    @Bean
    Retained oldConversationEvents(JdbcClient jdbc) {
        return new OldRows(jdbc, "conversation-events", Retained.Term.MESSAGES, "conversation_event", "at", "true");
    }

    @Bean
    Retained oldConversationWords(JdbcClient jdbc) {
        return new OldRows(jdbc, "conversation-words", Retained.Term.MESSAGES, "conversation_word", "at", "true");
    }

    /** With its labels, marks, notes and words. */
    @Bean
    Retained oldConversations(JdbcClient jdbc) {
        return new OldRows(jdbc, "conversations", Retained.Term.MESSAGES, "conversation", "last_at", "true");
    }

    /** The message stays and says that its attachment is no longer there. */
    @Bean
    Retained oldInboundMedia(JdbcClient jdbc) {
        return new Retained() {
            @Override
            public String name() {
                return "inbound-media";
            }

            @Override
            public Term term() {
                return Term.MEDIA;
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                var keys = jdbc.sql("""
                                with old as (
                                    select id, media_key from inbound_message
                                     where organization_id = ? and received_at < ? and media_key is not null
                                     order by received_at limit %d for update skip locked)
                                update inbound_message m
                                   set media_state = 'unavailable', media_key = null, media_name = null, version = version + 1
                                  from old where m.organization_id = ? and m.id = old.id
                                returning old.media_key
                                """.formatted(atMost))
                        .params(CurrentOrganization.id(), SqlTime.at(olderThan), CurrentOrganization.id())
                        .query((row, n) -> row.getString(1))
                        .list();
                return new Removed(
                        keys.size(), keys.stream().filter(Objects::nonNull).toList());
            }
        };
    }

    @Bean
    KnownMedia inboundMedia(JdbcClient jdbc) {
        return new KnownMedia() {
            @Override
            public Set<String> known(Collection<String> keys) {
                return new HashSet<>(jdbc.sql(
                                "select media_key from inbound_message where organization_id = ? and media_key = any (?)")
                        .params(List.of(CurrentOrganization.id(), keys.toArray(String[]::new)))
                        .query((row, n) -> row.getString(1))
                        .list());
            }
        };
    }
}
