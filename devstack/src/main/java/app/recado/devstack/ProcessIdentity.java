package app.recado.devstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process a number means. Numbers are used again, also after a reboot, so a process is named by its number, the
 * moment it started and (where the system tells) the boot it belongs to.
 *
 * @param pid process number
 * @param start opaque; equal only for the same process
 */
record ProcessIdentity(long pid, String start) {

    /** The process that has this number now, or empty when there is none. */
    static Optional<ProcessIdentity> of(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> startOf(handle).map(start -> new ProcessIdentity(pid, start)));
    }

    /** Reads what {@link #toString} wrote; empty when the text is anything else. */
    static Optional<ProcessIdentity> parse(String text) {
        var parts = text.strip().split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}") || parts[1].isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts[1]));
    }

    /** The live process, unless it ended or its number now belongs to another. */
    Optional<ProcessHandle> handle() {
        return of(pid).filter(this::equals).flatMap(same -> ProcessHandle.of(pid));
    }

    @Override
    public String toString() {
        return pid + " " + start;
    }

    private static Optional<String> startOf(ProcessHandle handle) {
        var stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
        if (Files.isReadable(stat)) {
            try {
                // The command name may hold spaces and parentheses: fields are counted from its last parenthesis.
                var line = Files.readString(stat);
                var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                // A zombie is dead to everybody but its parent.
                return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19] + "@" + bootId());
            } catch (IOException gone) {
                return Optional.empty();
            }
        }
        return handle.info().startInstant().map(Object::toString);
    }

    private static String bootId() throws IOException {
        var file = Path.of("/proc/sys/kernel/random/boot_id");
        return Files.isReadable(file) ? Files.readString(file).strip() : "this-boot";
    }
}
