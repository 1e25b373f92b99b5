package app.recado.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.organizations.OrganizationProfile;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineNoticeTest {

    private static final UUID CLINIC = new UUID(1, 2);

    @Test
    void owners_read_which_line_since_when_at_their_clocks_what_to_do_and_where() {
        var spanish = notice(LineState.NEEDS_PAIRING, "es", "America/Argentina/Buenos_Aires");
        assertThat(spanish.subject()).isEqualTo("Línea de WhatsApp caída: Recepción");
        assertThat(spanish.text())
                .contains("+5491150000000", "Clínica Norte", "23 nov, 09:05", "escanear el código")
                .endsWith("\n\nhttps://consola.example/c/norte/line");

        assertThat(notice(LineState.RECONNECTING, "pt-BR", "America/Sao_Paulo").text())
                .contains("09:05", "reconecta sozinha");
        assertThat(notice(LineState.HALTED, "en", "America/New_York").text())
                .contains("07:05", "will not come back by itself");
    }

    private static LineNotice notice(LineState state, String locale, String zone) {
        var since = Instant.parse("2026-11-23T12:05:00Z");
        var line = new Line(
                CLINIC,
                "Recepción",
                LineEngineKind.LINKED_DEVICE,
                true,
                true,
                null,
                state,
                "network",
                since,
                null,
                "+5491150000000",
                null,
                null,
                null,
                since,
                true,
                0,
                null,
                null,
                0);
        var clinic = new OrganizationProfile(CLINIC, "Clínica Norte", "AR", ZoneId.of(zone), locale);
        return LineNotice.of(line, clinic, "https://consola.example/c/norte");
    }
}
