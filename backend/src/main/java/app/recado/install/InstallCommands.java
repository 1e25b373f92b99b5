package app.recado.install;

import app.recado.install.InstallSetting.Values;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The commands by name. {@code java -jar recado-backend.jar COMMAND} runs one and ends; without a command the jar serves. */
public final class InstallCommands {

    private interface Command {
        void run(List<String> options, Values values, PrintStream out);
    }

    private static final Map<String, Command> ALL = Map.of(
            "new-secrets", (options, values, out) -> NewSecrets.print(out),
            "prepare-database", (options, values, out) -> PrepareDatabase.run(values, out),
            "migrate", (options, values, out) -> Migrate.run(values, out),
            "provision-identity", (options, values, out) -> ProvisionIdentity.run(values, out),
            "create-platform-admin", CreatePlatformAdmin::run,
            "verify-audit", VerifyAudit::run);

    private InstallCommands() {}

    /** Whether these arguments name a command rather than options of the server. */
    public static boolean named(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /**
     * Runs the command.
     *
     * @return the exit code: 0 when done, 1 when it could not be done, 2 when there is no such command
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        var command = ALL.get(arguments.getFirst());
        if (command == null) {
            err.println("No such command: " + arguments.getFirst() + ". There are: "
                    + String.join(
                            ", ",
                            Stream.concat(ALL.keySet().stream(), Stream.of(MigrateOptician.NAME))
                                    .sorted()
                                    .toList()));
            return 2;
        }
        try {
            command.run(arguments.subList(1, arguments.size()), new Values(environment), out);
            return 0;
        } catch (InstallException e) {
            err.println(arguments.getFirst() + ": " + e.getMessage());
            return 1;
        }
    }

    /** The value behind {@code --name}, which must be there. */
    static String option(List<String> options, String name) {
        return find(options, name)
                .orElseThrow(() ->
                        new InstallException("--" + name + " is missing; got " + Arrays.toString(names(options))));
    }

    static java.util.Optional<String> find(List<String> options, String name) {
        var at = options.indexOf("--" + name);
        return at < 0 || at + 1 == options.size()
                ? java.util.Optional.empty()
                : java.util.Optional.of(options.get(at + 1));
    }

    private static Object[] names(List<String> options) {
        return options.stream().filter(option -> option.startsWith("--")).toArray();
    }
}
