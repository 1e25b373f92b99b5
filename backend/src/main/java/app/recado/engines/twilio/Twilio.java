package app.recado.engines.twilio;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.MappedTemplates;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.TemplateApprovals;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** WhatsApp through Twilio's messaging API, one sender per line. */
final class Twilio implements Provider<LineCredentials.Twilio> {

    /** The longest body of a WhatsApp message at Twilio, in characters. */
    private static final int LONGEST_TEXT = 1600;

    /** The largest picture it takes for WhatsApp, in bytes; documents may have all that Recado keeps. */
    private static final long LARGEST_PICTURE = 5_000_000;

    /** WebP is for stickers there. */
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png");

    private final OutgoingHttp http;
    private final String base;
    private final Set<String> mediaHosts;
    private final TwilioTemplates templates;
    private final Function<UUID, Optional<String>> addresses;

    /** @param addresses where what goes with a message of the current organization can be fetched for a while */
    Twilio(OutgoingHttp http, EngineSettings.Twilio settings, Function<UUID, Optional<String>> addresses) {
        this.addresses = addresses;
        this.templates = new TwilioTemplates(http, settings);
        this.http = http;
        this.base = settings.baseUrl().toString();
        this.mediaHosts = settings.mediaHosts();
    }

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.TWILIO;
    }

    @Override
    public String statusPath(UUID messageId) {
        return "/status?message=" + messageId;
    }

    @Override
    public SendOutcome send(LineCredentials.Twilio credentials, Outgoing message) {
        var form = new ArrayList<NameValuePair>();
        add(form, "From", "whatsapp:" + credentials.from());
        add(form, "To", "whatsapp:" + message.to());
        add(form, "StatusCallback", message.statusAddress());
        if (refused(message.payload()) instanceof String reason) {
            return new SendOutcome.Failed(reason);
        }
        var mediaAddress = message.media() == null
                ? null
                : addresses.apply(message.messageId()).orElse(null);
        if (!fill(form, message.payload(), mediaAddress)) {
            // Twilio fetches media itself; where it cannot reach us there is nothing to fetch.
            return new SendOutcome.Failed("media-missing");
        }
        var request = new HttpPost(account(credentials, "/Messages.json"));
        authorize(request, credentials);
        request.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (!reply.ok()) {
                return TwilioErrors.of(reply.status(), errorCode(json));
            }
            var sid = ProviderEvent.Json.text(json, "sid");
            return sid == null ? new SendOutcome.Unknown("no-acknowledgement") : new SendOutcome.Sent(sid);
        } catch (OutgoingHttp.Failed e) {
            return e.mayHaveArrived()
                    ? new SendOutcome.Unknown("no-acknowledgement")
                    : new SendOutcome.Retry("provider-unreachable", null);
        }
    }

    /** Why WhatsApp would not take a picture from there, which Twilio says only after it has fetched it; null when it does. */
    private static @Nullable String refused(Payload payload) {
        if (!(payload instanceof Payload.Image image)) {
            return null;
        }
        if (!PICTURES.contains(image.media().contentType())) {
            return "media-type-unsupported";
        }
        return image.media().size() > LARGEST_PICTURE ? "media-too-large" : null;
    }

    /** False when the media has no address under which Twilio could fetch it. */
    private static boolean fill(List<NameValuePair> form, Payload payload, @Nullable String mediaAddress) {
        switch (payload) {
            // Its API knows no quotes, and no reactions either: nobody is offered one on such a line.
            case Payload.Text text -> add(form, "Body", cut(text.text()));
            case Payload.Reaction reaction -> add(form, "Body", reaction.text());
            // Buttons and lists need a content resource of their own there, made before each message that is not yet
            // like another:
            // the words hold every choice with its number, and nothing that a patient was offered stays among the
            // account's contents.
            case Payload.Question question -> add(form, "Body", cut(question.text()));
            case Payload.Image image -> {
                add(form, "Body", image.caption());
                add(form, "MediaUrl", mediaAddress);
                return mediaAddress != null;
            }
            case Payload.Document document -> {
                add(form, "Body", document.caption() == null ? document.fileName() : document.caption());
                add(form, "MediaUrl", mediaAddress);
                return mediaAddress != null;
            }
            // Heard like any other recording: its API has no voice notes, and WhatsApp takes no words beside one.
            case Payload.Voice voice -> {
                add(form, "MediaUrl", mediaAddress);
                return mediaAddress != null;
            }
            case Payload.Location place -> {
                var label = place.name() == null ? place.address() : place.name();
                add(form, "Body", place.address() == null ? label == null ? "📍" : label : place.address());
                // Pipes end the coordinates there.
                add(
                        form,
                        "PersistentAction",
                        "geo:%s,%s%s"
                                .formatted(
                                        place.latitude(),
                                        place.longitude(),
                                        label == null ? "" : "|" + label.replace('|', ' ')));
            }
            // Twilio knows no contact cards but as media; the words do for a name and a number.
            case Payload.Contact contact ->
                add(form, "Body", contact.name() + "\n" + String.join("\n", contact.phones()));
            case Payload.Template template -> {
                add(form, "ContentSid", template.name());
                if (!template.parameters().isEmpty()) {
                    var variables = new LinkedHashMap<String, String>();
                    template.parameters().forEach(value -> variables.put(String.valueOf(variables.size() + 1), value));
                    add(form, "ContentVariables", LineCredentials.Codec.text(variables));
                }
            }
        }
        return true;
    }

    private static void add(List<NameValuePair> form, String name, @Nullable String value) {
        if (value != null) {
            form.add(new BasicNameValuePair(name, value));
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    @Override
    public Standing check(LineCredentials.Twilio credentials) {
        var request = new HttpGet(URI.create(base + "/2010-04-01/Accounts/" + credentials.accountSid() + ".json"));
        authorize(request, credentials);
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (reply.ok()) {
                var status = ProviderEvent.Json.text(json, "status");
                return status == null || status.equals("active")
                        ? Standing.linked(credentials.from(), ProviderEvent.Json.text(json, "friendly_name"))
                        : Standing.halted("banned");
            }
            return switch (TwilioErrors.of(reply.status(), errorCode(json))) {
                case SendOutcome.HaltLine halt -> Standing.halted(halt.cause());
                case SendOutcome.Failed failed -> Standing.halted("number-unknown");
                default -> Standing.away();
            };
        } catch (OutgoingHttp.Failed e) {
            return Standing.away();
        }
    }

    @Override
    public Fetched fetch(LineCredentials.Twilio credentials, String reference, Keeper keeper) {
        try {
            var address = URI.create(reference);
            if (!isOurs(address)) {
                return new Fetched.Gone();
            }
            var request = new HttpGet(address);
            authorize(request, credentials);
            var first = http.stream(request, (head, body) -> answer(head, body, keeper));
            if (!(first instanceof Elsewhere(String location))) {
                return ((Here) first).fetched();
            }
            // The store behind it signs its addresses itself: our credentials stay here.
            var next = address.resolve(location);
            if (!"https".equals(next.getScheme()) && !base.startsWith("http://")) {
                return new Fetched.Gone();
            }
            return http.stream(
                    new HttpGet(next),
                    (head, body) -> answer(head, body, keeper) instanceof Here(Fetched fetched)
                            ? fetched
                            : new Fetched.Later());
        } catch (OutgoingHttp.Failed e) {
            return new Fetched.Later();
        } catch (IllegalArgumentException e) {
            return new Fetched.Gone();
        }
    }

    private sealed interface Answer {}

    private record Here(Fetched fetched) implements Answer {}

    private record Elsewhere(String location) implements Answer {}

    private static Answer answer(OutgoingHttp.Reply head, InputStream body, Keeper keeper) {
        if (head.status() / 100 == 3 && head.location() instanceof String location) {
            return new Elsewhere(location);
        }
        if (head.ok()) {
            return new Here(new Fetched.Kept(keeper.keep(body, head.contentType())));
        }
        return new Here(head.status() == 404 || head.status() == 410 ? new Fetched.Gone() : new Fetched.Later());
    }

    @Override
    public @Nullable SendOutcome meaning(int code) {
        return TwilioErrors.of(code);
    }

    @Override
    public ProviderTemplate template(LineCredentials.Twilio credentials, MappedTemplates.Mapped template) {
        return templates.find(credentials, template);
    }

    @Override
    public TemplateApprovals.Answer submit(
            LineCredentials.Twilio credentials, TemplateApprovals.Draft draft, @Nullable String providerId) {
        return templates.submit(credentials, draft, providerId);
    }

    @Override
    public TemplateApprovals.Answer approval(
            LineCredentials.Twilio credentials, String name, @Nullable String language, @Nullable String providerId) {
        return templates.ask(credentials, providerId == null ? name : providerId);
    }

    @Override
    public Probe probe(UUID lineId, LineCredentials.Twilio credentials, UnaryOperator<String> webhook) {
        var form = new LinkedHashMap<String, String>();
        form.put("AccountSid", credentials.accountSid());
        form.put("From", "whatsapp:" + credentials.from());
        form.put("MessageSid", "SM" + "0".repeat(32));
        form.put("MessageStatus", "queued");
        var address = webhook.apply("/status");
        var signed = new StringBuilder(address);
        form.forEach((name, value) -> signed.append(name).append(value));
        var signature =
                Hmac.of("HmacSHA1", credentials.authToken(), signed.toString().getBytes(StandardCharsets.UTF_8));
        var request = new HttpPost(URI.create(address));
        request.setHeader("X-Twilio-Signature", Base64.getEncoder().encodeToString(signature));
        var pairs = new ArrayList<NameValuePair>();
        form.forEach((name, value) -> add(pairs, name, value));
        request.setEntity(new UrlEncodedFormEntity(pairs, StandardCharsets.UTF_8));
        return new Probe(request, null);
    }

    private boolean isOurs(URI address) {
        var host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean tls = "https".equals(address.getScheme()) || base.startsWith("http://");
        return tls && mediaHosts.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }

    private URI account(LineCredentials.Twilio credentials, String path) {
        return URI.create(base + "/2010-04-01/Accounts/" + credentials.accountSid() + path);
    }

    private static void authorize(HttpUriRequestBase request, LineCredentials.Twilio credentials) {
        var pair = credentials.accountSid() + ":" + credentials.authToken();
        request.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable Integer errorCode(JsonNode json) {
        var code = json.path("code");
        return code.isInt() ? Integer.valueOf(code.asInt()) : null;
    }
}
