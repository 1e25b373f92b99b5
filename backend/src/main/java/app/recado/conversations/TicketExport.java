package app.recado.conversations;

import app.recado.kernel.tables.TableFormat;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tickets as a file that spreadsheets open, newest first, written while they are read. */
@Component
class TicketExport {

    private static final String SHEET = "Recado";
    private static final int AT_ONCE = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final Map<String, List<String>> HEADERS = Map.of(
            "es",
            List.of(
                    "Número",
                    "Abierto",
                    "Categoría",
                    "Estado",
                    "Quién",
                    "Teléfono",
                    "A cargo",
                    "Primera respuesta",
                    "Cerrado"),
            "en",
            List.of("Number", "Opened", "Category", "State", "Who", "Phone", "Assignee", "First answer", "Closed"),
            "pt-BR",
            List.of(
                    "Número",
                    "Aberto",
                    "Categoria",
                    "Estado",
                    "Quem",
                    "Telefone",
                    "Responsável",
                    "Primeira resposta",
                    "Fechado"));

    private final TicketViews views;
    private final OrganizationProfiles organizations;

    TicketExport(TicketViews views, OrganizationProfiles organizations) {
        this.views = views;
        this.organizations = organizations;
    }

    /** Times are of the clinic's clock; what nobody knows is empty. */
    void write(TicketViews.Filter filter, OrganizationProfile clinic, TableFormat format, OutputStream to)
            throws IOException {
        try (var table = format.open(to, SHEET)) {
            table.row(Objects.requireNonNull(HEADERS.getOrDefault(clinic.locale(), HEADERS.get("es"))));
            String cursor = null;
            do {
                var page = views.list(filter, AT_ONCE, cursor);
                for (var ticket : page.items()) {
                    table.row(record(ticket, clinic.timeZone()));
                }
                cursor = page.nextCursor();
            } while (cursor != null);
        }
    }

    OrganizationProfile clinic() {
        return organizations.current();
    }

    private static List<String> record(TicketView ticket, ZoneId zone) {
        var names = ticket.patients().stream()
                .map(ConversationView.PatientRef::displayName)
                .toList();
        return List.of(
                String.valueOf(ticket.number()),
                time(ticket.openedAt(), zone),
                ticket.category() == null ? "" : ticket.category().wireName(),
                ticket.state().wireName(),
                names.isEmpty() ? Objects.requireNonNullElse(ticket.contact().name(), "") : String.join(", ", names),
                Objects.requireNonNullElse(ticket.contact().phone(), ""),
                Objects.requireNonNullElse(ticket.assignee(), ""),
                time(ticket.firstAnsweredAt(), zone),
                time(ticket.closedAt(), zone));
    }

    private static String time(@Nullable Instant at, ZoneId zone) {
        return at == null ? "" : TIME.format(at.atZone(zone));
    }
}
