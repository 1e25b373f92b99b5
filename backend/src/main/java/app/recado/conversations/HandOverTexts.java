package app.recado.conversations;

import app.recado.organizations.OrganizationProfile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What patients and people of the clinic read about a hand-over. Mails name no patient and no words. */
final class HandOverTexts {

    private HandOverTexts() {}

    /** A mail. */
    record Mail(String subject, String text) {}

    /** What a patient reads when nobody came in time. */
    static String nobodyCame(String language) {
        return switch (language) {
            case "en" ->
                "Nobody at reception is free right now. We have your message and will answer as soon as we can.";
            case "pt-BR" ->
                "Ninguém da recepção está livre agora. Recebemos sua mensagem e responderemos assim que possível.";
            default ->
                "En este momento no hay nadie libre en recepción. Recibimos tu mensaje y te respondemos en cuanto podamos.";
        };
    }

    /** @param late nobody came in time
     * @param console where the clinic's people open the console; null when unknown, then no link is given */
    static Mail call(OrganizationProfile clinic, UUID conversationId, boolean late, @Nullable String console) {
        var link = console == null ? "" : "\n\n" + console + "/conversations?id=" + conversationId;
        return switch (clinic.locale()) {
            case "en" ->
                late
                        ? new Mail(
                                "Nobody answered in time",
                                "Somebody who asked " + clinic.name() + " for a person is still waiting." + link)
                        : new Mail(
                                "Somebody asks for a person",
                                "A conversation of " + clinic.name() + " asks for a person." + link);
            case "pt-BR" ->
                late
                        ? new Mail(
                                "Ninguém respondeu a tempo",
                                "Quem pediu uma pessoa em " + clinic.name() + " ainda espera." + link)
                        : new Mail("Pedem uma pessoa", "Uma conversa de " + clinic.name() + " pede uma pessoa." + link);
            default ->
                late
                        ? new Mail(
                                "Nadie respondió a tiempo",
                                "Quien pidió una persona en " + clinic.name() + " sigue esperando." + link)
                        : new Mail(
                                "Piden una persona",
                                "Una conversación de " + clinic.name() + " pide una persona." + link);
        };
    }
}
