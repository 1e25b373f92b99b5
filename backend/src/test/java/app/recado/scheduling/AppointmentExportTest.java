package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The visits of some days leave as a file that spreadsheets open and calculate nothing in. */
@RecadoTest
class AppointmentExportTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    AppointmentExport export;

    private Front front() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        var front = Front.of(clinics.open());
        var hostile = front.visitAt("2026-11-25T13:00:00Z");
        hostile.put("note", "=HYPERLINK(\"https://x\")");
        assertThat(front.desk().post("/appointments", hostile).status()).isEqualTo(201);
        var off = front.books("2026-11-24T13:00:00Z");
        front.act(front.desk(), off, "cancel", Map.of("reason", "viaje"));
        front.books("2026-12-01T13:00:00Z");
        return front;
    }

    @Test
    void visits_of_the_days_are_written_in_order_safe_for_spreadsheets_and_for_owners_only() {
        var front = front();
        var owner = front.clinic().owner();
        var days = "/appointments/export?from=2026-11-24&to=2026-12-01";
        var csv = owner.get(days);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("attachment; filename=\"recado-appointments.csv\"");
        var lines = csv.text().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("\ufeffFecha,Desde,Hasta,Paciente,");
        assertThat(lines.get(1))
                .startsWith("2026-11-24,10:00,10:30,Ana Núñez,'+5491123456789,Dra. Gómez,Control,")
                .endsWith(",cancelled,needs-action,desk,viaje,");
        assertThat(lines.get(2)).endsWith("\"'=HYPERLINK(\"\"https://x\"\")\"");
        assertThat(front.desk().get(days).code()).isEqualTo("forbidden");
        assertThat(clinics.open().owner().get(days).text().lines()).hasSize(1);
        assertThat(owner.get("/appointments/export?from=2026-11-24&to=2026-11-24")
                        .code())
                .isEqualTo("invalid-parameter");
        assertThat(owner.get(days + "&format=xlsx").header("Content-Type"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }

    @Test
    void a_workbook_says_the_same_and_its_formulas_are_text() throws IOException {
        var front = front();
        var file = new ByteArrayOutputStream();
        front.clinic().inside(() -> {
            try {
                export.write(
                        new AppointmentExport.Begun(
                                organization(front),
                                Instant.parse("2026-11-24T03:00:00Z"),
                                Instant.parse("2026-12-01T03:00:00Z"),
                                List.of()),
                        app.recado.kernel.tables.TableFormat.XLSX,
                        file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file.toByteArray()))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(3);
            var last = rows.getLast();
            assertThat(last.getCellText(0)).isEqualTo(LocalDate.of(2026, 11, 25).toString());
            assertThat(last.getCellText(14)).isEqualTo("=HYPERLINK(\"https://x\")");
            assertThat(last.stream().filter(cell -> cell != null).map(Cell::getFormula))
                    .allMatch(formula -> formula == null);
            assertThat(List.of(rows.getFirst().getCellText(3), last.getCellText(3)))
                    .containsExactly("Paciente", "Ana Núñez");
        }
    }

    private static app.recado.organizations.OrganizationProfile organization(Front front) {
        return new app.recado.organizations.OrganizationProfile(
                front.clinic().id(), "X", "AR", java.time.ZoneId.of("America/Argentina/Cordoba"), "es");
    }
}
