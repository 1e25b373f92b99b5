package app.recado.scheduling;

import app.recado.customfields.CustomField;
import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValue;
import app.recado.customfields.FieldSubject;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.kernel.tables.TableFormat;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The visits of some days as a file that spreadsheets open. Written while it is read, a few visits a transaction, so that
 * neither memory nor a slow reader holds anything.
 */
@Component
class AppointmentExport {

    private static final String SHEET = "Recado";
    private static final int AT_ONCE = 500;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private static final Map<String, List<String>> HEADERS = Map.of(
            "es",
            List.of(
                    "Fecha",
                    "Desde",
                    "Hasta",
                    "Paciente",
                    "Teléfono",
                    "Profesional",
                    "Servicio",
                    "Sede",
                    "Sala",
                    "Cobertura",
                    "Estado",
                    "Respuesta",
                    "Origen",
                    "Motivo de cancelación",
                    "Nota"),
            "en",
            List.of(
                    "Date",
                    "From",
                    "Until",
                    "Patient",
                    "Phone",
                    "Practitioner",
                    "Service",
                    "Location",
                    "Room",
                    "Insurance",
                    "Status",
                    "Answer",
                    "Source",
                    "Cancellation reason",
                    "Note"),
            "pt-BR",
            List.of(
                    "Data",
                    "De",
                    "Até",
                    "Paciente",
                    "Telefone",
                    "Profissional",
                    "Serviço",
                    "Unidade",
                    "Sala",
                    "Convênio",
                    "Situação",
                    "Resposta",
                    "Origem",
                    "Motivo do cancelamento",
                    "Nota"));

    private final Agenda agenda;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final CustomFields fields;

    AppointmentExport(
            Agenda agenda,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            CustomFields fields) {
        this.agenda = agenda;
        this.organizations = organizations;
        this.transaction = transaction;
        this.events = events;
        this.fields = fields;
    }

    /** What is exported: of which clinic, from one moment until another, and the clinic's own fields that are in use. */
    record Begun(OrganizationProfile clinic, Instant from, Instant until, List<CustomField> fields) {}

    /**
     * Says that somebody exports, before anything is read.
     *
     * @param from first day of the clinic
     * @param to the day after the last
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter} for days out of order
     */
    Begun begin(LocalDate from, LocalDate to) {
        if (!from.isBefore(to)) {
            throw Problem.INVALID_PARAMETER.because("to is after from");
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            events.publishEvent(new AppointmentsExported(Caller.current().subject()));
            var clinic = organizations.current();
            return new Begun(
                    clinic,
                    from.atStartOfDay(clinic.timeZone()).toInstant(),
                    to.atStartOfDay(clinic.timeZone()).toInstant(),
                    fields.inUse(FieldSubject.APPOINTMENT));
        }));
    }

    /** Writes every visit that begins in that time, cancelled ones too and of restricted patients none, in the order in which they begin. */
    void write(Begun begun, TableFormat format, OutputStream to) throws IOException {
        try (var table = format.open(to, SHEET)) {
            table.row(header(begun));
            var start = begun.from();
            var after = new UUID(0, 0);
            while (true) {
                var some = next(start, after, begun.until());
                for (var visit : some) {
                    if (!visit.patient().restricted()) {
                        table.row(record(visit, begun.fields()));
                    }
                }
                if (some.size() < AT_ONCE) {
                    return;
                }
                start = some.getLast().start();
                after = some.getLast().id();
            }
        }
    }

    private List<AppointmentView> next(Instant start, UUID after, Instant until) {
        return Objects.requireNonNull(transaction.execute(status -> agenda.after(start, after, until, AT_ONCE)));
    }

    private static List<String> header(Begun begun) {
        var header = new ArrayList<>(
                Objects.requireNonNull(HEADERS.get(begun.clinic().locale())));
        begun.fields().forEach(field -> header.add(field.label()));
        return header;
    }

    private static List<String> record(AppointmentView visit, List<CustomField> fields) {
        var cells = new ArrayList<>(record(visit));
        for (var field : fields) {
            cells.add(visit.customFields().stream()
                    .filter(one -> one.key().equals(field.key()))
                    .map(CustomValue::value)
                    .findFirst()
                    .orElse(""));
        }
        return cells;
    }

    private static List<String> record(AppointmentView visit) {
        var zone = ZoneId.of(visit.timeZone());
        var start = visit.start().atZone(zone);
        return List.of(
                start.toLocalDate().toString(),
                start.format(TIME),
                visit.end().atZone(zone).format(TIME),
                visit.patient().displayName(),
                text(visit.patient().phone()),
                visit.practitioner().displayName(),
                visit.healthcareService().name(),
                visit.location() == null ? "" : visit.location().name(),
                visit.room() == null ? "" : visit.room().name(),
                visit.insurance() == null ? "" : visit.insurance().name(),
                visit.status().wireName(),
                visit.participation().wireName(),
                visit.source().wireName(),
                text(visit.cancellationReason()),
                text(visit.note()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
