package app.recado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time of processes, user and system, as Linux counts it: in hundredths of a second. */
final class ProcessorTime {

    private static final double TICKS_PER_SECOND = 100;

    private ProcessorTime() {}

    /** Seconds that a process and all below it have used, those that ended in the meantime included. */
    static double of(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(root -> java.util.stream.Stream.concat(java.util.stream.Stream.of(root), root.descendants()))
                .mapToDouble(process -> own(process.pid()))
                .sum();
    }

    /** What this JVM has used. */
    static double ofThis() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    private static double own(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // Behind the name, which may contain blanks: utime, stime and those of children that were waited for.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }
}
