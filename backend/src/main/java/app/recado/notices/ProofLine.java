package app.recado.notices;

import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is known of what somebody was told or answered.
 *
 * @param at when it happened
 * @param kind a step of the visit such as {@code appointment-booked}, {@code message} for a state that a message came to,
 *     {@code answer} for what the patient wrote
 * @param appointmentId the visit; null for a message about none
 * @param occasion of a message; null otherwise
 * @param state of a message how far it came, of an answer what it led to; null for a step of the visit
 * @param reason of the state, or who acted; null when there is none
 * @param channel how it travelled: {@code linked-device}, {@code cloud-api}, {@code twilio} or {@code evolution}; null for a
 *     step of the visit and while nothing has left
 * @param phone the patient's, in E.164, as the message was addressed or came; null while it was not
 * @param providerMessageId the network's id of the message; null while it has none
 * @param template the text it was worded from and the number of its version, as {@code id/number}; null for other lines
 * @param text the words: of a message once, where it left for the line; of an answer the patient's; of a step the reason
 *     given
 * @param sha256 of the line: of its other fields in this order, {@code at} in ISO 8601 and nothing for null, joined by
 *     U+001F, in UTF-8; hexadecimal
 */
@Schema(name = "NoticeProofLine")
record ProofLine(
        Instant at,
        @Schema(example = "message") String kind,
        @Nullable UUID appointmentId,
        @Schema(example = "reminder") @Nullable String occasion,
        @Schema(example = "delivered") @Nullable String state,
        @Schema(example = "not-on-whatsapp") @Nullable String reason,
        @Schema(example = "linked-device") @Nullable String channel,
        @Schema(example = "+5491123456789") @Nullable String phone,
        @Schema(example = "3EB0A9C1F2") @Nullable String providerMessageId,

        @Schema(example = "01937f3e-0000-7000-8000-000000000011/3") @Nullable String template,

        @Schema(example = "Hola, Ana. Te esperamos.") @Nullable String text,

        @Schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256) {

    private static final String BETWEEN = "\u001f";

    /** The columns of a file, in the order in which they are hashed, and the hash. */
    static final List<String> COLUMNS = List.of(
            "at",
            "kind",
            "appointmentId",
            "occasion",
            "state",
            "reason",
            "channel",
            "phone",
            "providerMessageId",
            "template",
            "text",
            "sha256");

    static ProofLine of(
            Instant at,
            String kind,
            @Nullable UUID appointmentId,
            @Nullable String occasion,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String channel,
            @Nullable String phone,
            @Nullable String providerMessageId,
            @Nullable String template,
            @Nullable String text) {
        var bare = new ProofLine(
                at,
                kind,
                appointmentId,
                occasion,
                state,
                reason,
                channel,
                phone,
                providerMessageId,
                template,
                text,
                "");
        return new ProofLine(
                at,
                kind,
                appointmentId,
                occasion,
                state,
                reason,
                channel,
                phone,
                providerMessageId,
                template,
                text,
                sha256(String.join(BETWEEN, bare.fields())));
    }

    /** Everything but the hash. */
    private List<String> fields() {
        return Stream.of(
                        at,
                        kind,
                        appointmentId,
                        occasion,
                        state,
                        reason,
                        channel,
                        phone,
                        providerMessageId,
                        template,
                        text)
                .map(field -> Objects.toString(field, ""))
                .toList();
    }

    /** As a row of a file. */
    List<String> cells() {
        return Stream.concat(fields().stream(), Stream.of(sha256)).toList();
    }

    /** Of all lines: of their hashes in order, joined by line feeds. */
    static String digest(List<ProofLine> lines) {
        return sha256(String.join("\n", lines.stream().map(ProofLine::sha256).toList()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Words and number belong to a patient: never printed. */
    @Override
    public String toString() {
        return "ProofLine[kind=" + kind + ", at=" + at + "]";
    }
}
