package app.recado.engines.twilio;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.UserIds;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived.Chat;
import app.recado.whatsapp.InboundReceived.Choice;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.Location;
import app.recado.whatsapp.InboundReceived.Sender;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what Twilio posts: forms, signed over the address it was told to call. */
final class TwilioWebhook {

    private static final int MOST_PARAMETERS = 500;

    private final SortedMap<String, List<String>> parameters;

    private TwilioWebhook(SortedMap<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Every parameter with its exact value, spaces included: all of them are signed.
     *
     * @throws IllegalArgumentException when it is no form */
    static TwilioWebhook parse(byte[] body) {
        var parameters = new TreeMap<String, List<String>>();
        var text = new String(body, StandardCharsets.UTF_8);
        var pairs = text.isEmpty() ? new String[0] : text.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new IllegalArgumentException("Too many parameters");
        }
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters
                    .computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), n -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return new TwilioWebhook(parameters);
    }

    /**
     * True when the signature is Base64 HMAC-SHA1 of the address and, after it, every name and value in the order of names.
     *
     * @param address as Twilio was told it, query included: never rebuilt from the request, which a proxy has rewritten
     */
    boolean signed(String authToken, String address, @Nullable String header) {
        if (header == null) {
            return false;
        }
        var signed = new StringBuilder(address);
        parameters.forEach((name, values) ->
                new TreeSet<>(values).forEach(value -> signed.append(name).append(value)));
        var expected = Base64.getEncoder()
                .encodeToString(Hmac.of("HmacSHA1", authToken, signed.toString().getBytes(StandardCharsets.UTF_8)));
        return Hmac.equal(expected, header);
    }

    private @Nullable String raw(String name) {
        var values = parameters.get(name);
        return values == null || values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private @Nullable String text(String name) {
        return ProviderEvent.Json.storable(raw(name));
    }

    /** Whether account and number of the form are the line's. A status names our number as its sender. */
    private void mustBeOf(LineCredentials.Twilio line, boolean status) throws ProviderEvent.NotOurs {
        if (!line.accountSid().equals(raw("AccountSid"))) {
            throw new ProviderEvent.NotOurs("account");
        }
        var number = Phone.e164(raw(status ? "From" : "To"));
        if (number == null || !number.equals(Phone.e164(line.from()))) {
            throw new ProviderEvent.NotOurs("number");
        }
    }

    /** @param messageId ours, from the address the status came to */
    List<ProviderEvent> status(LineCredentials.Twilio line, @Nullable UUID messageId) throws ProviderEvent.NotOurs {
        mustBeOf(line, true);
        var sid = text("MessageSid");
        var state = String.valueOf(text("MessageStatus"));
        if (sid == null) {
            return List.of();
        }
        return switch (state) {
            case "sent", "delivered", "read" -> List.of(new ProviderEvent.Status(sid, messageId, state, null, null));
            case "failed", "undelivered" ->
                List.of(new ProviderEvent.Status(sid, messageId, "failed", String.valueOf(text("ErrorCode")), null));
            default -> List.of(); // queued, accepted, sending: on its way, which is known
        };
    }

    /** @param now Twilio tells no time */
    List<ProviderEvent> message(UUID lineId, LineCredentials.Twilio line, Instant now) throws ProviderEvent.NotOurs {
        mustBeOf(line, false);
        var sid = text("MessageSid");
        var from = text("From");
        if (sid == null || from == null) {
            return List.of();
        }
        int media = count(raw("NumMedia"));
        var said = new ArrayList<ProviderEvent>();
        var first = media == 0 ? null : text("MediaContentType0");
        said.add(holding(
                message(lineId, sid, from, now, content(media > 0 && text("MediaUrl0") != null, first)), media, 0));
        for (int i = 1; i < media; i++) {
            // One message of ours per object; the words stand with the first.
            var kind = text("MediaUrl" + i) == null ? "other" : kindOf(text("MediaContentType" + i));
            said.add(holding(message(lineId, sid + "/" + i, from, now, Content.of(kind, null)), media, i));
        }
        return said;
    }

    private ProviderEvent.Message holding(ProviderEvent.Message message, int media, int index) {
        return index < media
                ? message.holding(text("MediaUrl" + index), text("MediaContentType" + index), null)
                : message;
    }

    private static int count(@Nullable String number) {
        return number != null && number.matches("\\d{1,2}") ? Math.min(Integer.parseInt(number), 10) : 0;
    }

    private ProviderEvent.Message message(UUID lineId, String sid, String from, Instant now, Content content) {
        var ids = ids(from);
        return ProviderEvent.Message.of(
                lineId, sid, new Chat("direct", from, ids), new Sender(ids, text("ProfileName")), false, now, content);
    }

    /** People may hide their number; then their user id stands where it was. */
    private ContactIds ids(String from) {
        var phone = Phone.e164(from);
        var userId = UserIds.of(text("ExternalUserId"));
        return new ContactIds(
                phone == null ? Phone.e164(text("WaId")) : phone,
                null,
                userId == null ? UserIds.of(from.replaceFirst("^whatsapp:", "")) : userId,
                null);
    }

    private Content content(boolean holdsMedia, @Nullable String contentType) {
        var place = place();
        var replied = text("OriginalRepliedMessageSid");
        if (place != null) {
            return Content.of("location", null).with(place).quoting(replied);
        }
        if ("unsupported".equals(text("MessageType"))) {
            return Content.unavailable("not-supported");
        }
        var kind = holdsMedia ? kindOf(contentType) : "text";
        var button = chosen("ButtonPayload", "ButtonText");
        var chosen = button == null ? chosen("ListId", "ListTitle") : button;
        var title = chosen == null ? null : chosen.title();
        var said = Content.of(kind, title == null ? text("Body") : title).quoting(replied);
        return chosen == null ? said : said.with(new Choice(chosen.id()));
    }

    private record Chosen(String id, @Nullable String title) {}

    private @Nullable Chosen chosen(String idField, String titleField) {
        var title = text(titleField);
        var id = text(idField) == null ? title : text(idField);
        return id == null ? null : new Chosen(id, title);
    }

    private static String kindOf(@Nullable String contentType) {
        var type = contentType == null ? "" : contentType;
        if (type.contains("vcard")) {
            return "contact";
        }
        var group = type.split("/", 2)[0];
        return List.of("image", "audio", "video").contains(group) ? group : "document";
    }

    private @Nullable Location place() {
        try {
            var latitude = raw("Latitude");
            var longitude = raw("Longitude");
            return latitude == null || longitude == null
                    ? null
                    : new Location(
                            Double.parseDouble(latitude),
                            Double.parseDouble(longitude),
                            text("Label"),
                            text("Address"));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
