package app.recado.installation;

import app.recado.devstack.Child;
import app.recado.devstack.Folders;
import app.recado.devstack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The console's image as it runs, with nginx of this machine and a page in place of the built console. */
final class ConsoleImage {

    final int port = Ports.free();
    final Child nginx;

    ConsoleImage(Path folder, String issuer) {
        var files = folder.resolve("console");
        var temporary = folder.resolve("console-tmp");
        try {
            Files.createDirectories(files.resolve("assets"));
            Files.createDirectories(temporary);
            Files.writeString(files.resolve("index.html"), "<!doctype html><title>Recado</title>");
            Files.writeString(files.resolve("reservar.html"), "<!doctype html><title>Reservar</title>");
            Files.writeString(files.resolve("assets/index-1a2b3c.js"), "export {}");
            // nginx started by root serves as nobody, who must be able to look in.
            for (var path = files; path != null && path.startsWith(folder); path = path.getParent()) {
                Files.setPosixFilePermissions(
                        path, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var image = Folders.root().resolve("frontend");
        var command = String.join(" ", new ContainerFile(image.resolve("Containerfile")).entryPoint())
                .replace("/etc/recado", image.resolve("container").toString());
        var environment = Map.of(
                "PATH", System.getenv("PATH") + ":/usr/sbin",
                "RECADO_OIDC_ISSUER", issuer,
                "RECADO_CONSOLE_PORT", Integer.toString(port),
                "RECADO_CONSOLE_ROOT", files.toString(),
                "RECADO_CONSOLE_TEMPORARY", temporary.toString());
        this.nginx = new Shell(folder, environment)
                .start("console", "exec " + command)
                .awaitReady("http://127.0.0.1:" + port + "/healthz", Duration.ofSeconds(20));
    }
}
