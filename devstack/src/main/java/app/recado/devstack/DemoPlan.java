package app.recado.devstack;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which visits a demo clinic has on a day: the same ones at every start, whatever the other days are. The patients take
 * turns, so that within any six days nobody is booked twice and an answer on WhatsApp is about one visit; newcomers are
 * never booked.
 */
final class DemoPlan {
    /** Days from today on that are booked, today included; {@link #A_DAY} times this many people are never more than there are. */
    static final int DAYS_BOOKED = 6;

    private static final int A_DAY = 14;
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime LUNCH = LocalTime.of(13, 0);
    private static final LocalTime BACK = LocalTime.of(14, 0);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);
    private static final int STEP = 15;

    /** The clinic's hours as its API takes them: these are the hours that the visits keep to. */
    static Map<String, Object> schedule(LocalDate validFrom) {
        var hours = new ArrayList<Map<String, String>>();
        for (var day : List.of("mon", "tue", "wed", "thu", "fri", "sat")) {
            hours.add(Map.of("day", day, "from", OPENS.toString(), "until", LUNCH.toString()));
            if (!day.equals("sat")) {
                hours.add(Map.of("day", day, "from", BACK.toString(), "until", CLOSES.toString()));
            }
        }
        return Map.of("validFrom", validFrom.toString(), "hours", hours);
    }

    private final DemoClinic clinic;

    DemoPlan(DemoClinic clinic) {
        this.clinic = clinic;
    }

    /**
     * @param start wall-clock time at the clinic
     * @param fate 0 to 99: what became of the visit, or what its patient has answered
     */
    record Visit(
            LocalDateTime start,
            DemoClinic.Practitioner practitioner,
            DemoClinic.Service service,
            DemoClinic.Patient patient,
            int fate) {

        LocalDateTime end() {
            return start.plusMinutes(service.durationMinutes());
        }
    }

    /** The visits of a day, in the order of the clock. Saturdays end at lunch; Sundays are like other days for who asks. */
    List<Visit> of(LocalDate day) {
        var turn = Math.floorMod(day.toEpochDay() * A_DAY, clinic.patients().size());
        var comers = new ArrayList<DemoClinic.Patient>();
        for (int place = 0; place < A_DAY; place++) {
            comers.add(clinic.patients().get((turn + place) % clinic.patients().size()));
        }
        var visits = new ArrayList<Visit>();
        for (var practitioner : clinic.practitioners()) {
            var theirs = comers.stream()
                    .filter(patient -> practitioner.displayName().equals(patient.practitioner()))
                    .toList();
            visits.addAll(dayOf(practitioner, day, theirs));
        }
        visits.sort(Comparator.comparing(Visit::start));
        return visits;
    }

    /** One after the other from the morning on, with pauses that leave room for everybody who still comes. */
    private List<Visit> dayOf(DemoClinic.Practitioner practitioner, LocalDate day, List<DemoClinic.Patient> patients) {
        var dice = new Random((clinic.alias() + practitioner.displayName() + day).hashCode());
        var offered = clinic.services().stream()
                .filter(service -> practitioner.services().contains(service.name()))
                .toList();
        var closes = day.getDayOfWeek() == DayOfWeek.SATURDAY ? LUNCH : CLOSES;
        var services = patients.stream()
                .map(patient -> offered.get(dice.nextInt(offered.size())))
                .toList();
        var open = Duration.between(OPENS, closes).toMinutes() - (closes.equals(CLOSES) ? 60 : 0);
        var slack = open
                - services.stream()
                        .mapToInt(DemoClinic.Service::durationMinutes)
                        .sum();
        var visits = new ArrayList<Visit>();
        var time = OPENS;
        for (int place = 0; place < patients.size(); place++) {
            var service = services.get(place);
            var pause = Math.max(
                    0, dice.nextInt((int) Math.max(1, 2 * slack / (patients.size() - place + 1))) / STEP * STEP);
            slack -= pause;
            time = time.plusMinutes(pause);
            if (time.isBefore(BACK)
                    && time.plusMinutes(service.durationMinutes()).isAfter(LUNCH)) {
                time = BACK;
            }
            var fate = dice.nextInt(100);
            if (time.plusMinutes(service.durationMinutes()).isAfter(closes)) {
                break;
            }
            visits.add(new Visit(day.atTime(time), practitioner, service, patients.get(place), fate));
            time = time.plusMinutes((service.durationMinutes() + 4) / 5 * 5L);
        }
        return visits;
    }
}
