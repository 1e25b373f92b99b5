package app.recado.engines.credentials;

import app.recado.whatsapp.LineEngineKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a provider gave a clinic for one line. Sealed at rest, write-only in the API, never printed. */
public sealed interface LineCredentials {

    LineEngineKind engine();

    /** The secret people recognise by its end. */
    String mainSecret();

    /** The number at the provider that this line stands for: what its webhooks must name. */
    String account();

    /**
     * WhatsApp Business Platform.
     *
     * @param phoneNumberId of the number messages leave from
     * @param businessAccountId the WhatsApp Business Account (WABA) the number belongs to
     * @param accessToken of a system user
     * @param appSecret signs the webhooks
     * @param verifyToken what the platform shows when it checks the webhook's address; chosen by the clinic
     */
    record CloudApi(
            String phoneNumberId, String businessAccountId, String accessToken, String appSecret, String verifyToken)
            implements LineCredentials {

        @Override
        public LineEngineKind engine() {
            return LineEngineKind.CLOUD_API;
        }

        @Override
        public String mainSecret() {
            return accessToken;
        }

        @Override
        public String account() {
            return phoneNumberId;
        }

        @Override
        public String toString() {
            return "CloudApi[phoneNumberId=" + phoneNumberId + "]";
        }
    }

    /**
     * Twilio.
     *
     * @param accountSid begins with AC
     * @param authToken authorizes calls and signs the webhooks
     * @param from the WhatsApp sender, E.164
     */
    record Twilio(String accountSid, String authToken, String from) implements LineCredentials {

        @Override
        public LineEngineKind engine() {
            return LineEngineKind.TWILIO;
        }

        @Override
        public String mainSecret() {
            return authToken;
        }

        @Override
        public String account() {
            return from;
        }

        @Override
        public String toString() {
            return "Twilio[]";
        }
    }

    /**
     * A server of the clinic's with Evolution API v2.
     *
     * @param baseUrl its address, checked when it was given and again at every call
     * @param apiKey of the server or of the instance
     * @param instance the instance's name there
     * @param hookSecret what stands at the end of our address for its webhooks, which nobody signs; chosen by us
     */
    record Evolution(String baseUrl, String apiKey, String instance, String hookSecret) implements LineCredentials {

        @Override
        public LineEngineKind engine() {
            return LineEngineKind.EVOLUTION;
        }

        @Override
        public String mainSecret() {
            return apiKey;
        }

        @Override
        public String account() {
            return instance;
        }

        @Override
        public String toString() {
            return "Evolution[]";
        }
    }

    /** As it is sealed. */
    default String json() {
        return Codec.JSON.writeValueAsString(this);
    }

    /** Whose credentials have that form. */
    static LineEngineKind engineOf(Class<? extends LineCredentials> form) {
        if (form == CloudApi.class) {
            return LineEngineKind.CLOUD_API;
        }
        return form == Twilio.class ? LineEngineKind.TWILIO : LineEngineKind.EVOLUTION;
    }

    /** @throws IllegalArgumentException when the text is no credentials of that engine */
    static LineCredentials read(LineEngineKind engine, String json) {
        Class<? extends LineCredentials> form = switch (engine) {
            case CLOUD_API -> CloudApi.class;
            case TWILIO -> Twilio.class;
            case EVOLUTION -> Evolution.class;
            case LINKED_DEVICE -> throw new IllegalArgumentException("A linked device has none here");
        };
        try {
            return Codec.JSON.readValue(json, form);
        } catch (tools.jackson.core.JacksonException e) {
            // Not the parser's message: it quotes what it read.
            throw new IllegalArgumentException("These are no credentials of " + engine.wireName());
        }
    }

    /** Writes and reads the records; unknown fields are of a newer version and left alone. */
    final class Codec {
        private static final JsonMapper JSON = JsonMapper.builder()
                .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        private Codec() {}

        public static JsonNode tree(byte[] bytes) {
            try {
                return JSON.readTree(bytes);
            } catch (tools.jackson.core.JacksonException e) {
                return JSON.missingNode();
            }
        }

        public static byte[] bytes(Object value) {
            return JSON.writeValueAsBytes(value);
        }

        public static String text(Object value) {
            return JSON.writeValueAsString(value);
        }
    }
}
