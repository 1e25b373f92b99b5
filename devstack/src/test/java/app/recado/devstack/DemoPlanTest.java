package app.recado.devstack;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo is a week a clinic could have had, whatever day it is started on. */
class DemoPlanTest {
    private static final LocalDate A_MONDAY = LocalDate.of(2026, 11, 30);

    static List<DemoClinic> clinics() {
        return DemoClinic.all();
    }

    @ParameterizedTest
    @MethodSource("clinics")
    void a_phone_that_answers_is_asked_about_one_visit_and_a_household_about_two(DemoClinic clinic) {
        for (var start : everyWeekday()) {
            var asked = booked(clinic, start).stream()
                    .map(visit -> visit.patient().phone())
                    .filter(Objects::nonNull)
                    .collect(groupingBy(Function.identity(), counting()));
            var shared = clinic.patients().stream()
                    .map(DemoClinic.Patient::phone)
                    .filter(Objects::nonNull)
                    .collect(groupingBy(Function.identity(), counting()));
            assertThat(asked).allSatisfy((phone, visits) -> assertThat(visits).isLessThanOrEqualTo(shared.get(phone)));
            assertThat(shared.values()).allMatch(people -> people <= 2);
        }
    }

    @ParameterizedTest
    @MethodSource("clinics")
    void nobody_is_in_two_places_at_once(DemoClinic clinic) {
        for (var start : everyWeekday()) {
            var visits = booked(clinic, start);
            for (var one : visits) {
                assertThat(visits)
                        .noneMatch(other -> other != one
                                && (other.practitioner().equals(one.practitioner())
                                        || other.patient().equals(one.patient()))
                                && other.start().isBefore(one.end())
                                && one.start().isBefore(other.end()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clinics")
    void everybody_works_from_eight_to_six_with_an_hour_for_lunch_and_on_saturdays_until_one(DemoClinic clinic) {
        for (var visit : booked(clinic, A_MONDAY)) {
            var from = visit.start().toLocalTime();
            var to = visit.end().toLocalTime();
            assertThat(from).isAfterOrEqualTo(LocalTime.of(8, 0));
            var morning = !to.isAfter(LocalTime.of(13, 0));
            var afternoon = !from.isBefore(LocalTime.of(14, 0)) && !to.isAfter(LocalTime.of(18, 0));
            var saturday = visit.start().getDayOfWeek() == DayOfWeek.SATURDAY;
            assertThat(morning || (afternoon && !saturday)).as("%s", visit).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("clinics")
    void each_practitioner_has_a_day_worth_looking_at_and_does_what_they_offer(DemoClinic clinic) {
        for (var start : everyWeekday()) {
            var day = new DemoPlan(clinic).of(start);
            assertThat(day).hasSizeBetween(8, 14);
            assertThat(day.stream().map(DemoPlan.Visit::practitioner).distinct())
                    .hasSameSizeAs(clinic.practitioners());
            assertThat(day)
                    .allMatch(visit -> visit.practitioner()
                            .services()
                            .contains(visit.service().name()));
        }
    }

    @ParameterizedTest
    @MethodSource("clinics")
    void newcomers_are_known_and_not_booked(DemoClinic clinic) {
        assertThat(clinic.newcomers()).isNotEmpty().allMatch(patient -> patient.phone() != null);
        assertThat(clinic.everybody().stream().map(DemoClinic.Patient::displayName))
                .doesNotHaveDuplicates();
        assertThat(booked(clinic, A_MONDAY).stream().map(DemoPlan.Visit::patient))
                .doesNotContainAnyElementsOf(clinic.newcomers());
    }

    private static List<LocalDate> everyWeekday() {
        return Stream.iterate(A_MONDAY, day -> day.plusDays(1)).limit(7).toList();
    }

    private static List<DemoPlan.Visit> booked(DemoClinic clinic, LocalDate start) {
        var plan = new DemoPlan(clinic);
        return Stream.iterate(start, day -> day.plusDays(1))
                .limit(DemoPlan.DAYS_BOOKED)
                .flatMap(day -> plan.of(day).stream())
                .toList();
    }
}
