package app.recado.devstack;

import java.util.Arrays;
import java.util.List;

/** What {@code ./dev} runs. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var words = Arrays.asList(arguments);
        try {
            System.exit(run(words));
        } catch (DevstackException e) {
            System.err.println();
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException unforeseen) {
            // Without this the launcher would stay: threads of the mail catcher outlive the main one.
            unforeseen.printStackTrace();
            System.exit(1);
        }
    }

    private static int run(List<String> words) {
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "up" -> Up.run(rest);
            case "down" -> Down.run(rest);
            case "status" -> Status.run(rest);
            case "reset" -> Reset.run(rest);
            case "token" -> TokenCommand.run(rest);
            case "crash" -> CrashRuns.run(rest);
            case "soak" -> rest.contains("--webhooks") ? WebhookSoak.run(rest) : Soak.run(rest);
            case "upgrade" -> RollingUpgrade.run(rest);
            case "load" -> LoadRun.run(rest);
            case "rotate" -> RotationDrill.run(rest);
            case "drill" -> RestoreDrill.run(rest);
            case "run-with-stack" -> RunWithStack.run(rest);
            default -> throw new DevstackException("Unknown command: " + String.join(" ", words));
        };
    }
}
