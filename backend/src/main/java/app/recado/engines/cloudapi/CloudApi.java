package app.recado.engines.cloudapi;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.engines.provider.MediaBody;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.MappedTemplates;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import app.recado.whatsapp.TemplateApprovals;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** WhatsApp Business Platform, Cloud API: messages, media, templates and read marks of one number. */
public final class CloudApi implements Provider<LineCredentials.CloudApi> {

    /** The largest text the platform takes, in characters. */
    private static final int LONGEST_TEXT = 4096;

    private static final String OPUS = "audio/ogg; codecs=opus";

    /** The first line of a row in a list, and what may stand below it, in characters. */
    private static final int LONGEST_ROW_TITLE = 24;

    private static final int LONGEST_ROW_DESCRIPTION = 72;

    private final OutgoingHttp http;
    private final String base;
    private final Set<String> mediaHosts;
    private final CloudApiTemplates templates;

    public CloudApi(OutgoingHttp http, EngineSettings.CloudApi settings) {
        this.templates = new CloudApiTemplates(http, settings);
        this.http = http;
        this.base = settings.baseUrl().toString();
        this.mediaHosts = settings.mediaHosts();
    }

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.CLOUD_API;
    }

    @Override
    public SendOutcome send(LineCredentials.CloudApi credentials, Outgoing message) {
        try {
            String mediaId = null;
            if (message.media() instanceof MediaBody media) {
                switch (upload(credentials, message.payload(), media)) {
                    case Uploaded(String id) -> mediaId = id;
                    case NotUploaded(SendOutcome outcome) -> {
                        return outcome;
                    }
                }
            }
            var reply = http.call(post(credentials, route(message.payload()), body(message, mediaId)));
            var json = LineCredentials.Codec.tree(reply.body());
            if (!reply.ok()) {
                return CloudApiErrors.of(reply.status(), errorCode(json));
            }
            var id = ProviderEvent.Json.text(json.at("/messages/0/id"));
            return id == null ? new SendOutcome.Unknown("no-acknowledgement") : new SendOutcome.Sent(id);
        } catch (OutgoingHttp.Failed e) {
            return e.mayHaveArrived()
                    ? new SendOutcome.Unknown("no-acknowledgement")
                    : new SendOutcome.Retry("provider-unreachable", null);
        }
    }

    /** What the platform takes for marketing has a route of its own, with the same form. */
    private static String route(Payload payload) {
        return payload instanceof Payload.Template template && template.advertises()
                ? "/marketing_messages"
                : "/messages";
    }

    private static Map<String, Object> body(Outgoing message, @Nullable String mediaId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("messaging_product", "whatsapp");
        body.put("recipient_type", "individual");
        // A user id in "to" is answered with 200 and dropped: it has a field of its own.
        if (Recipient.phone(message.to()) instanceof String phone) {
            body.put("to", Phone.digits(phone));
        } else {
            body.put("recipient", message.to());
        }
        // Comes back with every status: settles a message whose acknowledgement we never heard.
        body.put("biz_opaque_callback_data", message.messageId().toString());
        switch (message.payload()) {
            case Payload.Text(String text, Quoted quoting) -> {
                if (quoting != null) {
                    body.put("context", Map.of("message_id", quoting.id()));
                }
                body.put("type", "text");
                body.put("text", Map.of("preview_url", false, "body", cut(text)));
            }
            case Payload.Image image -> {
                body.put("type", "image");
                body.put("image", media(mediaId, image.caption(), null));
            }
            case Payload.Document document -> {
                body.put("type", "document");
                body.put("document", media(mediaId, document.caption(), document.fileName()));
            }
            case Payload.Voice voice -> {
                body.put("type", "audio");
                body.put("audio", voiceNote(mediaId));
            }
            case Payload.Location place -> {
                var location = new LinkedHashMap<String, Object>();
                location.put("latitude", place.latitude());
                location.put("longitude", place.longitude());
                put(location, "name", place.name());
                put(location, "address", place.address());
                body.put("type", "location");
                body.put("location", location);
            }
            case Payload.Contact contact -> {
                body.put("type", "contacts");
                body.put(
                        "contacts",
                        List.of(Map.of(
                                "name",
                                Map.of("formatted_name", contact.name(), "first_name", contact.name()),
                                "phones",
                                contact.phones().stream()
                                        .map(phone ->
                                                Map.of("phone", phone, "type", "WORK", "wa_id", Phone.digits(phone)))
                                        .toList())));
            }
            case Payload.Template template -> {
                body.put("type", "template");
                body.put("template", template(template));
            }
            case Payload.Question question -> {
                body.put("type", "interactive");
                body.put("interactive", question(question));
            }
            case Payload.Reaction reaction -> {
                body.put("type", "reaction");
                body.put("reaction", Map.of("message_id", reaction.to().id(), "emoji", reaction.text()));
            }
        }
        return body;
    }

    private static Map<String, Object> template(Payload.Template template) {
        var filled = new LinkedHashMap<String, Object>();
        filled.put("name", template.name());
        filled.put(
                "language",
                Map.of("policy", "deterministic", "code", Objects.requireNonNullElse(template.language(), "")));
        var components = new ArrayList<Map<String, Object>>();
        if (!template.parameters().isEmpty()) {
            var parameters = template.parameters().stream()
                    .map(text -> Map.of("type", "text", "text", text))
                    .toList();
            components.add(Map.of("type", "body", "parameters", parameters));
        }
        for (var answer : template.answers()) {
            components.add(Map.of(
                    "type",
                    "button",
                    "sub_type",
                    "quick_reply",
                    "index",
                    String.valueOf(template.answers().indexOf(answer)),
                    "parameters",
                    List.of(Map.of("type", "payload", "payload", answer))));
        }
        if (!components.isEmpty()) {
            filled.put("components", components);
        }
        return filled;
    }

    private static Map<String, Object> question(Payload.Question question) {
        var opens = question.list();
        if (opens != null) {
            return Map.of(
                    "type",
                    "list",
                    "body",
                    Map.of("text", question.text()),
                    "action",
                    Map.of(
                            "button",
                            opens,
                            "sections",
                            List.of(Map.of(
                                    "rows",
                                    question.buttons().stream()
                                            .map(CloudApi::row)
                                            .toList()))));
        }
        var buttons = question.buttons().stream()
                .map(button -> Map.of("type", "reply", "reply", Map.of("id", button.id(), "title", button.title())))
                .toList();
        return Map.of("type", "button", "body", Map.of("text", question.text()), "action", Map.of("buttons", buttons));
    }

    /** A row's first line is short; what does not fit there stands whole below it. */
    private static Map<String, Object> row(Payload.Button choice) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", choice.id());
        var title = choice.title();
        if (title.length() <= LONGEST_ROW_TITLE) {
            row.put("title", title);
        } else {
            row.put("title", start(title, LONGEST_ROW_TITLE - 1) + "…");
            row.put("description", start(title, LONGEST_ROW_DESCRIPTION));
        }
        return row;
    }

    /** Never half a character. */
    private static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length)
                .strip();
    }

    private static Map<String, Object> media(@Nullable String id, @Nullable String caption, @Nullable String fileName) {
        var media = new LinkedHashMap<String, Object>();
        put(media, "id", id);
        put(media, "caption", caption);
        put(media, "filename", fileName);
        return media;
    }

    /** Shown with the face of who said it, and played in place up to 512 kB. */
    private static Map<String, Object> voiceNote(@Nullable String id) {
        var audio = media(id, null, null);
        audio.put("voice", true);
        return audio;
    }

    private static void put(Map<String, Object> to, String field, @Nullable String value) {
        if (value != null) {
            to.put(field, value);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private sealed interface Upload {}

    private record Uploaded(String id) implements Upload {}

    private record NotUploaded(SendOutcome outcome) implements Upload {}

    /** Nothing has been sent to anybody while this fails, so every doubt is a retry. */
    private Upload upload(LineCredentials.CloudApi credentials, Payload payload, MediaBody media) {
        var ref = payload.attached();
        var type = ref == null ? "application/octet-stream" : ref.contentType();
        var name = "image";
        if (payload instanceof Payload.Document document) {
            name = document.fileName();
        } else if (payload instanceof Payload.Voice) {
            // Ogg without its codec is refused.
            type = OPUS;
            name = "voice.ogg";
        }
        var request = new HttpPost(URI.create(base + "/" + credentials.phoneNumberId() + "/media"));
        authorize(request, credentials);
        try (var bytes = media.open()) {
            request.setEntity(MultipartEntityBuilder.create()
                    .addTextBody("messaging_product", "whatsapp")
                    .addTextBody("type", type)
                    // With its size: the platform takes no body whose end is not told.
                    .addPart("file", new InputStreamBody(bytes, ContentType.parse(type), name, media.size()))
                    .build());
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            var id = ProviderEvent.Json.text(json, "id");
            if (reply.ok() && id != null) {
                return new Uploaded(id);
            }
            var outcome = CloudApiErrors.of(reply.status(), errorCode(json));
            return new NotUploaded(
                    outcome instanceof SendOutcome.Unknown
                            ? new SendOutcome.Retry("provider-unreachable", null)
                            : outcome);
        } catch (OutgoingHttp.Failed e) {
            return new NotUploaded(new SendOutcome.Retry("provider-unreachable", null));
        } catch (IOException e) {
            return new NotUploaded(new SendOutcome.Retry("media-unavailable", null));
        }
    }

    /**
     * Marks a patient's message as read; with typing, the patient also sees "typing…" until the next message or for 25 s.
     *
     * @return false when the platform did not do it, which never matters enough to repeat it
     */
    boolean markRead(LineCredentials.CloudApi credentials, String providerId, boolean typing) {
        var body = new LinkedHashMap<String, Object>();
        body.put("messaging_product", "whatsapp");
        body.put("status", "read");
        body.put("message_id", providerId);
        if (typing) {
            body.put("typing_indicator", Map.of("type", "text"));
        }
        try {
            return http.call(post(credentials, "/messages", body)).ok();
        } catch (OutgoingHttp.Failed e) {
            return false;
        }
    }

    /** Asks where the media lies (the answer holds for five minutes), then fetches it with the line's token. */
    @Override
    public Fetched fetch(LineCredentials.CloudApi credentials, String mediaId, Keeper keeper) {
        if (!mediaId.matches("[A-Za-z0-9_-]{1,128}")) {
            return new Fetched.Gone();
        }
        try {
            var lookup =
                    new HttpGet(URI.create(base + "/" + mediaId + "?phone_number_id=" + credentials.phoneNumberId()));
            authorize(lookup, credentials);
            var found = http.call(lookup);
            if (!found.ok()) {
                return found.status() >= 500 || found.status() == 429 ? new Fetched.Later() : new Fetched.Gone();
            }
            var json = LineCredentials.Codec.tree(found.body());
            if (json.path("file_size").asLong(0) > EngineSettings.LARGEST_MEDIA) {
                return new Fetched.TooLarge();
            }
            var address = ProviderEvent.Json.text(json, "url");
            if (address == null || !isOurs(URI.create(address))) {
                return new Fetched.Gone();
            }
            var download = new HttpGet(URI.create(address));
            authorize(download, credentials);
            var type = ProviderEvent.Json.text(json, "mime_type");
            return http.stream(
                    download,
                    (head, body) -> head.ok()
                            ? new Fetched.Kept(keeper.keep(body, type))
                            : head.status() == 404 ? new Fetched.Gone() : new Fetched.Later());
        } catch (OutgoingHttp.Failed e) {
            return new Fetched.Later();
        } catch (IllegalArgumentException e) {
            return new Fetched.Gone();
        }
    }

    /** The token is shown to the platform's own hosts only, whatever an answer says. */
    private boolean isOurs(URI address) {
        var host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean tls = "https".equals(address.getScheme()) || base.startsWith("http://");
        return tls && mediaHosts.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }

    @Override
    public Standing check(LineCredentials.CloudApi credentials) {
        var request = new HttpGet(URI.create(base + "/" + credentials.phoneNumberId()
                + "?fields=display_phone_number,verified_name,quality_rating"));
        authorize(request, credentials);
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (reply.ok()) {
                return Standing.linked(
                        Phone.e164(ProviderEvent.Json.text(json, "display_phone_number")),
                        ProviderEvent.Json.text(json, "verified_name"));
            }
            var outcome = CloudApiErrors.of(reply.status(), errorCode(json));
            return switch (outcome) {
                case SendOutcome.HaltLine halt -> Standing.halted(halt.cause());
                case SendOutcome.Failed failed -> Standing.halted("number-unknown");
                default -> Standing.away();
            };
        } catch (OutgoingHttp.Failed e) {
            return Standing.away();
        }
    }

    @Override
    public @Nullable SendOutcome meaning(int code) {
        return CloudApiErrors.of(code);
    }

    @Override
    public ProviderTemplate template(LineCredentials.CloudApi credentials, MappedTemplates.Mapped template) {
        return templates.find(credentials, template);
    }

    @Override
    public TemplateApprovals.Answer submit(
            LineCredentials.CloudApi credentials, TemplateApprovals.Draft draft, @Nullable String providerId) {
        return templates.submit(credentials, draft);
    }

    @Override
    public TemplateApprovals.Answer approval(
            LineCredentials.CloudApi credentials, String name, @Nullable String language, @Nullable String providerId) {
        return templates.ask(credentials, name, language);
    }

    @Override
    public Probe probe(UUID lineId, LineCredentials.CloudApi credentials, UnaryOperator<String> webhook) {
        var challenge = "recado-" + lineId;
        var query = "?hub.mode=subscribe&hub.verify_token="
                + URLEncoder.encode(credentials.verifyToken(), StandardCharsets.UTF_8)
                + "&hub.challenge=" + challenge;
        return new Probe(new HttpGet(URI.create(webhook.apply(query))), challenge);
    }

    private HttpPost post(LineCredentials.CloudApi credentials, String path, Map<String, Object> body) {
        var request = new HttpPost(URI.create(base + "/" + credentials.phoneNumberId() + path));
        authorize(request, credentials);
        request.setEntity(new ByteArrayEntity(LineCredentials.Codec.bytes(body), ContentType.APPLICATION_JSON));
        return request;
    }

    private static void authorize(HttpUriRequestBase request, LineCredentials.CloudApi credentials) {
        request.setHeader("Authorization", "Bearer " + credentials.accessToken());
    }

    private static @Nullable Integer errorCode(JsonNode json) {
        var code = json.at("/error/code");
        return code.isInt() ? Integer.valueOf(code.asInt()) : null;
    }

    /** True when the signature is HMAC-SHA256 of exactly these bytes under the app's secret ({@code sha256=<hex>}). */
    static boolean signed(String appSecret, byte[] body, @Nullable String header) {
        if (header == null || !header.startsWith("sha256=")) {
            return false;
        }
        try {
            return Hmac.equal(
                    Hmac.of("HmacSHA256", appSecret, body),
                    HexFormat.of().parseHex(header.substring("sha256=".length()).toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
