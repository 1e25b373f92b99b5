package app.recado.devstack;

import app.recado.devstack.SoakVisits.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Patients answer what they got. An answer that was begun is repeated under its own id until the phone has written it. */
final class SoakAnswers {
    private static final int OF_TEN = 7;

    private final SoakPhones phones;
    private final Collection<Visit> visits;
    private final AtomicInteger repeated = new AtomicInteger();

    SoakAnswers(SoakPhones phones, Collection<Visit> visits) {
        this.phones = phones;
        this.visits = visits;
    }

    /** Looks at the phones once: most patients who got something answer it, and answers that were begun are repeated. */
    void round(Random random) {
        try {
            var reached = phones.inbox().stream()
                    .map(item -> item.path("to").asString(""))
                    .collect(Collectors.toSet());
            for (var visit : visits) {
                if (!visit.answered
                        && (visit.answerBegun || reached.contains(visit.phone) && random.nextInt(10) < OF_TEN)) {
                    answer(visit);
                }
            }
        } catch (DevstackException nobodyAnswered) {
            repeated.incrementAndGet();
        }
    }

    /** @return the phones of those whose answer was begun and could not be written within this time */
    List<String> finish(Duration atMost) {
        var unfinished = new ArrayList<String>();
        for (var visit : visits) {
            if (visit.answerBegun && !visit.answered && !Waiting.until(atMost, () -> answer(visit))) {
                unfinished.add(visit.phone);
            }
        }
        return unfinished;
    }

    /** How often a phone had to be asked again. */
    int repeated() {
        return repeated.get();
    }

    private boolean answer(Visit visit) {
        visit.answerBegun = true;
        phones.write(visit.phone, visit.answerId, "1");
        visit.answeredAt = System.nanoTime();
        visit.answered = true;
        return true;
    }
}
