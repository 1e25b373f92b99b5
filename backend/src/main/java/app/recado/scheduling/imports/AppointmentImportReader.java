package app.recado.scheduling.imports;

import app.recado.kernel.Phones;
import app.recado.kernel.PlainText;
import app.recado.kernel.SearchText;
import app.recado.organizations.OrganizationProfile;
import app.recado.patients.ImportKind;
import app.recado.patients.PatientLookup;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierKind;
import app.recado.patients.identifiers.IdentifierReading;
import app.recado.patients.tables.TableFile;
import app.recado.patients.tables.WrittenTimes;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.imports.ClinicDirectory.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of a file of visits, each for itself; whom and whether the time is free is for {@link ImportedVisits} to say. */
final class AppointmentImportReader {

    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_ID = 100;
    private static final Duration LONGEST = Duration.ofHours(8);

    /** Visits before are no visits but typing errors, and so are those that far ahead. */
    private static final int YEARS_BACK = 30;

    private static final int YEARS_AHEAD = 2;
    private static final int LAST_YEAR_OF_TWO_DIGITS = 2099;

    private static final Map<String, AppointmentStatus> STATUSES = Map.ofEntries(
            Map.entry("booked", AppointmentStatus.BOOKED),
            Map.entry("reservado", AppointmentStatus.BOOKED),
            Map.entry("reservada", AppointmentStatus.BOOKED),
            Map.entry("confirmado", AppointmentStatus.BOOKED),
            Map.entry("confirmada", AppointmentStatus.BOOKED),
            Map.entry("confirmed", AppointmentStatus.BOOKED),
            Map.entry("pendiente", AppointmentStatus.BOOKED),
            Map.entry("pendente", AppointmentStatus.BOOKED),
            Map.entry("pending", AppointmentStatus.BOOKED),
            Map.entry("programado", AppointmentStatus.BOOKED),
            Map.entry("programada", AppointmentStatus.BOOKED),
            Map.entry("agendado", AppointmentStatus.BOOKED),
            Map.entry("agendada", AppointmentStatus.BOOKED),
            Map.entry("scheduled", AppointmentStatus.BOOKED),
            Map.entry("sin respuesta", AppointmentStatus.BOOKED),
            Map.entry("fulfilled", AppointmentStatus.FULFILLED),
            Map.entry("completed", AppointmentStatus.FULFILLED),
            Map.entry("completado", AppointmentStatus.FULFILLED),
            Map.entry("completada", AppointmentStatus.FULFILLED),
            Map.entry("atendido", AppointmentStatus.FULFILLED),
            Map.entry("atendida", AppointmentStatus.FULFILLED),
            Map.entry("asistio", AppointmentStatus.FULFILLED),
            Map.entry("realizado", AppointmentStatus.FULFILLED),
            Map.entry("realizada", AppointmentStatus.FULFILLED),
            Map.entry("seen", AppointmentStatus.FULFILLED),
            Map.entry("attended", AppointmentStatus.FULFILLED),
            Map.entry("noshow", AppointmentStatus.NOSHOW),
            Map.entry("no show", AppointmentStatus.NOSHOW),
            Map.entry("no asistio", AppointmentStatus.NOSHOW),
            Map.entry("ausente", AppointmentStatus.NOSHOW),
            Map.entry("faltou", AppointmentStatus.NOSHOW),
            Map.entry("nao compareceu", AppointmentStatus.NOSHOW),
            Map.entry("missed", AppointmentStatus.NOSHOW),
            Map.entry("cancelled", AppointmentStatus.CANCELLED),
            Map.entry("canceled", AppointmentStatus.CANCELLED),
            Map.entry("cancelado", AppointmentStatus.CANCELLED),
            Map.entry("cancelada", AppointmentStatus.CANCELLED),
            Map.entry("anulado", AppointmentStatus.CANCELLED),
            Map.entry("anulada", AppointmentStatus.CANCELLED));

    private final List<AppointmentImportField> fields;
    private final boolean monthFirst;
    private final PastStatus pastStatus;
    private final ClinicDirectory.Loaded clinic;
    private final OrganizationProfile profile;
    private final Instant now;

    AppointmentImportReader(
            List<AppointmentImportField> fields,
            boolean monthFirst,
            PastStatus pastStatus,
            ClinicDirectory.Loaded clinic,
            OrganizationProfile profile,
            Instant now) {
        this.fields = fields;
        this.monthFirst = monthFirst;
        this.pastStatus = pastStatus;
        this.clinic = clinic;
        this.profile = profile;
        this.now = now;
    }

    /** What a word of another system says of a visit; empty for a word that says nothing. */
    static Optional<AppointmentStatus> statusOf(String text) {
        return Optional.ofNullable(STATUSES.get(SearchText.normalise(text)));
    }

    /** Reads a row whole; every problem of it is told. */
    ImportKind.Row read(TableFile.Row row) {
        return new Reading(row).result();
    }

    /** The reading of one row. */
    private final class Reading {

        private final TableFile.Row row;
        private final Map<AppointmentImportField, Integer> columns = new EnumMap<>(AppointmentImportField.class);
        private final List<ImportKind.RowProblem> problems = new ArrayList<>();

        Reading(TableFile.Row row) {
            this.row = row;
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i) != AppointmentImportField.IGNORE) {
                    int column = i;
                    var trouble = row.trouble(column);
                    trouble.ifPresent(code -> problem(column, code));
                    if (trouble.isEmpty()
                            && !PlainText.oneLine(row.cell(column)).isEmpty()) {
                        columns.put(fields.get(i), column);
                    }
                }
            }
            for (int i = fields.size(); i < row.cells().size(); i++) {
                if (!row.cell(i).isEmpty()) {
                    problem(-1, "too-many-cells");
                    break;
                }
            }
        }

        private void problem(int column, String code) {
            problems.add(new ImportKind.RowProblem(column, code));
        }

        private @Nullable String text(AppointmentImportField field) {
            var column = columns.get(field);
            return column == null ? null : PlainText.oneLine(row.cell(column));
        }

        /** Where a field stands, also when the row leaves it empty; -1 for one that the file does not have. */
        private int columnOf(AppointmentImportField field) {
            return fields.indexOf(field);
        }

        private void refuse(AppointmentImportField field, String code) {
            problem(columnOf(field), code);
        }

        ImportKind.Row result() {
            var patient = patient();
            var practitioner =
                    one(AppointmentImportField.PRACTITIONER, clinic.practitioners(), "practitioner-unknown", true);
            var service = one(AppointmentImportField.SERVICE, clinic.services(), "service-unknown", true);
            var location = columns.containsKey(AppointmentImportField.LOCATION)
                    ? one(AppointmentImportField.LOCATION, clinic.locations(), "location-unknown", false)
                    : clinic.mainLocation();
            var room = one(AppointmentImportField.ROOM, clinic.rooms(), "room-unknown", false);
            var zone = location == null ? clinic.zone() : location.zone();
            var local = start();
            // An hour that clocks skip is later by as much as they skip, one that they repeat is the first: as in a
            // series.
            var start = local == null ? null : local.atZone(zone).toInstant();
            var end = local == null ? null : end(local, service, zone);
            if (start != null && end != null) {
                check(start, end);
            }
            var status = start == null ? AppointmentStatus.BOOKED : status(start);
            var note = limited(AppointmentImportField.NOTE, LONGEST_NOTE);
            var external = limited(AppointmentImportField.EXTERNAL_ID, LONGEST_ID);
            if (!problems.isEmpty() || practitioner == null || service == null || start == null || end == null) {
                return new ImportKind.Row(row.number(), null, List.copyOf(problems));
            }
            return new ImportKind.Row(
                    row.number(),
                    new ReadVisit(
                            patient,
                            patientColumn(),
                            timeColumn(),
                            practitioner.id(),
                            service.id(),
                            service.capacity(),
                            location == null ? null : location.id(),
                            room == null ? null : room.id(),
                            start,
                            end,
                            Objects.requireNonNull(local),
                            zone,
                            status,
                            !start.isAfter(now),
                            note,
                            external),
                    List.of());
        }

        private int patientColumn() {
            return List.of(
                            AppointmentImportField.PATIENT_IDENTIFIER,
                            AppointmentImportField.PATIENT_PHONE,
                            AppointmentImportField.PATIENT_NAME)
                    .stream()
                    .filter(columns::containsKey)
                    .map(this::columnOf)
                    .findFirst()
                    .orElse(-1);
        }

        private int timeColumn() {
            return columns.containsKey(AppointmentImportField.START)
                    ? columnOf(AppointmentImportField.START)
                    : columnOf(AppointmentImportField.TIME);
        }

        private PatientLookup.Wanted patient() {
            var name = text(AppointmentImportField.PATIENT_NAME);
            var wanted = new PatientLookup.Wanted(
                    null, identifier(), phone(), name == null ? null : name.replace(',', ' '), birthDate());
            if (patientColumn() < 0 && problems.isEmpty()) {
                problem(-1, "patient-missing");
            }
            return wanted;
        }

        private @Nullable Identifier identifier() {
            var typed = text(AppointmentImportField.PATIENT_IDENTIFIER);
            if (typed == null) {
                return null;
            }
            var kind = IdentifierKind.ofCountry(profile.country()).orElse(IdentifierKind.PASSPORT);
            return switch (Identifier.read(kind, typed)) {
                case Identifier identifier -> identifier;
                case IdentifierReading.Trouble trouble -> {
                    refuse(AppointmentImportField.PATIENT_IDENTIFIER, trouble.code());
                    yield null;
                }
            };
        }

        private @Nullable String phone() {
            var typed = text(AppointmentImportField.PATIENT_PHONE);
            if (typed == null) {
                return null;
            }
            return switch (Phones.read(typed, profile.country())) {
                case Phones.Phone phone -> phone.e164();
                case Phones.Trouble trouble -> {
                    refuse(AppointmentImportField.PATIENT_PHONE, trouble.code());
                    yield null;
                }
            };
        }

        private @Nullable LocalDate birthDate() {
            var text = text(AppointmentImportField.PATIENT_BIRTH_DATE);
            if (text == null) {
                return null;
            }
            var date = WrittenTimes.date(
                    text, monthFirst, now.atZone(clinic.zone()).getYear());
            if (date == null) {
                refuse(AppointmentImportField.PATIENT_BIRTH_DATE, "date-unreadable");
            }
            return date;
        }

        /** @param needed when nothing is said, it is the only one that there is, or something is wrong */
        private @Nullable Named one(AppointmentImportField field, List<Named> all, String unknown, boolean needed) {
            var name = text(field);
            if (name == null) {
                var only = needed ? ClinicDirectory.only(all) : Optional.<Named>empty();
                if (needed && only.isEmpty()) {
                    refuse(field, "required");
                }
                return only.orElse(null);
            }
            var found = ClinicDirectory.named(all, name);
            if (found.isEmpty()) {
                refuse(field, unknown);
            }
            return found.orElse(null);
        }

        private @Nullable LocalDateTime start() {
            var both = text(AppointmentImportField.START);
            if (both != null) {
                return moment(AppointmentImportField.START, both);
            }
            var day = text(AppointmentImportField.DATE);
            var hour = text(AppointmentImportField.TIME);
            if (day == null || hour == null) {
                problem(columnOf(day == null ? AppointmentImportField.DATE : AppointmentImportField.TIME), "required");
                return null;
            }
            var date = WrittenTimes.date(day, monthFirst, LAST_YEAR_OF_TWO_DIGITS);
            var time = WrittenTimes.time(hour);
            if (date == null) {
                refuse(AppointmentImportField.DATE, "date-unreadable");
            }
            if (time == null) {
                refuse(AppointmentImportField.TIME, "time-unreadable");
            }
            return date == null || time == null ? null : date.atTime(time);
        }

        private @Nullable LocalDateTime moment(AppointmentImportField field, String text) {
            int gap = Math.max(text.indexOf('T'), text.indexOf(' '));
            var date = WrittenTimes.date(gap < 0 ? text : text.substring(0, gap), monthFirst, LAST_YEAR_OF_TWO_DIGITS);
            var time = gap < 0 ? null : WrittenTimes.time(text.substring(gap + 1));
            if (date == null || time == null) {
                refuse(field, date == null ? "date-unreadable" : "time-unreadable");
                return null;
            }
            return date.atTime(time);
        }

        private @Nullable Instant end(LocalDateTime start, @Nullable Named service, java.time.ZoneId zone) {
            var text = text(AppointmentImportField.END);
            if (text != null) {
                var hour = WrittenTimes.time(text);
                var local = hour != null ? endOn(start, hour) : moment(AppointmentImportField.END, text);
                return local == null ? null : local.atZone(zone).toInstant();
            }
            var minutes = text(AppointmentImportField.DURATION);
            if (minutes != null && !minutes.matches("\\d{1,3}")) {
                refuse(AppointmentImportField.DURATION, "invalid-format");
                return null;
            }
            if (minutes == null && service == null) {
                return null;
            }
            var length = minutes == null ? Objects.requireNonNull(service).minutes() : Integer.parseInt(minutes);
            return start.atZone(zone).toInstant().plus(Duration.ofMinutes(length));
        }

        /** Midnight ends the day. */
        private LocalDateTime endOn(LocalDateTime start, LocalTime hour) {
            return start.toLocalDate()
                    .plusDays(hour.equals(LocalTime.MIDNIGHT) ? 1 : 0)
                    .atTime(hour);
        }

        private void check(Instant start, Instant end) {
            var field = columns.containsKey(AppointmentImportField.END)
                    ? AppointmentImportField.END
                    : AppointmentImportField.DURATION;
            if (!end.isAfter(start)) {
                refuse(field, "ends-before-start");
            } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
                refuse(field, "out-of-range");
            }
            var year = start.atZone(clinic.zone()).getYear()
                    - now.atZone(clinic.zone()).getYear();
            if (year < -YEARS_BACK || year > YEARS_AHEAD) {
                problem(timeColumn(), "out-of-range");
            }
        }

        private AppointmentStatus status(Instant start) {
            boolean past = !start.isAfter(now);
            var text = text(AppointmentImportField.STATUS);
            if (text == null) {
                return past ? pastStatus.status() : AppointmentStatus.BOOKED;
            }
            var read = statusOf(text);
            if (read.isEmpty()) {
                refuse(AppointmentImportField.STATUS, "unknown-value");
                return AppointmentStatus.BOOKED;
            }
            var known = read.get();
            if (past && known == AppointmentStatus.BOOKED) {
                return pastStatus.status();
            }
            if (!past && (known == AppointmentStatus.FULFILLED || known == AppointmentStatus.NOSHOW)) {
                refuse(AppointmentImportField.STATUS, "not-yet");
            }
            return known;
        }

        private @Nullable String limited(AppointmentImportField field, int longest) {
            var text = text(field);
            if (text != null && text.length() > longest) {
                refuse(field, "too-long");
            }
            return text;
        }
    }
}
