package app.recado.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FairTurnsTest {

    private final UUID busy = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID third = UUID.randomUUID();
    private final FairTurns turns = new FairTurns(2);

    private UUID turn() throws InterruptedException {
        var chosen = Objects.requireNonNull(turns.next());
        turns.done(chosen, true);
        return chosen;
    }

    @Test
    void whoever_was_served_longest_ago_comes_first_however_much_one_has() throws InterruptedException {
        var order = new ArrayList<UUID>();
        for (int round = 0; round < 4; round++) {
            turns.refill(List.of(busy, other, third));
            order.add(turn());
        }

        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(busy, other, third);
        assertThat(order.get(3)).isEqualTo(order.get(0));
    }

    @Test
    void one_that_becomes_active_has_the_next_turn_but_one() throws InterruptedException {
        turns.refill(List.of(busy, third, UUID.randomUUID(), UUID.randomUUID()));
        turn();
        turns.wakeFor(other);

        assertThat(List.of(turn(), turn())).contains(other);
    }

    @Test
    void one_that_is_active_all_the_time_leaves_every_other_turn_to_the_rest() throws InterruptedException {
        var rest = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        turns.refill(rest);
        var order = new ArrayList<UUID>();
        for (int i = 0; i < 6; i++) {
            turns.wakeFor(busy);
            order.add(turn());
        }

        assertThat(order).containsAll(rest);
        assertThat(order.stream().filter(busy::equals)).hasSize(3);
    }

    @Test
    void an_organization_has_one_turn_at_a_time() throws InterruptedException {
        turns.refill(List.of(busy));
        var first = turns.next();
        turns.wakeFor(busy);
        turns.refill(List.of(busy));

        assertThat(turns.next()).isNull();
        turns.done(Objects.requireNonNull(first), true);
        assertThat(turns.next()).isEqualTo(busy);
    }

    @Test
    void one_whose_turn_came_to_nothing_rests_until_there_is_news_for_it() throws InterruptedException {
        turns.refill(List.of(busy));
        turns.done(Objects.requireNonNull(turns.next()), false);
        turns.refill(List.of(busy));
        assertThat(turns.next()).isNull();

        turns.wakeFor(busy);
        assertThat(turns.next()).isEqualTo(busy);
    }
}
