package app.recado.engines.evolution;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.MediaBody;
import app.recado.engines.provider.PairingProvider;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server with Evolution API v2: linked devices kept by somebody else. Its address was typed by a person, so every call
 * passes the {@link AddressGuard} again, where the name is resolved.
 */
public final class Evolution implements PairingProvider<LineCredentials.Evolution> {

    /** What the instance is told to report. */
    private static final List<String> EVENTS = List.of(
            "QRCODE_UPDATED",
            "CONNECTION_UPDATE",
            "MESSAGES_UPSERT",
            "MESSAGES_UPDATE",
            "MESSAGES_EDITED",
            "MESSAGES_DELETE",
            "CALL");

    private final OutgoingHttp http;
    private final AddressGuard guard;

    public Evolution(OutgoingHttp http, AddressGuard guard) {
        this.http = http;
        this.guard = guard;
    }

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.EVOLUTION;
    }

    @Override
    public SendOutcome send(LineCredentials.Evolution credentials, Outgoing message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("number", number(message.to()));
        var path = fill(body, message);
        try {
            var request = post(credentials, path, body);
            if (message.media() instanceof MediaBody media) {
                request.setEntity(EvolutionMedia.entity(
                        body, message.payload() instanceof Payload.Voice ? "audio" : "media", media));
            }
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (reply.ok()) {
                var id = ProviderEvent.Json.text(json.at("/key/id"));
                return id == null ? new SendOutcome.Unknown("no-acknowledgement") : new SendOutcome.Sent(id);
            }
            return refusal(reply.status(), json);
        } catch (AddressGuard.Refused e) {
            return new SendOutcome.HaltLine("address-refused");
        } catch (OutgoingHttp.Failed e) {
            return e.mayHaveArrived()
                    ? new SendOutcome.Unknown("no-acknowledgement")
                    : new SendOutcome.Retry("provider-unreachable", null);
        }
    }

    private static String number(String recipient) {
        return Recipient.lid(recipient) instanceof String lid ? lid + "@lid" : Phone.digits(recipient);
    }

    private static String jid(String recipient) {
        var number = number(recipient);
        return number.contains("@") ? number : number + "@s.whatsapp.net";
    }

    private static SendOutcome refusal(int status, JsonNode json) {
        var detail = json.at("/response/message");
        if (status == 400 && detail.path(0).path("exists").isBoolean()) {
            return new SendOutcome.Failed("not-on-whatsapp");
        }
        return switch (status) {
            case 401, 403 -> new SendOutcome.HaltLine("authorization-failed");
            case 404 -> new SendOutcome.HaltLine("instance-unknown");
            case 429 -> new SendOutcome.Retry("rate-limited", null);
            // It answers 500 also when its own socket closed while it was sending.
            default ->
                status >= 500
                        ? new SendOutcome.Unknown("no-acknowledgement")
                        : new SendOutcome.Failed("rejected-by-network");
        };
    }

    private static String fill(Map<String, Object> body, Outgoing message) {
        return switch (message.payload()) {
            case Payload.Text(String text, Quoted quoting) -> {
                body.put("text", text);
                if (quoting != null) {
                    body.put("quoted", Map.of("key", Map.of("id", quoting.id()), "message", outline(quoting)));
                }
                yield "/message/sendText/";
            }
            case Payload.Reaction reaction -> {
                body.put(
                        "key",
                        Map.of(
                                "remoteJid",
                                jid(message.to()),
                                "fromMe",
                                reaction.to().fromMe(),
                                "id",
                                reaction.to().id()));
                body.put("reaction", reaction.text());
                yield "/message/sendReaction/";
            }
            case Payload.Question question -> {
                body.put("text", question.text());
                yield "/message/sendText/";
            }
            // Approved templates are the official engines'; a linked device sends the words.
            case Payload.Template template -> {
                body.put("text", template.text());
                yield "/message/sendText/";
            }
            case Payload.Image image -> {
                body.put("mediatype", "image");
                body.put("mimetype", image.media().contentType());
                put(body, "caption", image.caption());
                yield "/message/sendMedia/";
            }
            case Payload.Document document -> {
                body.put("mediatype", "document");
                body.put("mimetype", document.media().contentType());
                body.put("fileName", document.fileName());
                put(body, "caption", document.caption());
                yield "/message/sendMedia/";
            }
            case Payload.Voice voice -> {
                // It is what WhatsApp wants already: nothing is to be encoded again.
                body.put("encoding", false);
                yield "/message/sendWhatsAppAudio/";
            }
            case Payload.Location place -> {
                body.put("latitude", place.latitude());
                body.put("longitude", place.longitude());
                body.put("name", place.name() == null ? "" : place.name());
                body.put("address", place.address() == null ? "" : place.address());
                yield "/message/sendLocation/";
            }
            case Payload.Contact contact -> {
                body.put(
                        "contact",
                        contact.phones().stream()
                                .map(phone -> Map.of(
                                        "fullName", contact.name(), "wuid", Phone.digits(phone), "phoneNumber", phone))
                                .toList());
                yield "/message/sendContact/";
            }
        };
    }

    /** So much of a quoted message that phones know what it was. */
    private static Map<String, Object> outline(Quoted quoted) {
        var text = quoted.text() == null ? "" : quoted.text();
        return switch (quoted.kind()) {
            case "image", "video", "document" -> Map.of(quoted.kind() + "Message", Map.of("caption", text));
            case "audio" -> Map.of("audioMessage", Map.of("ptt", true));
            case "sticker" -> Map.of("stickerMessage", Map.of());
            case "location" -> Map.of("locationMessage", Map.of("name", text));
            case "contact" -> Map.of("contactMessage", Map.of("displayName", text));
            case null, default -> Map.of("conversation", text);
        };
    }

    private static void put(Map<String, Object> body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    @Override
    public Standing check(LineCredentials.Evolution credentials) {
        try {
            var reply = http.call(get(credentials, "/instance/connectionState/"));
            if (!reply.ok()) {
                return refused(reply.status());
            }
            return standing(String.valueOf(ProviderEvent.Json.text(
                    LineCredentials.Codec.tree(reply.body()).at("/instance/state"))));
        } catch (AddressGuard.Refused e) {
            return Standing.halted("address-refused");
        } catch (OutgoingHttp.Failed e) {
            return Standing.away();
        }
    }

    private static Standing refused(int status) {
        return switch (status) {
            case 401, 403 -> Standing.halted("authorization-failed");
            case 404 -> Standing.halted("instance-unknown");
            default -> Standing.away();
        };
    }

    /** In the line's words what Evolution calls {@code open}, {@code connecting} or {@code close}. */
    static Standing standing(String state) {
        return switch (state) {
            case "open" -> Standing.linked(null, null);
            case "connecting" -> Standing.of(LineState.PAIRING, "none");
            default -> Standing.of(LineState.NEEDS_PAIRING, "device-removed");
        };
    }

    /** The secret for which the server must show that it was told it. */
    @Override
    public String webhookPath(LineCredentials.Evolution credentials) {
        return "/" + credentials.hookSecret();
    }

    /** Makes the instance when it is not there, tells it where we listen, and asks it to connect. */
    @Override
    public Started start(LineCredentials.Evolution credentials, String webhook, @Nullable String phone) {
        try {
            var state = http.call(get(credentials, "/instance/connectionState/"));
            if (state.status() == 404) {
                var created = http.call(request(
                        new HttpPost(address(credentials, "/instance/create", "")),
                        credentials,
                        instance(credentials, webhook, phone)));
                if (!created.ok()) {
                    return new Started(refused(created.status()), null);
                }
                var json = LineCredentials.Codec.tree(created.body());
                return new Started(Standing.of(LineState.PAIRING, "none"), qr(json.path("qrcode")));
            }
            if (!state.ok()) {
                return new Started(refused(state.status()), null);
            }
            var told = http.call(post(credentials, "/webhook/set/", Map.of("webhook", webhook(webhook))));
            if (!told.ok()) {
                return new Started(refused(told.status()), null);
            }
            var connected = connect(credentials, phone);
            boolean withoutCode = connected.qr() == null || connected.qr().pairingCode() == null;
            if (phone == null || connected.standing().state() != LineState.PAIRING || !withoutCode) {
                return connected;
            }
            // An instance that offers codes to scan takes no number until it has let go of that.
            logOut(credentials);
            return connect(credentials, phone);
        } catch (AddressGuard.Refused e) {
            return new Started(Standing.halted("address-refused"), null);
        } catch (OutgoingHttp.Failed e) {
            return new Started(Standing.away(), null);
        }
    }

    private Started connect(LineCredentials.Evolution credentials, @Nullable String phone)
            throws AddressGuard.Refused, OutgoingHttp.Failed {
        var address = address(credentials, "/instance/connect/", credentials.instance());
        var request = new HttpGet(phone == null ? address : URI.create(address + "?number=" + Phone.digits(phone)));
        request.setHeader("apikey", credentials.apiKey());
        var connected = http.call(request);
        if (!connected.ok()) {
            return new Started(refused(connected.status()), null);
        }
        var json = LineCredentials.Codec.tree(connected.body());
        return "open".equals(ProviderEvent.Json.text(json.at("/instance/state")))
                ? new Started(Standing.linked(null, null), null)
                : new Started(Standing.of(LineState.PAIRING, "none"), qr(json));
    }

    private static Map<String, Object> instance(
            LineCredentials.Evolution credentials, String webhook, @Nullable String phone) {
        var instance = new LinkedHashMap<String, Object>();
        instance.put("instanceName", credentials.instance());
        instance.put("integration", "WHATSAPP-BAILEYS");
        instance.put("qrcode", true);
        put(instance, "number", phone == null ? null : Phone.digits(phone));
        instance.put("webhook", webhook(webhook));
        return instance;
    }

    private static Map<String, Object> webhook(String address) {
        return Map.of("enabled", true, "url", address, "byEvents", false, "base64", false, "events", EVENTS);
    }

    static ProviderEvent.@Nullable Qr qr(JsonNode json) {
        var code = ProviderEvent.Json.text(json, "code");
        return code == null ? null : new ProviderEvent.Qr(code, ProviderEvent.Json.text(json, "pairingCode"));
    }

    @Override
    public boolean logOut(LineCredentials.Evolution credentials) {
        try {
            var request = new HttpDelete(address(credentials, "/instance/logout/", credentials.instance()));
            request.setHeader("apikey", credentials.apiKey());
            return http.call(request).ok();
        } catch (AddressGuard.Refused | OutgoingHttp.Failed e) {
            return false;
        }
    }

    /** @param reference the message's id */
    @Override
    public Fetched fetch(LineCredentials.Evolution credentials, String reference, Keeper keeper) {
        try {
            var request = post(
                    credentials,
                    "/chat/getBase64FromMediaMessage/",
                    Map.of("message", Map.of("key", Map.of("id", reference))));
            return http.stream(request, (head, body) -> {
                if (!head.ok()) {
                    return head.status() == 400 || head.status() == 404 ? new Fetched.Gone() : new Fetched.Later();
                }
                return EvolutionMedia.read(body, keeper);
            });
        } catch (OutgoingHttp.Failed e) {
            return e instanceof OutgoingHttp.TooLarge ? new Fetched.TooLarge() : new Fetched.Later();
        } catch (AddressGuard.Refused e) {
            return new Fetched.Gone();
        }
    }

    /** It reports failures without numbers. */
    @Override
    public @Nullable SendOutcome meaning(int code) {
        return null;
    }

    @Override
    public Probe probe(UUID lineId, LineCredentials.Evolution credentials, UnaryOperator<String> webhook) {
        var request = new HttpPost(URI.create(webhook.apply(webhookPath(credentials))));
        var nothing = Map.of("event", "recado.probe", "instance", credentials.instance());
        request.setEntity(new ByteArrayEntity(LineCredentials.Codec.bytes(nothing), ContentType.APPLICATION_JSON));
        return new Probe(request, null);
    }

    private HttpUriRequestBase get(LineCredentials.Evolution credentials, String path) throws AddressGuard.Refused {
        var request = new HttpGet(address(credentials, path, credentials.instance()));
        request.setHeader("apikey", credentials.apiKey());
        return request;
    }

    private HttpUriRequestBase post(LineCredentials.Evolution credentials, String path, Map<String, Object> body)
            throws AddressGuard.Refused {
        return request(new HttpPost(address(credentials, path, credentials.instance())), credentials, body);
    }

    private static HttpUriRequestBase request(
            HttpPost request, LineCredentials.Evolution credentials, Map<String, Object> body) {
        request.setHeader("apikey", credentials.apiKey());
        request.setEntity(new ByteArrayEntity(LineCredentials.Codec.bytes(body), ContentType.APPLICATION_JSON));
        return request;
    }

    private URI address(LineCredentials.Evolution credentials, String path, String instance)
            throws AddressGuard.Refused {
        var base = guard.base(credentials.baseUrl());
        var encoded = URLEncoder.encode(instance, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(base + path + encoded);
    }
}
