package app.recado.whatsapp;

import java.util.List;
import java.util.UUID;

/**
 * The phone of a contact became known, or several contacts turned out to be one person. Heard inside the transaction that
 * learns it, by whoever keeps rows of these contacts.
 *
 * @param contact who they are now
 * @param others contacts that are no more; their rows belong to {@code contact}
 */
public record ContactKnown(Contact contact, List<UUID> others) {
    public ContactKnown {
        others = List.copyOf(others);
    }
}
