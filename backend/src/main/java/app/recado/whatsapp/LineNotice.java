package app.recado.whatsapp;

import app.recado.organizations.OrganizationProfile;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What owners read when a line is down, in the clinic's language and at its clocks. Names the line and the way back, no
 * patient and no message.
 */
record LineNotice(String subject, String text) {

    private enum Advice {
        WAIT,
        PAIR,
        ACT
    }

    /** @param console where the clinic's people open the console; null when unknown, then no link is given */
    static LineNotice of(Line line, OrganizationProfile clinic, @Nullable String console) {
        var since = at(Objects.requireNonNullElse(line.downSince(), Instant.EPOCH), clinic);
        var link = console == null ? "" : "\n\n" + console + "/line";
        var number = line.phone() == null ? line.name() : line.name() + " (" + line.phone() + ")";
        var advice = advice(line.state());
        return switch (clinic.locale()) {
            case "en" ->
                new LineNotice(
                        "WhatsApp line down: " + line.name(),
                        "The line %s of %s has been down since %s. Messages wait; none is lost.\n\n%s%s"
                                .formatted(number, clinic.name(), since, english(advice), link));
            case "pt-BR" ->
                new LineNotice(
                        "Linha de WhatsApp fora do ar: " + line.name(),
                        "A linha %s de %s está fora do ar desde %s. As mensagens esperam; nenhuma se perde.\n\n%s%s"
                                .formatted(number, clinic.name(), since, portuguese(advice), link));
            default ->
                new LineNotice(
                        "Línea de WhatsApp caída: " + line.name(),
                        "La línea %s de %s está caída desde %s. Los mensajes esperan; no se pierde ninguno.\n\n%s%s"
                                .formatted(number, clinic.name(), since, spanish(advice), link));
        };
    }

    private static String at(Instant instant, OrganizationProfile clinic) {
        return DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.forLanguageTag(clinic.locale()))
                .withZone(clinic.timeZone())
                .format(instant);
    }

    private static Advice advice(LineState state) {
        return switch (state) {
            case NEEDS_PAIRING, PAIRING -> Advice.PAIR;
            case HALTED, STOPPED -> Advice.ACT;
            case STARTING, LINKED, RECONNECTING -> Advice.WAIT;
        };
    }

    private static String english(Advice advice) {
        return switch (advice) {
            case WAIT -> "It reconnects by itself. Check that the phone is charged and online.";
            case PAIR -> "Link the clinic's phone again: open the line and scan the code.";
            case ACT -> "It will not come back by itself: open the line, it says what to do.";
        };
    }

    private static String portuguese(Advice advice) {
        return switch (advice) {
            case WAIT -> "Ela se reconecta sozinha. Verifique se o telefone está carregado e com internet.";
            case PAIR -> "Vincule de novo o telefone da clínica: abra a linha e escaneie o código.";
            case ACT -> "Ela não volta sozinha: abra a linha, lá está o que fazer.";
        };
    }

    private static String spanish(Advice advice) {
        return switch (advice) {
            case WAIT -> "Se reconecta sola. Conviene revisar que el teléfono tenga carga e internet.";
            case PAIR -> "Hay que volver a vincular el teléfono de la clínica: abrir la línea y escanear el código.";
            case ACT -> "No vuelve sola: al abrir la línea se ve qué hacer.";
        };
    }
}
