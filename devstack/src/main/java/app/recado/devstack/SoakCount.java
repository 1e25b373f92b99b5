package app.recado.devstack;

import app.recado.devstack.SoakVisits.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the API and the phones what became of everything. */
final class SoakCount {
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    private final CrashClinic clinic;

    SoakCount(CrashClinic clinic) {
        this.clinic = clinic;
    }

    /** As soon as nothing is on its way any more, or at the end of all patience. */
    SoakVerdict rest(Supplier<List<Visit>> visits, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            var all = visits.get();
            var verdict = look(all);
            if (verdict.settled(all) || System.nanoTime() > end) {
                return verdict;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private SoakVerdict look(List<Visit> visits) {
        var appointments = visits.stream()
                .filter(visit -> visit.appointment != null)
                .map(visit -> get("/appointments/" + visit.appointment))
                .toList();
        var inbox = Waiting.answer(ANSWER, clinic::inbox);
        return new SoakVerdict(pages("/messages"), inbox, pages("/inbound-messages"), appointments);
    }

    private List<JsonNode> pages(String path) {
        var all = new ArrayList<JsonNode>();
        String cursor = null;
        do {
            var page = get(path + "?limit=" + PAGE + cursorOf(cursor));
            page.path("items").forEach(all::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return all;
    }

    private static String cursorOf(@Nullable String cursor) {
        return cursor == null ? "" : "&cursor=" + Http.encode(cursor);
    }

    private JsonNode get(String path) {
        return Waiting.answer(
                ANSWER,
                () -> Http.send("GET", clinic.base() + path, clinic.token(), Map.of(), null)
                        .orFail(path)
                        .body());
    }
}
