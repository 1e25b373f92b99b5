package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells patients that what they wrote was read, on engines that leave this to us. It is a courtesy: asked for in the
 * caller's transaction, done soon afterwards or not at all, and never in the way of a message.
 */
public interface ReadMarks {

    /** Marks a message, and with it every earlier one of that chat, as read. Does nothing on lines whose engine knows no
     * such thing; needs an open transaction.
     *
     * @param providerMessageId as the network called what the patient wrote
     * @param answer a message of ours that follows at once; until it leaves, the patient may see "typing…". Null when none
     *     follows */
    void read(UUID lineId, String providerMessageId, @Nullable UUID answer);
}
