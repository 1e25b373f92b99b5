package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of an appointment against the table in which the product describes it, pair by pair. */
class AppointmentLifeTest {

    private static final Map<String, Set<String>> DESCRIBED = Map.of(
            "proposed", Set.of("pending", "booked", "waitlist", "cancelled"),
            "waitlist", Set.of("pending", "cancelled"),
            "pending", Set.of("booked", "waitlist", "cancelled"),
            "booked", Set.of("arrived", "checked-in", "noshow", "cancelled"),
            "arrived", Set.of("checked-in", "fulfilled", "cancelled"),
            "checked-in", Set.of("fulfilled", "cancelled"),
            "noshow", Set.of("arrived"));

    static Stream<AppointmentStatus[]> everyPair() {
        return Arrays.stream(AppointmentStatus.values())
                .flatMap(from ->
                        Arrays.stream(AppointmentStatus.values()).map(to -> new AppointmentStatus[] {from, to}));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void one_status_follows_another_only_where_the_product_says_so(AppointmentStatus from, AppointmentStatus to) {
        boolean described = DESCRIBED.getOrDefault(from.wireName(), Set.of()).contains(to.wireName());
        boolean correction = to == AppointmentStatus.ENTERED_IN_ERROR && from != to;
        assertThat(from.canBecome(to)).isEqualTo(described || correction);
    }

    @ParameterizedTest
    @EnumSource
    void a_status_is_written_and_read_alike(AppointmentStatus status) {
        assertThat(AppointmentStatus.of(status.wireName())).isEqualTo(status);
    }

    @Test
    void a_visit_holds_its_slot_from_the_offer_until_it_is_over_or_off() {
        assertThat(Arrays.stream(AppointmentStatus.values())
                        .filter(AppointmentStatus::blocksTheSlot)
                        .map(AppointmentStatus::wireName))
                .containsExactly("pending", "booked", "arrived", "checked-in", "fulfilled");
    }
}
