package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ends the children of this JVM when the JVM itself is killed without a chance to do so. A small shell, in a session of
 * its own, reads the list of children from a pipe; the operating system closes that pipe with the JVM, however it ends.
 */
final class Watchdog {
    private static final String SCRIPT = """
            trap '' INT HUP
            started() {
              if [ -r "/proc/$1/stat" ]; then sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
              elif [ ! -d /proc/self ]; then ps -o lstart= -p "$1" 2>/dev/null; fi
            }
            children=
            while read -r what pid signal; do
              case $what in
                add) children="$pid/$signal/$(started "$pid" | tr ' ' _) $children" ;;
                drop) rest=; for c in $children; do [ "${c%%/*}" = "$pid" ] || rest="$rest $c"; done; children=$rest ;;
              esac
            done
            same() { p=${1%%/*}; s=${1##*/}; [ -n "$s" ] && [ "$(started "$p" | tr ' ' _)" = "$s" ]; }
            for c in $children; do t=${c#*/}; same "$c" && kill "-${t%%/*}" "${c%%/*}" 2>/dev/null; done
            n=0
            while [ $n -lt 50 ]; do
              left=; for c in $children; do same "$c" && left=1; done
              [ -z "$left" ] && exit 0
              sleep 0.2; n=$((n + 1))
            done
            for c in $children; do same "$c" && kill -KILL "${c%%/*}" 2>/dev/null; done
            """;

    private static final Watchdog INSTANCE = new Watchdog();

    private final Writer pipe;

    private Watchdog() {
        try {
            var process = new ProcessBuilder(OwnSession.command(List.of("sh", "-c", SCRIPT, "recado-watchdog")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            pipe = process.outputWriter(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void watch(long pid, String signal) {
        INSTANCE.tell("add " + pid + " " + signal);
    }

    static void forget(long pid) {
        INSTANCE.tell("drop " + pid + " -");
    }

    private synchronized void tell(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException gone) {
            // Somebody ended the watchdog. Children still stop with this JVM's shutdown hook.
            return;
        }
    }
}
