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

    /** @param console where the clinic's people open the console; null when unknown, then no link is given */
    static Mail call(
            OrganizationProfile clinic, UUID conversationId, HandOverCalls.Reason reason, @Nullable String console) {
        var mail = switch (clinic.locale()) {
            case "en" -> english(clinic.name(), reason);
            case "pt-BR" -> portuguese(clinic.name(), reason);
            default -> spanish(clinic.name(), reason);
        };
        var link = console == null ? "" : "\n\n" + console + "/conversations?id=" + conversationId;
        return new Mail(mail.subject(), mail.text() + link);
    }

    private static Mail english(String clinic, HandOverCalls.Reason reason) {
        return switch (reason) {
            case ASKED -> new Mail("Somebody asks for a person", "A conversation of " + clinic + " asks for a person.");
            case NOBODY_CAME ->
                new Mail("Nobody answered in time", "Somebody who asked " + clinic + " for a person is still waiting.");
            case RUNS_OUT ->
                new Mail(
                        "A conversation waits for its answer",
                        "The time in which " + clinic + " wants to answer is running out.");
            case TICKET -> new Mail("A new ticket", "A message to " + clinic + " opened a ticket.");
        };
    }

    private static Mail portuguese(String clinic, HandOverCalls.Reason reason) {
        return switch (reason) {
            case ASKED -> new Mail("Pedem uma pessoa", "Uma conversa de " + clinic + " pede uma pessoa.");
            case NOBODY_CAME ->
                new Mail("Ninguém respondeu a tempo", "Quem pediu uma pessoa em " + clinic + " ainda espera.");
            case RUNS_OUT ->
                new Mail("Uma conversa espera resposta", "O tempo em que " + clinic + " quer responder está acabando.");
            case TICKET -> new Mail("Um novo chamado", "Uma mensagem a " + clinic + " abriu um chamado.");
        };
    }

    private static Mail spanish(String clinic, HandOverCalls.Reason reason) {
        return switch (reason) {
            case ASKED -> new Mail("Piden una persona", "Una conversación de " + clinic + " pide una persona.");
            case NOBODY_CAME ->
                new Mail("Nadie respondió a tiempo", "Quien pidió una persona en " + clinic + " sigue esperando.");
            case RUNS_OUT ->
                new Mail(
                        "Una conversación espera respuesta",
                        "Se acaba el tiempo en que " + clinic + " quiere responder.");
            case TICKET -> new Mail("Un ticket nuevo", "Un mensaje a " + clinic + " abrió un ticket.");
        };
    }
}
