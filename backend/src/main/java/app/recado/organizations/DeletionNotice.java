package app.recado.organizations;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What owners read when their clinic is to be deleted: when, and that it can be taken back until then. */
record DeletionNotice(String subject, String text) {

    /** @param link where it is taken back; empty when unknown */
    static DeletionNotice of(OrganizationProfile clinic, Instant dueAt, String link) {
        var when = DateTimeFormatter.ofLocalizedPattern("yMMMMd")
                .withLocale(Locale.forLanguageTag(clinic.locale()))
                .withZone(clinic.timeZone())
                .format(dueAt);
        var name = clinic.name();
        var door = link.isEmpty() ? "." : ":\n\n" + link;
        return switch (clinic.locale()) {
            case "en" ->
                new DeletionNotice(
                        "%s is going to be deleted on Recado".formatted(name), """
                        Somebody asked for %s to be deleted on Recado. Nobody can work in it from now on and no message leaves.

                        On %s everything in it is deleted for good. Until then an owner can keep it%s
                        """.formatted(name, when, door));
            case "pt-BR" ->
                new DeletionNotice("%s vai ser excluída no Recado".formatted(name), """
                        Foi pedida a exclusão de %s no Recado. A partir de agora ninguém pode trabalhar nela e nenhuma mensagem sai.

                        Em %s tudo o que há nela é apagado para sempre. Até lá a direção pode mantê-la%s
                        """.formatted(name, when, door));
            default ->
                new DeletionNotice("%s se va a eliminar de Recado".formatted(name), """
                        Se pidió eliminar %s de Recado. Desde ahora nadie puede trabajar en ella y no sale ningún mensaje.

                        El %s se borra para siempre todo lo que hay en ella. Hasta entonces la dirección puede conservarla%s
                        """.formatted(name, when, door));
        };
    }
}
