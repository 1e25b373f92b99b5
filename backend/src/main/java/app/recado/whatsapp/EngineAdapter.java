package app.recado.whatsapp;

/**
 * What an engine implements: it carries messages, and links and stops the lines of its kinds as people ask for it. What
 * comes of that is reported to {@link LineStates}. Calls go over the network: never make them inside a transaction.
 */
public interface EngineAdapter extends LineEngine {

    /** Whether lines of this kind are this engine's; exactly one engine serves a kind. */
    boolean serves(LineEngineKind kind);

    /** Connects the line, or offers codes to link a phone with. Repeating it is harmless.
     *
     * @param replacePhone another number than the line's own may be linked
     * @throws app.recado.kernel.ProblemException {@code gateway-unavailable}, {@code line-not-in-that-state}, {@code
     *     line-credentials-missing}, {@code public-address-missing} */
    void start(Line line, boolean replacePhone);

    /** Asks for a code to type into a phone; only of kinds that have such codes. It may arrive a little later.
     *
     * @param phone E.164, the number of that phone
     * @throws app.recado.kernel.ProblemException as {@link #start} */
    void pair(Line line, String phone);

    /** Nothing leaves until it is started again.
     *
     * @throws app.recado.kernel.ProblemException {@code gateway-unavailable}, {@code line-not-in-that-state} */
    void stop(Line line);

    /** Unlinks the phone, and forgets what the line signed in with.
     *
     * @throws app.recado.kernel.ProblemException {@code gateway-unavailable}, {@code line-not-in-that-state} */
    void logOut(Line line);

    /** Unlinks the phone where there is one and keeps nothing of the line any more: its clinic is being deleted. Repeating it
     * is harmless.
     *
     * @throws app.recado.kernel.ProblemException {@code gateway-unavailable}, {@code line-not-in-that-state} while the phone is
     *     still being unlinked */
    void forget(Line line);

    /** What a line that is {@code pairing} offers to be linked with now. */
    PairingOffer offer(Line line);

    /** The clinic changed how the line writes. Best effort: an engine that does not hear it now is told later. */
    default void settingsChanged(Line line) {}
}
