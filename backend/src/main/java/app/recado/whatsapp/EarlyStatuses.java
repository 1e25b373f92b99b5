package app.recado.whatsapp;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Statuses that a provider told before we knew under which id it would speak of a message. */
public interface EarlyStatuses {

    /** A message a provider has just taken. @param engineMessageId the provider's id of it */
    record Sent(UUID lineId, String engineMessageId) {}

    /**
     * What was told of these ids, by id and oldest first. Whatever is told later waits until this transaction ends and then
     * finds the id; call it before locking the messages. Current organization; needs an open transaction.
     */
    Map<String, List<MessageStatusReported>> holdAndRead(Collection<Sent> sent);
}
