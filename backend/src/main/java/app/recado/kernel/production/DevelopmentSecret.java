package app.recado.kernel.production;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognises secrets that were never secret: those of local stacks, which carry the mark {@code dev-only}, those copied
 * from documentation, and keys nobody drew by lot.
 */
public final class DevelopmentSecret {

    /** Stands at the front of every password and, encoded, of every key that a local stack makes for itself. */
    public static final String MARK = "dev-only";

    /** Shorter ones can be guessed; ours have at least 32 characters. */
    private static final int LEAST_CHARACTERS = 16;

    private static final List<String> WORDS =
            List.of(MARK, "change-me", "changeme", "change_me", "example", "password", "unused", "secret-here");

    private DevelopmentSecret() {}

    /**
     * Why this value protects nothing, never quoting it.
     *
     * @param ours whether the installation chose it, so that its length can be asked for; a mail server's password is not
     */
    public static Optional<String> reason(String value, boolean ours) {
        var small = value.toLowerCase(Locale.ROOT);
        if (WORDS.stream().anyMatch(small::contains) || marked(value)) {
            return Optional.of("is a development or documentation value");
        }
        if (ours && value.length() < LEAST_CHARACTERS) {
            return Optional.of("is shorter than " + LEAST_CHARACTERS + " characters");
        }
        return ours && guessable(value.getBytes(StandardCharsets.UTF_8)) || ours && guessableKey(value)
                ? Optional.of("is a pattern, not chance")
                : Optional.empty();
    }

    private static boolean marked(String value) {
        return new String(bytes(value), StandardCharsets.ISO_8859_1).startsWith(MARK);
    }

    private static boolean guessableKey(String value) {
        var key = bytes(value);
        return key.length > 0 && guessable(key);
    }

    private static byte[] bytes(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** All steps from one byte to the next are the same: 0000…, 0123…. */
    private static boolean guessable(byte[] value) {
        for (var i = 2; i < value.length; i++) {
            if (value[i] - value[i - 1] != value[1] - value[0]) {
                return false;
            }
        }
        return true;
    }
}
