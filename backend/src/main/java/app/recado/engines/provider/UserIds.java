package app.recado.engines.provider;

import org.jspecify.annotations.Nullable;

/** Business-scoped user ids as the official platform writes them: a country, a dot, up to 128 letters and digits. */
public final class UserIds {

    private UserIds() {}

    /** The same text when it is such an id; null for anything else, a phone's digits above all. */
    public static @Nullable String of(@Nullable String text) {
        return text != null && text.matches("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}") ? text : null;
    }
}
