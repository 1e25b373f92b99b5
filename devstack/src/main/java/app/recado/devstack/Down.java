package app.recado.devstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code ./dev down}: stops the launcher and whatever parts were left, for both networks' folders. */
final class Down {
    /** In the order in which they stop; PostgreSQL last, fast and clean. */
    private static final List<String> PARTS = List.of("backend", "gateway", "simulator", "keycloak", "postgresql");

    private Down() {}

    static int run(List<String> words) {
        if (!words.isEmpty()) {
            throw new DevstackException("./dev down takes no arguments");
        }
        var stopped = false;
        for (var network : Network.values()) {
            var data = Folders.cache().resolve(network.wireName());
            var launcher = new PidFile(data.resolve("run/up.pid"));
            stopped |= launcher.stop("TERM", Duration.ofSeconds(60));
            stopped |= stopParts(data, System.out);
        }
        System.out.println(stopped ? "Stopped." : "Nothing was running.");
        return 0;
    }

    /** Stops parts a killed launcher left behind. */
    static void stopParts(StackPlan plan, PrintStream out) {
        stopParts(plan.data(), out);
    }

    private static boolean stopParts(java.nio.file.Path data, PrintStream out) {
        var stopped = false;
        for (var part : PARTS) {
            var file = new PidFile(data.resolve("run").resolve(part + ".pid"));
            if (file.stop(part.equals("postgresql") ? "INT" : "TERM", Duration.ofSeconds(20))) {
                out.println("  stopped " + part + ", left by an earlier start");
                stopped = true;
            }
        }
        return stopped;
    }
}
