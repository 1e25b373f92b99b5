package app.recado.engines.provider;

import app.recado.engines.credentials.LineCredentials;
import org.jspecify.annotations.Nullable;

/** A provider whose lines are phones that are linked there. */
public interface PairingProvider<C extends LineCredentials> extends Provider<C> {

    /** What starting a line came to: its standing and, while nobody has scanned it, the code. */
    record Started(Standing standing, ProviderEvent.@Nullable Qr qr) {}

    /** Behind the line's own part of our address: what the provider adds to it when it delivers. */
    String webhookPath(C credentials);

    /** Tells the provider where we listen and asks it to connect. Repeating it is harmless.
     *
     * @param webhook our address for this line
     * @param phone the number of the phone into which a code will be typed, in E.164; null to scan one */
    Started start(C credentials, String webhook, @Nullable String phone);

    /** Unlinks the phone there.
     *
     * @return false when the provider did not do it */
    boolean logOut(C credentials);
}
