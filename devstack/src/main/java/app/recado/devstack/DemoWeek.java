package app.recado.devstack;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Books a clinic's days around today and lets them happen: seen, absent, cancelled, confirmed or still silent. Days that
 * have visits already are left alone, so that a start on another day adds only what is missing.
 */
final class DemoWeek {
    private static final int DAYS_BACK = 3;

    /** The API lets a visit be called missed only some time after its end. */
    private static final Duration NO_SHOW_GRACE = Duration.ofHours(1);

    private final DemoClinic clinic;
    private final DemoSeed.Session reception;
    private final String base;
    private final ZoneId zone;
    private final Instant now = Clock.systemUTC().instant();

    DemoWeek(DemoClinic clinic, DemoSeed.Session reception, String base) {
        this.clinic = clinic;
        this.reception = reception;
        this.base = base;
        this.zone = ZoneId.of(clinic.timeZone());
    }

    /** Patients, practitioners and services as the API knows them, by name. */
    void book(Map<String, JsonNode> patients, Map<String, JsonNode> practitioners, Map<String, JsonNode> services) {
        var plan = new DemoPlan(clinic);
        var today = LocalDate.ofInstant(now, zone);
        var holidays = holidays(today);
        for (var day = today.minusDays(DAYS_BACK);
                day.isBefore(today.plusDays(DemoPlan.DAYS_BOOKED));
                day = day.plusDays(1)) {
            // Whoever tries the demo on a Sunday or a holiday shall find a day to look at.
            var open = day.equals(today) || (day.getDayOfWeek() != DayOfWeek.SUNDAY && !holidays.contains(day));
            if (open && isEmpty(day)) {
                plan.of(day)
                        .forEach(visit -> bookVisit(
                                visit,
                                Map.of(
                                        "patientId",
                                        patients.get(visit.patient().displayName()),
                                        "practitionerId",
                                        practitioners.get(visit.practitioner().displayName()),
                                        "healthcareServiceId",
                                        services.get(visit.service().name()))));
            }
        }
    }

    private Set<LocalDate> holidays(LocalDate today) {
        return reception
                .items(base + "/holidays?from=" + today.minusDays(DAYS_BACK) + "&to="
                        + today.plusDays(DemoPlan.DAYS_BOOKED))
                .stream()
                .filter(holiday -> !holiday.get("open").asBoolean())
                .map(holiday -> LocalDate.parse(holiday.get("date").asString()))
                .collect(Collectors.toSet());
    }

    private boolean isEmpty(LocalDate day) {
        return reception
                .items(base + "/appointments?from=" + day + "&to=" + day.plusDays(1) + "&limit=1")
                .isEmpty();
    }

    private void bookVisit(DemoPlan.Visit planned, Map<String, JsonNode> who) {
        var start = planned.start().atZone(zone).toInstant();
        var body = new HashMap<String, Object>();
        who.forEach((field, record) -> body.put(field, record.get("id").asString()));
        body.put("start", start.toString());
        body.put("outsideHours", true); // noted on the visit only where it is so
        var fate = planned.fate();
        var answer = reception.tryCreate(base + "/appointments", start + " " + body.get("practitionerId"), body);
        if (answer.status() == 409) {
            // Somebody booked by hand while the seed ran: theirs stays.
            return;
        }
        var visit = answer.orFail("Booking a demo visit").body();
        if (end(visit).isBefore(now)) {
            past(visit, fate);
        } else if (start.isBefore(now)) {
            act(act(visit, "arrive"), "check-in");
        } else {
            future(visit, fate);
        }
    }

    private void past(JsonNode visit, int fate) {
        if (fate < 78) {
            act(act(act(visit, "arrive"), "check-in"), "fulfill");
        } else if (fate < 90 && end(visit).plus(NO_SHOW_GRACE).isBefore(now)) {
            act(visit, "mark-no-show");
        } else {
            cancel(visit);
        }
    }

    private void future(JsonNode visit, int fate) {
        if (fate < 45) {
            participation(visit, "accepted");
        } else if (fate < 52) {
            participation(visit, "declined");
        } else if (fate < 57) {
            cancel(visit);
        }
    }

    private static Instant end(JsonNode visit) {
        return Instant.parse(visit.get("end").asString());
    }

    private JsonNode act(JsonNode visit, String action) {
        return reception.act(address(visit) + "/" + action, visit, Map.of());
    }

    private void cancel(JsonNode visit) {
        reception.act(address(visit) + "/cancel", visit, Map.of("code", "pat", "reason", reason()));
    }

    private void participation(JsonNode visit, String participation) {
        reception.act(address(visit) + "/participation", visit, Map.of("participation", participation));
    }

    private String reason() {
        return clinic.locale().equals("pt-BR") ? "Avisou por telefone" : "Avisó por teléfono";
    }

    private String address(JsonNode visit) {
        return base + "/appointments/" + visit.get("id").asString();
    }
}
