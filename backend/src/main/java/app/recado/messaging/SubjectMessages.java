package app.recado.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said about a subject, for showing it beside the subject. Current organization; needs an open transaction. */
public interface SubjectMessages {

    /** The latest message per subject; subjects without any are left out. Superseded ones stand back behind others. */
    Map<UUID, Latest> latest(Collection<UUID> subjectIds);

    /** Every step of every message about the subject, oldest first. */
    List<Step> steps(UUID subjectId);

    /** @param at when it came that far */
    record Latest(UUID messageId, String kind, MessageState state, Instant at) {}

    /** @param reason a code; null when the state needs none */
    record Step(
            UUID messageId,
            String kind,
            MessageState state,
            Instant at,
            @Nullable String reason) {}
}
