package app.recado.engines.evolution;

import app.recado.engines.provider.Phone;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.InboundReceived.ContactCard;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Cards of people, as the linked-device protocol writes them. */
final class Vcards {

    private Vcards() {}

    /** The numbers stand in a vCard; WhatsApp writes its own id of the person beside each. */
    static List<ContactCard> cards(List<JsonNode> contacts) {
        var cards = new ArrayList<ContactCard>();
        for (var contact : contacts) {
            var phones = new ArrayList<String>();
            var vcard = String.valueOf(ProviderEvent.Json.text(contact, "vcard"));
            for (var row : vcard.split("\\R")) {
                if (row.contains("TEL") && row.contains(":")) {
                    var waid = row.replaceFirst(".*waid=(\\d+).*", "$1");
                    var e164 = Phone.e164(waid.equals(row) ? row.substring(row.lastIndexOf(':') + 1) : waid);
                    if (e164 != null) {
                        phones.add(e164);
                    }
                }
            }
            cards.add(new ContactCard(String.valueOf(ProviderEvent.Json.text(contact, "displayName")), phones));
        }
        return cards;
    }
}
