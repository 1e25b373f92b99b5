package app.recado.devstack;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** One line per part that came up, with the time it took. */
final class ConsoleProgress implements Stack.Progress {
    private final PrintStream out;

    ConsoleProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public <T> T step(String what, Supplier<T> work) {
        var begin = System.nanoTime();
        var result = work.get();
        out.println("  ready  %-46s %6.1f s"
                .formatted(what, (System.nanoTime() - begin) / 1e9)
                .toString());
        return result;
    }

    static String seconds(long begin) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
    }
}
