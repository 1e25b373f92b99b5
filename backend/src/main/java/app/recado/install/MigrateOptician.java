package app.recado.install;

import app.recado.kernel.migration.Migration;
import app.recado.kernel.migration.MigrationException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The command {@code migrate-optician}: moves the clinics of the optician's practice manager here. It runs inside the
 * application, beside those that serve, because everything is written by the services that people use.
 */
@Component
public class MigrateOptician {

    /** What it is called on the command line. */
    public static final String NAME = "migrate-optician";

    /** Settings with which the application starts for it: reached by nobody; jobs and messages are left to those that serve. */
    public static final List<String> SETTINGS = List.of(
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--management.server.port=0",
            "--recado.housekeeping=off",
            "--recado.messaging.worker=off",
            "--logging.level.root=warn");

    private static final String FROM = "--from";
    private static final String REHEARSAL = "--dry-run";

    private final Migration migration;

    MigrateOptician(Migration migration) {
        this.migration = migration;
    }

    /**
     * Runs it.
     *
     * @param options {@code --from FOLDER} and maybe {@code --dry-run}
     * @return the exit code: 0 when everything of the export is here, 1 when some of it is not, 2 for options that are none
     */
    public int run(List<String> options, PrintStream out, PrintStream err) {
        int at = options.indexOf(FROM);
        int expected = options.contains(REHEARSAL) ? 3 : 2;
        if (at < 0 || at + 1 >= options.size() || options.size() != expected) {
            err.println(NAME + " --from FOLDER [--dry-run]");
            return 2;
        }
        try {
            var report = migration.run(Path.of(options.get(at + 1)), options.contains(REHEARSAL));
            report.print(out);
            return report.complete() ? 0 : 1;
        } catch (MigrationException e) {
            err.println(NAME + ": " + e.getMessage());
            return 1;
        }
    }
}
