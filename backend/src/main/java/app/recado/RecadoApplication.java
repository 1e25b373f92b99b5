package app.recado;

import app.recado.install.InstallCommands;
import app.recado.install.MigrateOptician;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** Starts the Recado backend: the API of every clinic and the console's static files; or runs a command. */
@NullMarked
@Modulithic(systemName = "Recado")
@SpringBootApplication
@ConfigurationPropertiesScan
public class RecadoApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(MigrateOptician.NAME)) {
            System.exit(migrate(List.of(args)));
        }
        if (InstallCommands.named(args)) {
            System.exit(InstallCommands.run(List.of(args), System.getenv(), System.out, System.err));
        }
        SpringApplication.run(RecadoApplication.class, args);
    }

    private static int migrate(List<String> args) {
        try (var context =
                SpringApplication.run(RecadoApplication.class, MigrateOptician.SETTINGS.toArray(String[]::new))) {
            return context.getBean(MigrateOptician.class).run(args.subList(1, args.size()), System.out, System.err);
        }
    }
}
