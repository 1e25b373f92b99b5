package app.recado.whatsapp.engines;

import app.recado.whatsapp.InboundReceived.ContactCard;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Cards of people, as the providers write them. */
final class Cards {

    private Cards() {}

    static List<ContactCard> ofCloudApi(JsonNode contacts) {
        var cards = new ArrayList<ContactCard>();
        for (var contact : contacts) {
            var phones = new ArrayList<String>();
            for (var phone : contact.path("phones")) {
                var known = ProviderEvent.Json.text(phone, "wa_id");
                var e164 = Phone.e164(known == null ? ProviderEvent.Json.text(phone, "phone") : known);
                if (e164 != null) {
                    phones.add(e164);
                }
            }
            cards.add(new ContactCard(
                    String.valueOf(ProviderEvent.Json.text(contact.at("/name/formatted_name"))), phones));
        }
        return cards;
    }

    /** The numbers stand in a vCard; WhatsApp writes its own id of the person beside each. */
    static List<ContactCard> ofVcards(List<JsonNode> contacts) {
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
