package app.recado.whatsapp;

/**
 * What an engine can do, for the console to offer it.
 *
 * @param qr a phone is linked by scanning a code
 * @param pairingCode a phone is linked by typing a code
 * @param templates texts approved beforehand may be sent at any time
 * @param window24h other messages only within 24 hours of the patient's last one
 * @param typing "typing…" can be shown
 * @param buttons words may have buttons below them to answer with, without a template
 * @param voiceNotes recordings arrive as voice notes; false where they arrive as files that can be played
 */
public record Capabilities(
        boolean qr,
        boolean pairingCode,
        boolean templates,
        boolean window24h,
        boolean typing,
        boolean buttons,
        boolean voiceNotes) {

    public static Capabilities of(LineEngineKind engine) {
        return switch (engine) {
            case LINKED_DEVICE -> new Capabilities(true, true, false, false, true, false, true);
            case CLOUD_API -> new Capabilities(false, false, true, true, true, true, true);
            case TWILIO -> new Capabilities(false, false, true, true, false, false, false);
            case EVOLUTION -> new Capabilities(true, true, false, false, false, false, true);
        };
    }

    /** Whether answers may quote what they answer, and reactions can be sent: Twilio's API knows neither. */
    public static boolean quotes(LineEngineKind engine) {
        return engine != LineEngineKind.TWILIO;
    }
}
