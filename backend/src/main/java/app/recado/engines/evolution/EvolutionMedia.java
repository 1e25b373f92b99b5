package app.recado.engines.evolution;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.MediaBody;
import app.recado.engines.provider.Provider.Fetched;
import app.recado.engines.provider.Provider.Keeper;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Media as an Evolution server takes and gives it: Base64 inside JSON, written and read as it comes. */
final class EvolutionMedia {

    /** Texts that are held are short: the type is the only one. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(10_000).build())
            .build();

    private static final int CHUNK = 48 * 1024;

    private EvolutionMedia() {}

    /** The body with the media in its last field, which is called so. Its length is known beforehand. */
    static HttpEntity entity(Map<String, Object> body, String field, MediaBody media) {
        var text = new String(LineCredentials.Codec.bytes(body), StandardCharsets.UTF_8);
        var head = (text.substring(0, text.length() - 1) + ",\"" + field + "\":\"").getBytes(StandardCharsets.UTF_8);
        var tail = "\"}".getBytes(StandardCharsets.UTF_8);
        long length = head.length + (media.size() + 2) / 3 * 4 + tail.length;
        return new EntityTemplate(length, ContentType.APPLICATION_JSON, null, out -> {
            out.write(head);
            try (var in = media.open();
                    var encoded = Base64.getEncoder().wrap(new Unclosed(out))) {
                var chunk = new byte[CHUNK];
                for (int read; (read = in.read(chunk)) >= 0; ) {
                    encoded.write(chunk, 0, read);
                }
            }
            out.write(tail);
        });
    }

    /** Takes the media out of an answer. It is put aside until the answer's end, where its type may stand. */
    static Fetched read(InputStream answer, Keeper keeper) throws IOException {
        var file = Files.createTempFile("recado-evolution", null);
        try {
            String type;
            try (var out = new Limited(Files.newOutputStream(file));
                    var parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
                type = read(parser, out);
            } catch (JacksonIOException e) {
                throw e.getCause() instanceof IOException broken ? broken : new IOException("The answer broke off");
            } catch (JacksonException e) {
                return new Fetched.Gone();
            }
            if (Files.size(file) == 0) {
                return new Fetched.Gone();
            }
            try (var in = Files.newInputStream(file)) {
                return new Fetched.Kept(keeper.keep(in, type));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Its type; null when it is not told. */
    private static @Nullable String read(JsonParser parser, OutputStream out) {
        String type = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            if (field.equals("base64") && value == JsonToken.VALUE_STRING) {
                parser.readBinaryValue(out);
            } else if (field.equals("mimetype") && value == JsonToken.VALUE_STRING) {
                type = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        return type;
    }

    /** Refuses what is larger than anything that is kept. */
    private static final class Limited extends FilterOutputStream {

        private long room = EngineSettings.LARGEST_MEDIA;

        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            take(1);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            take(length);
            out.write(bytes, from, length);
        }

        private void take(int length) throws IOException {
            room -= length;
            if (room < 0) {
                throw new OutgoingHttp.Larger();
            }
        }
    }

    /** Ends the Base64 without ending the request. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
