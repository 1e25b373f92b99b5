package app.recado.chatwoot;

import app.recado.kernel.media.Media;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chatwoot's application API, as far as a bridge needs it. Calls no private address and follows no redirect with a token. */
@Component
class ChatwootApi {

    /** Files lie behind one redirect of Chatwoot's, and one more where the store moves. */
    private static final int MOST_REDIRECTS = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final AddressGuard guard;
    private final OutgoingHttp http;
    private final JsonMapper json;

    ChatwootApi(ChatwootSettings settings, JsonMapper json) {
        this.guard = new AddressGuard(settings.tlsOnly(), settings.allowedHosts());
        this.http = new OutgoingHttp(settings.connectTimeout(), settings.answerTimeout(), guard);
        this.json = json;
    }

    /** Where an inbox is, and as whom it is spoken to. */
    record Inbox(String baseUrl, long accountId, long inboxId, String token) {
        @Override
        public String toString() {
            return "Inbox[accountId=" + accountId + ", inboxId=" + inboxId + "]";
        }
    }

    /**
     * What it answered.
     *
     * @param body an empty object when there was none that can be read
     * @param retryAfter how long it asks to be left alone; null when it does not
     */
    record Answer(int status, JsonNode body, @Nullable Duration retryAfter) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** Names and words: never printed. */
        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }

    /** A server's address as it is kept. @throws AddressGuard.Refused when it is none, or leads into a private network */
    String checked(String typed) throws AddressGuard.Refused {
        return guard.base(typed).toString();
    }

    /** @param path behind the account, beginning with a slash */
    Answer get(Inbox inbox, String path) throws OutgoingHttp.Failed {
        return call(request(inbox, "GET", path));
    }

    Answer send(Inbox inbox, String method, String path, Map<String, ?> body) throws OutgoingHttp.Failed {
        var request = request(inbox, method, path);
        request.setEntity(new ByteArrayEntity(json.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
        return call(request);
    }

    /** The same with a file.
     *
     * @param type of the file
     * @param name as people see it */
    Answer send(
            Inbox inbox, String path, Map<String, String> fields, InputStream file, long size, String type, String name)
            throws OutgoingHttp.Failed {
        var request = request(inbox, "POST", path);
        var form = MultipartEntityBuilder.create()
                .setMode(HttpMultipartMode.EXTENDED)
                .setCharset(StandardCharsets.UTF_8);
        fields.forEach((field, value) ->
                form.addTextBody(field, value, ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8)));
        request.setEntity(form.addPart("attachments[]", new InputStreamBody(file, contentType(type), name, size))
                .build());
        return call(request);
    }

    /** Phones say of what kind a file is, and may say anything. */
    private static ContentType contentType(String said) {
        var type = ContentType.parseLenient(said);
        return type == null ? ContentType.APPLICATION_OCTET_STREAM : type;
    }

    private HttpUriRequestBase request(Inbox inbox, String method, String path) {
        var request = new HttpUriRequestBase(
                method, URI.create(inbox.baseUrl() + "/api/v1/accounts/" + inbox.accountId() + path));
        request.setHeader("api_access_token", inbox.token());
        request.setHeader("Accept", "application/json");
        request.setHeader("User-Agent", "Recado/1");
        return request;
    }

    private Answer call(HttpUriRequestBase request) throws OutgoingHttp.Failed {
        var reply = http.call(request);
        return new Answer(reply.status(), tree(reply.body()), pause(reply.retryAfter()));
    }

    private JsonNode tree(byte[] body) {
        try {
            return body.length == 0 ? json.createObjectNode() : json.readTree(body);
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    private static @Nullable Duration pause(@Nullable String header) {
        if (header == null || !header.strip().matches("\\d{1,9}")) {
            return null;
        }
        var asked = Duration.ofSeconds(Long.parseLong(header.strip()));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /** A file that cannot be fetched now or ever. */
    static final class NotFetched extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean forGood;

        NotFetched(boolean forGood) {
            super(forGood ? "gone" : "later");
            this.forGood = forGood;
        }

        boolean forGood() {
            return forGood;
        }
    }

    /**
     * Fetches what an agent sends. Its address speaks for itself, so nobody is shown the token; each step of the way is
     * looked at as an address that somebody typed.
     *
     * @throws app.recado.kernel.ProblemException as the keeper refuses
     */
    Media.Stored fetch(String url, Function<InputStream, Media.Stored> keeper) throws NotFetched {
        var address = url;
        for (int step = 0; step <= MOST_REDIRECTS; step++) {
            var place = place(address);
            Step next;
            try {
                next = http.stream(
                        new HttpUriRequestBase("GET", place),
                        (head, body) -> head.ok()
                                ? new Step(keeper.apply(body), null, 200)
                                : new Step(null, head.location(), head.status()));
            } catch (OutgoingHttp.Failed e) {
                throw new NotFetched(false);
            }
            if (next.stored() != null) {
                return next.stored();
            }
            if (next.location() == null || next.status() / 100 != 3) {
                throw new NotFetched(next.status() / 100 == 4 && next.status() != 429);
            }
            address = resolved(place, next.location());
        }
        throw new NotFetched(true);
    }

    private record Step(
            Media.@Nullable Stored stored, @Nullable String location, int status) {}

    private URI place(String address) throws NotFetched {
        try {
            var uri = new URI(address);
            if (uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
                throw new NotFetched(true);
            }
            guard.base(uri.getScheme() + "://" + uri.getRawAuthority());
            return uri;
        } catch (URISyntaxException e) {
            throw new NotFetched(true);
        } catch (AddressGuard.Refused e) {
            // A name that cannot be resolved now may be resolved later; a private address stays private.
            throw new NotFetched(!e.code().equals("address-unknown"));
        }
    }

    private static String resolved(URI from, String location) throws NotFetched {
        try {
            return from.resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw new NotFetched(true);
        }
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
    }
}
