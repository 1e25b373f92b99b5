package app.recado.engines.gateway;

import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.PairingOffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what the gateway says. Unlike the public API it forgives unknown fields, so that a newer gateway can speak to an
 * older backend, and mends text that PostgreSQL could not store: refusing a patient's message would lose it.
 */
final class GatewayJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final char REPLACEMENT = '\uFFFD';

    private GatewayJson() {}

    /** Something the protocol does not allow. Never quotes the value. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what);
        }
    }

    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Unreadable("not JSON");
        }
    }

    static String text(JsonNode node, String field) {
        if (optionalText(node, field) instanceof String text) {
            return text;
        }
        throw new Unreadable("no text in " + field);
    }

    static @Nullable String optionalText(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() ? storable(value.asString()) : null;
    }

    static @Nullable Long optionalLong(JsonNode node, String field) {
        var value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : null;
    }

    static long number(JsonNode node, String field) {
        if (optionalLong(node, field) instanceof Long number) {
            return number;
        }
        throw new Unreadable("no number in " + field);
    }

    static UUID id(JsonNode node, String field) {
        try {
            return UUID.fromString(text(node, field));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("no id in " + field);
        }
    }

    static Instant instant(JsonNode node, String field) {
        if (optionalInstant(node, field) instanceof Instant instant) {
            return instant;
        }
        throw new Unreadable("no instant in " + field);
    }

    static @Nullable Instant optionalInstant(JsonNode node, String field) {
        var text = optionalText(node, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (java.time.DateTimeException e) {
            throw new Unreadable("no instant in " + field);
        }
    }

    static LineStatus lineStatus(JsonNode node) {
        try {
            return new LineStatus(
                    id(node, "lineId"),
                    LineState.of(text(node, "state")),
                    text(node, "cause"),
                    optionalInstant(node, "since"),
                    optionalInstant(node, "nextAttemptAt"),
                    optionalText(node, "phone"),
                    optionalText(node, "profileName"),
                    optionalText(node, "platform"),
                    optionalText(node, "otherPhone"));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("a line state outside the set");
        }
    }

    static GatewayLine line(JsonNode node) {
        return new GatewayLine(
                lineStatus(node), new PairingOffer(code(node.path("qr")), code(node.path("pairingCode"))));
    }

    private static PairingOffer.@Nullable Code code(JsonNode node) {
        return node.isObject() ? new PairingOffer.Code(text(node, "value"), instant(node, "expiresAt")) : null;
    }

    static CommandState commandState(JsonNode node) {
        try {
            return CommandState.of(text(node, "state"));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("a message state outside the set");
        }
    }

    /** U+0000 and halves of surrogate pairs become U+FFFD. */
    private static String storable(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended == null ? text : mended.toString();
    }
}
