package app.recado.organizations;

import app.recado.organizations.Invitations.Invitation;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody who is invited reads: who invites them, to which clinic, as what, and until when it counts. */
record InvitationNotice(String subject, String text) {

    /** @param link where it is accepted; empty when unknown */
    static InvitationNotice of(Invitation invitation, OrganizationProfile clinic, String link) {
        var language = invitation.language();
        var who = invitation.inviter().name();
        var until = DateTimeFormatter.ofLocalizedPattern("MMMMd")
                .withLocale(Locale.forLanguageTag(language))
                .withZone(clinic.timeZone())
                .format(invitation.expiresAt());
        var roles =
                invitation.roles().stream().map(role -> name(role, language)).collect(Collectors.joining(", "));
        var door = link.isEmpty() ? "." : ":\n\n" + link;
        return switch (language) {
            case "en" ->
                new InvitationNotice("%s invites you to %s on Recado".formatted(who, clinic.name()), """
                        %s invites you to work in %s on Recado (%s).

                        Sign in with this e-mail address and accept until %s%s

                        If you have no password yet, a second mail lets you choose one. If you do not know this clinic, you need do nothing.
                        """.formatted(
                                who, clinic.name(), roles, until, door));
            case "pt-BR" ->
                new InvitationNotice("%s convida você para %s no Recado".formatted(who, clinic.name()), """
                        %s convida você para trabalhar em %s no Recado (%s).

                        Entre com este endereço de e-mail e aceite até %s%s

                        Se você ainda não tem senha, um segundo e-mail permite criá-la. Se não conhece esta clínica, não precisa fazer nada.
                        """.formatted(
                                who, clinic.name(), roles, until, door));
            default ->
                new InvitationNotice("Invitación de %s a %s en Recado".formatted(who, clinic.name()), """
                        Invitación de %s para trabajar en %s con Recado (%s).

                        Se acepta hasta el %s, entrando con esta dirección de correo%s

                        Quien todavía no tiene contraseña la elige con un segundo correo. Si no conoces esta clínica, no hace falta hacer nada.
                        """.formatted(
                                who, clinic.name(), roles, until, door));
        };
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
