package app.recado.devstack;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What all crash runs add up to. It ends with a summary whatever becomes of a single run. */
final class CrashTally {
    private final PrintStream out;
    private final List<String> complaints = new ArrayList<>();
    private int runs;
    private int bookings;
    private int answers;
    private int received;
    private int unknown;

    CrashTally(PrintStream out) {
        this.out = out;
    }

    /**
     * Counts one run. One that breaks off is a complaint like any other.
     *
     * @param title number, place and arrival
     * @param recovery what makes the next run possible after one that broke off
     */
    void run(String title, Supplier<CrashClinic.Counts> run, Runnable recovery) {
        long began = System.nanoTime();
        runs++;
        try {
            var counts = run.get();
            bookings += counts.bookings();
            answers += counts.answers();
            received += counts.received();
            unknown += counts.unknown();
            counts.complaints().forEach(complaint -> complaints.add(title.strip() + ": " + complaint));
            out.printf(
                    "  %-34s %d booked, %d received, %d unknown, %d answered, %s  %.1f s%n",
                    title,
                    counts.bookings(),
                    counts.received(),
                    counts.unknown(),
                    counts.answers(),
                    counts.complaints().isEmpty() ? "ok" : "WRONG",
                    (System.nanoTime() - began) / 1e9);
        } catch (RuntimeException brokenOff) {
            out.printf("  %-34s broke off: %s%n", title, brokenOff.getMessage());
            complaints.add(title.strip() + ": broke off: " + brokenOff.getMessage());
            recover(title, recovery);
        }
    }

    private void recover(String title, Runnable recovery) {
        try {
            recovery.run();
        } catch (RuntimeException failed) {
            complaints.add(title.strip() + ": could not be recovered from: " + failed.getMessage());
        }
    }

    /** @return the exit code: 0 when nothing was lost and nothing came twice */
    int report() {
        out.printf(
                "%d runs: %d visits acknowledged, %d messages on patients' phones, %d unknown, %d answers kept%n",
                runs, bookings, received, unknown, answers);
        complaints.forEach(complaint -> out.println("  " + complaint));
        out.println(complaints.isEmpty() ? "Nothing lost, nothing twice." : complaints.size() + " complaints.");
        return complaints.isEmpty() ? 0 : 1;
    }
}
