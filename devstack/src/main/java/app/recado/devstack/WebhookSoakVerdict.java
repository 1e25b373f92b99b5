package app.recado.devstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a soak of webhooks added up to: who was told of everything, and how long it took. */
final class WebhookSoakVerdict {

    private static final double NANOS = 1e9;

    private final List<String> lines = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /**
     * Judges a receiver that has to know everything.
     *
     * @param happened when each event was committed at the latest, by record
     * @param taken when the receiver answered 2xx about each record first
     * @param most within how long 95 of 100 must be told
     */
    void told(String whose, Map<String, Long> happened, Map<String, Long> taken, Limit most) {
        var waited = happened.entrySet().stream()
                .filter(event -> taken.containsKey(event.getKey()))
                .mapToDouble(event ->
                        Math.max(0, (taken.getOrDefault(event.getKey(), event.getValue()) - event.getValue()) / NANOS))
                .sorted()
                .toArray();
        int lost = happened.size() - waited.length;
        lines.add("| %s | %d | %d | %.2f s | %.2f s | %.2f s |"
                .formatted(whose, happened.size(), lost, at(waited, 0.5), at(waited, 0.95), at(waited, 1)));
        if (lost > 0) {
            complaints.add("%s was never told of %d of %d".formatted(whose, lost, happened.size()));
        }
        if (at(waited, 0.95) > most.seconds()) {
            complaints.add("%s: 95 of 100 took up to %.2f s, more than %.0f s"
                    .formatted(whose, at(waited, 0.95), most.seconds()));
        }
    }

    /** How long 95 of 100 events may take. */
    record Limit(double seconds) {

        static Limit of(Duration most) {
            return new Limit(most.toMillis() / 1e3);
        }

        /** Only that nothing is lost. */
        static Limit none() {
            return new Limit(Double.MAX_VALUE);
        }
    }

    /** Adds what must not have been. */
    void mustBe(boolean so, String complaint) {
        if (!so) {
            complaints.add(complaint);
        }
    }

    /** Adds a line for people. */
    void say(String line) {
        lines.add(line);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** @return the exit code */
    int report(PrintStream out) {
        out.println("| receiver | events | lost | half within | 95 of 100 | the longest |");
        out.println("|---|---:|---:|---:|---:|---:|");
        lines.forEach(out::println);
        complaints.forEach(complaint -> out.println("  " + complaint));
        out.println(
                complaints.isEmpty()
                        ? "Nothing lost, nobody else delayed, nothing called that must not be."
                        : complaints.size() + " complaints.");
        return complaints.isEmpty() ? 0 : 1;
    }

    /** The value below which a share of the sorted ones lies; 0 without any. */
    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
