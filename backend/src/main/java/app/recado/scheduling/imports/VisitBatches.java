package app.recado.scheduling.imports;

import app.recado.patients.ImportKind.Done;
import app.recado.patients.ImportKind.Row;
import app.recado.patients.ImportRowOutcome;
import app.recado.patients.PatientLookup;
import app.recado.patients.RowHash;
import app.recado.scheduling.AppointmentBooked;
import app.recado.scheduling.AppointmentStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Takes visits of one file over, some at a time: whose they are, which are there already, which have a place, and what their
 * patients are told. Of past ones nobody is told anything.
 */
final class VisitBatches {

    private final ImportedVisits visits;
    private final PatientLookup patients;
    private final ApplicationEventPublisher events;
    private final ImportNotices notices;
    private final boolean crowded;

    /** What rows of this file occupy. */
    private final FileAgenda agenda = new FileAgenda();

    /** Hashes of the other system's names of visits, of all rows so far. */
    private final Set<Long> named = new HashSet<>();

    /** Hashes of who, with whom and when, of all rows so far. */
    private final Set<Long> seen = new HashSet<>();

    /** @param crowded whether a visit to come whose time is taken is overbooked rather than refused */
    VisitBatches(
            ImportedVisits visits,
            PatientLookup patients,
            ApplicationEventPublisher events,
            ImportNotices notices,
            boolean crowded) {
        this.visits = visits;
        this.patients = patients;
        this.events = events;
        this.notices = notices;
        this.crowded = crowded;
    }

    /** Says that an earlier row is the same visit, by the other system's name of it. */
    Row unlessRepeated(Row row) {
        return row.record() instanceof ReadVisit visit
                        && visit.externalId() != null
                        && !named.add(RowHash.of(visit.externalId()))
                ? row.refused(-1, "repeated")
                : row;
    }

    /**
     * Tries visits, or takes them over, inside a transaction.
     *
     * @param commit false to try
     * @param by the account that imports
     * @return one for each, in any order
     */
    List<Done> take(List<Row> rows, boolean commit, String by) {
        var done = new ArrayList<Done>();
        rows.stream().filter(row -> row.record() == null).forEach(row -> done.add(new Done(row, bad(row), null)));
        var known = whose(rows.stream().filter(row -> row.record() != null).toList(), done);
        var placed = placed(missing(known, done), done);
        var ids = commit ? visits.add(placed.stream().map(Found::placed).toList(), by) : List.<UUID>of();
        for (int i = 0; i < placed.size(); i++) {
            var id = commit ? ids.get(i) : null;
            done.add(new Done(placed.get(i).row(), ImportRowOutcome.CREATED, id));
            if (id != null) {
                tell(id, placed.get(i).visit());
            }
        }
        return done;
    }

    private static ImportRowOutcome bad(Row row) {
        return row.problems().getFirst().code().equals("repeated")
                ? ImportRowOutcome.ALREADY_THERE
                : ImportRowOutcome.REFUSED;
    }

    /** A row whose patient is known. */
    private record Found(
            Row row,
            ReadVisit visit,
            UUID patient,
            @Nullable Integer seat,
            boolean overbooked) {

        ImportedVisits.Placed placed() {
            return new ImportedVisits.Placed(visit, patient, seat, overbooked);
        }

        String key() {
            return "%s/%s/%s".formatted(patient, visit.practitionerId(), visit.start());
        }
    }

    private static ReadVisit visit(Row row) {
        return (ReadVisit) Objects.requireNonNull(row.record());
    }

    private List<Found> whose(List<Row> rows, List<Done> done) {
        var found = patients.find(rows.stream().map(row -> visit(row).patient()).toList());
        var known = new ArrayList<Found>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var patient = found.get(i).patient();
            if (patient == null) {
                var code = found.get(i).several() ? "patient-ambiguous" : "patient-unknown";
                done.add(new Done(row.refused(visit(row).patientColumn(), code), ImportRowOutcome.REFUSED, null));
            } else {
                known.add(new Found(row, visit(row), patient, null, false));
            }
        }
        return known;
    }

    private List<Found> missing(List<Found> known, List<Done> done) {
        var there = visits.byExternalId(known.stream()
                .map(one -> one.visit().externalId())
                .filter(Objects::nonNull)
                .toList());
        var same = visits.same(
                known.stream().map(Found::visit).toList(),
                known.stream().map(Found::patient).toList());
        var fresh = new ArrayList<Found>();
        for (int i = 0; i < known.size(); i++) {
            var one = known.get(i);
            var existing = there.getOrDefault(String.valueOf(one.visit().externalId()), same.get(i));
            if (existing != null) {
                done.add(new Done(one.row(), ImportRowOutcome.ALREADY_THERE, existing));
            } else if (!seen.add(RowHash.of(one.key()))) {
                done.add(new Done(one.row().refused(-1, "repeated"), ImportRowOutcome.ALREADY_THERE, null));
            } else {
                fresh.add(one);
            }
        }
        return fresh;
    }

    /** Those that have a place. A past visit took place, whatever else the file says of that hour. */
    private List<Found> placed(List<Found> fresh, List<Done> done) {
        var met = visits.met(fresh.stream().map(Found::visit).toList());
        var placed = new ArrayList<Found>();
        for (int i = 0; i < fresh.size(); i++) {
            var one = fresh.get(i);
            var there = met.getOrDefault(i, ImportedVisits.Met.NOBODY);
            var visit = one.visit().isOfGroup() ? one.visit().whereTheGroupIs(there.room()) : one.visit();
            var place = there.inTheWay() ? null : agenda.occupy(visit, there.seats());
            if (place != null && place.free()) {
                placed.add(new Found(one.row(), visit, one.patient(), place.seat(), false));
            } else if (visit.past() || crowded) {
                placed.add(new Found(one.row(), visit, one.patient(), null, true));
            } else {
                done.add(new Done(one.row().refused(visit.timeColumn(), "slot-taken"), ImportRowOutcome.REFUSED, null));
            }
        }
        return placed;
    }

    private void tell(UUID id, ReadVisit visit) {
        if (!visit.past() && visit.status() == AppointmentStatus.BOOKED && notices != ImportNotices.NONE) {
            events.publishEvent(new AppointmentBooked(id, notices == ImportNotices.REMINDERS));
        }
    }
}
