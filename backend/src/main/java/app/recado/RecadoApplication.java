package app.recado;

import app.recado.install.InstallCommands;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** Starts the Recado backend: the API of every clinic and the console's static files; or runs a command of set-up. */
@NullMarked
@Modulithic(systemName = "Recado")
@SpringBootApplication
@ConfigurationPropertiesScan
public class RecadoApplication {

    public static void main(String[] args) {
        if (InstallCommands.named(args)) {
            System.exit(InstallCommands.run(List.of(args), System.getenv(), System.out, System.err));
        }
        SpringApplication.run(RecadoApplication.class, args);
    }
}
