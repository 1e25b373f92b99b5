package app.recado.devstack;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** {@code ./dev up}: everything, with data that lasts, until Ctrl-C or {@code ./dev down}. */
final class Up {
    private final StackPlan plan;
    private final PrintStream out;

    private Up(StackPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    static int run(List<String> words) {
        var plan = StackPlan.from(System.getenv());
        if (words.contains("--detach")) {
            return Detached.run(plan);
        }
        return new Up(plan, System.out).run();
    }

    private int run() {
        NetworkGuard.claim(plan);
        var launcher = new PidFile(plan.run("up.pid"));
        if (launcher.process().isPresent()) {
            out.println(
                    Files.exists(plan.run("ready"))
                            ? "Recado already runs here. ./dev status shows it, ./dev down stops it."
                            : "Recado is being started here, or a part of it anew. ./dev status shows how far it is.");
            return 0;
        }
        ProcessIdentity.of(ProcessHandle.current().pid()).ifPresent(launcher::write);
        var ready = plan.run("ready");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Folders.delete(ready);
            launcher.delete();
        }));
        Down.stopParts(plan, out);
        checkPorts();
        var begin = System.nanoTime();
        out.println("Starting Recado on the network " + plan.network().wireName() + ", data in "
                + Folders.root().relativize(plan.data()));
        var stack = Stack.start(plan, new ConsoleProgress(out));
        if (plan.demo()) {
            new ConsoleProgress(out).step("demo clinics", () -> {
                stack.seedDemo();
                return true;
            });
        }
        out.println("Up in " + ConsoleProgress.seconds(begin));
        out.println(Addresses.of(stack));
        mark(ready, true);
        watch(stack, ready);
        return 0;
    }

    /**
     * Names every busy port at once, so that nobody fixes them one by one.
     *
     * @throws DevstackException listing port, holder and the variable that moves it
     */
    private void checkPorts() {
        var busy = new ArrayList<String>();
        for (var port : plan.ports().entrySet()) {
            if (!Ports.isFree(port.getValue())) {
                busy.add("  %d (%s) is taken by %s; another one: %s=%d ./dev up"
                        .formatted(
                                port.getValue(),
                                port.getKey().title,
                                Ports.holder(port.getValue()).orElse("a program this user may not see"),
                                port.getKey().variable,
                                port.getValue() + 1000));
            }
        }
        if (!busy.isEmpty()) {
            throw new DevstackException("Cannot start, ports are busy:\n" + String.join("\n", busy));
        }
    }

    /** Tells other launchers whether everything runs. */
    private static void mark(Path file, boolean ready) {
        try {
            if (ready) {
                Files.writeString(file, "");
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stays until stopped; a part that ends by itself is started again. */
    private void watch(Stack stack, Path ready) {
        var supervisor = new Supervisor(out, Child::stopping, complete -> mark(ready, complete));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : stack.servers()) {
                executor.execute(() -> supervisor.keep(Supervisor.Part.of(server)));
            }
        }
        out.println("Stopped.");
    }

    /** How long a first start may take on a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(10);
}
