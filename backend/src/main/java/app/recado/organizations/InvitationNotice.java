package app.recado.organizations;

import app.recado.organizations.Invitations.Invitation;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What somebody who is invited reads: who invites them, to which clinic, as what, and until when it counts.
 *
 * @param invited who invites them, to what
 * @param until the last day
 * @param door how it is accepted by those who have a password
 * @param unknown what to do about an invitation that was not expected
 */
record InvitationNotice(String subject, String invited, String until, String door, String unknown) {

    static InvitationNotice of(Invitation invitation, OrganizationProfile clinic) {
        var language = invitation.language();
        var who = invitation.inviter().name();
        var until = DateTimeFormatter.ofLocalizedPattern("MMMMd")
                .withLocale(Locale.forLanguageTag(language))
                .withZone(clinic.timeZone())
                .format(invitation.expiresAt());
        var roles =
                invitation.roles().stream().map(role -> name(role, language)).collect(Collectors.joining(", "));
        return switch (language) {
            case "en" ->
                new InvitationNotice(
                        "%s invites you to %s on Recado".formatted(who, clinic.name()),
                        "%s invites you to work in %s on Recado (%s).".formatted(who, clinic.name(), roles),
                        "The invitation counts until %s.".formatted(until),
                        "Sign in with this e-mail address to accept it",
                        "If you do not know this clinic, you need do nothing.");
            case "pt-BR" ->
                new InvitationNotice(
                        "%s convida você para %s no Recado".formatted(who, clinic.name()),
                        "%s convida você para trabalhar em %s no Recado (%s).".formatted(who, clinic.name(), roles),
                        "O convite vale até %s.".formatted(until),
                        "Entre com este endereço de e-mail para aceitar",
                        "Se não conhece esta clínica, não precisa fazer nada.");
            default ->
                new InvitationNotice(
                        "Invitación de %s a %s en Recado".formatted(who, clinic.name()),
                        "Invitación de %s para trabajar en %s con Recado (%s).".formatted(who, clinic.name(), roles),
                        "Se acepta hasta el %s.".formatted(until),
                        "Para aceptarla, entra con esta dirección de correo",
                        "Si no conoces esta clínica, no hace falta hacer nada.");
        };
    }

    /** What the first owner of a clinic reads, who has no password yet. */
    static String ofFirstOwner(String clinic, String language) {
        var words = switch (language) {
            case "en" -> """
                        %s is on Recado, and you are its owner.

                        Once you have a password, you are led through what the clinic still needs.""";
            case "pt-BR" -> """
                        %s já está no Recado, e a clínica é sua.

                        Depois de criar a senha, mostramos passo a passo o que ainda falta.""";
            default -> """
                        %s ya está en Recado, y la clínica es tuya.

                        Cuando tengas tu contraseña, te guiamos por lo que todavía falta.""";
        };
        return words.formatted(clinic);
    }

    /** The paragraphs before a link that lets them choose a password first. */
    String words() {
        return String.join("\n\n", invited, until, unknown);
    }

    /** The mail of those who have a password. @param link where it is accepted; empty when unknown */
    String text(String link) {
        return "%s\n\n%s %s%s\n\n%s\n".formatted(invited, until, door, link.isEmpty() ? "." : ":\n\n" + link, unknown);
    }

    private static String name(MemberRole role, String language) {
        return switch (language) {
            case "en" ->
                switch (role) {
                    case OWNER -> "owner";
                    case RECEPTIONIST -> "reception";
                    case PRACTITIONER -> "practitioner";
                };
            case "pt-BR" ->
                switch (role) {
                    case OWNER -> "responsável";
                    case RECEPTIONIST -> "recepção";
                    case PRACTITIONER -> "profissional";
                };
            default ->
                switch (role) {
                    case OWNER -> "responsable";
                    case RECEPTIONIST -> "recepción";
                    case PRACTITIONER -> "profesional";
                };
        };
    }
}
