package app.recado.devstack;

import java.io.IOException;
import java.util.List;

/**
 * {@code ./dev run-with-stack [--seed demo|none] -- command…}: runs a command against a whole stack made for it alone, on
 * free ports and with throw-away data, and ends with the command's exit code.
 */
final class RunWithStack {
    private RunWithStack() {}

    static int run(List<String> words) {
        var split = words.indexOf("--");
        if (split < 0 || split == words.size() - 1) {
            throw new DevstackException("./dev run-with-stack [--seed demo|none] -- command…");
        }
        var demo = demo(words.subList(0, split));
        var data = Folders.temporary("stack");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        var progress = new ConsoleProgress(System.err);
        var stack = Stack.start(StackPlan.ephemeral(data, demo), progress);
        if (demo) {
            progress.step("demo clinics", () -> {
                stack.seedDemo();
                return true;
            });
        }
        var builder = new ProcessBuilder(words.subList(split + 1, words.size())).inheritIO();
        builder.environment().putAll(stack.testEnvironment());
        try {
            var code = builder.start().waitFor();
            if (code != 0) {
                stack.servers().stream()
                        .map(RestartableServer::child)
                        .forEach(child -> System.err.println(
                                "--- end of %s%n%s".formatted(child.log().getFileName(), child.logTail(15))));
            }
            return code;
        } catch (IOException e) {
            throw new DevstackException("Could not run the command: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            stack.close();
        }
    }

    private static boolean demo(List<String> options) {
        return switch (String.join(" ", options)) {
            case "", "--seed demo" -> true;
            case "--seed none" -> false;
            default -> throw new DevstackException("Unknown option: " + String.join(" ", options));
        };
    }
}
