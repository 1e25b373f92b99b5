package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.organizations.Invitations.Invitation;
import app.recado.organizations.Invitations.Invitee;
import app.recado.organizations.Invitations.Inviter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who is invited reads, in each of the languages. */
class InvitationNoticeTest {

    private static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "es, Invitación de Marta Paz, 6 de diciembre",
        "en, Marta Paz invites you, December 6",
        "pt-BR, Marta Paz convida você, 6 de dezembro"
    })
    void it_names_inviter_clinic_last_day_and_link(String language, String subject, String lastDay) {
        var invitation = new Invitation(
                UUID.randomUUID(),
                new Invitee("ana@example.com", "Ana", "Sosa"),
                Set.of(MemberRole.RECEPTIONIST),
                language,
                new Inviter("somebody", "Marta Paz"),
                NOW,
                NOW.plus(Invitations.LIFE),
                1,
                null);
        var clinic = new OrganizationProfile(
                UUID.randomUUID(), "Los Almendros", "AR", ZoneId.of("America/Argentina/Buenos_Aires"), "es");
        var notice = InvitationNotice.of(invitation, clinic);
        assertThat(notice.subject()).startsWith(subject).contains("Los Almendros");
        assertThat(notice.text("https://recado.example/invitation/1/2"))
                .contains(lastDay, ":\n\nhttps://recado.example/invitation/1/2");
        assertThat(notice.words()).contains("Marta Paz", "Los Almendros", lastDay);
    }
}
