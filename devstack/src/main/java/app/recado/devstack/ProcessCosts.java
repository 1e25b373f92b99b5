package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and those it started have computed, and hold in memory, as Linux tells it in {@code /proc}; zero where
 * there is none.
 *
 * @param seconds of processor time
 * @param megabytes resident; what PostgreSQL's processes share counts once for each
 */
record ProcessCosts(double seconds, long megabytes) {
    /** Of Linux on every machine Recado runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Places in a line of {@code stat}, counted from zero. */
    private static final int USER = 13;

    private static final int SYSTEM = 14;
    private static final int OF_CHILDREN = 15;
    private static final int OF_CHILDREN_IN_SYSTEM = 16;

    /** @param withEnded whether processes that it started and that ended count, as PostgreSQL's do */
    static ProcessCosts of(long pid, boolean withEnded) {
        double seconds = withEnded ? ticks(pid, OF_CHILDREN, OF_CHILDREN_IN_SYSTEM) / TICKS_PER_SECOND : 0;
        long megabytes = 0;
        for (var one : tree(pid)) {
            seconds += ticks(one, USER, SYSTEM) / TICKS_PER_SECOND;
            megabytes += resident(one);
        }
        return new ProcessCosts(seconds, megabytes);
    }

    ProcessCosts plus(ProcessCosts other) {
        return new ProcessCosts(seconds + other.seconds, megabytes + other.megabytes);
    }

    private static long[] tree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(ProcessHandle::pid)
                        .toArray())
                .orElseGet(() -> new long[0]);
    }

    private static long ticks(long pid, int first, int second) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name, in brackets, may hold spaces: fields are counted from behind it, where the third begins.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[first - 2]) + Long.parseLong(fields[second - 2]);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }
}
