package app.recado.kernel.work;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who works a key when several processes want to. */
@RecadoTest
class LeaseTableTest {

    private static final LeaseTable.Table<UUID> LEASES = new LeaseTable.Table<>(
            "duty", List.of("organization_id", "duty"), key -> List.of(key, "a-duty"), Duration.ofSeconds(20));

    @Autowired
    WorkerDatabase worker;

    @Autowired
    SettableClock clock;

    private final UUID key = UUID.randomUUID();

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private LeaseTable<UUID> process() {
        return new LeaseTable<>(LEASES, worker, clock);
    }

    @Test
    void of_many_processes_that_take_a_lane_at_once_one_gets_it() throws InterruptedException {
        var go = new CountDownLatch(1);
        var winners = new AtomicInteger();
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    var process = process();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    if (process.lease(key)) {
                        winners.incrementAndGet();
                    }
                }))
                .toList();
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(winners).hasValue(1);
    }

    @Test
    void a_lane_is_its_owners_until_the_lease_ends_and_a_late_owner_cannot_give_it_away() {
        var one = process();
        var two = process();
        assertThat(one.lease(key)).isTrue();
        assertThat(one.lease(key)).isFalse();
        clock.advance(Duration.ofSeconds(19));
        assertThat(two.lease(key)).isFalse();
        assertThat(two.keep(key)).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(two.lease(key)).isTrue();
        one.release(key);
        assertThat(one.lease(key)).isFalse();

        assertThat(two.keep(key)).isTrue();
        two.release(key);
        assertThat(one.lease(key)).isTrue();
    }
}
