package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The unpacked Keycloak of this checkout, optimised once for PostgreSQL. Running servers share its libraries and have a
 * home of their own for everything that differs: realm, theme, temporary files.
 */
final class KeycloakInstallation {
    private static final List<String> BUILD = List.of("build", "--db=postgres", "--health-enabled=true");

    private KeycloakInstallation() {}

    /** The installation, optimised when it is new or the options changed (about 20 seconds, once). */
    static Path ready() {
        var home = Folders.cache().resolve("keycloak-" + Versions.keycloak());
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw new DevstackException(
                    "Keycloak is not unpacked at %s. The build does that: mvn -pl devstack generate-resources"
                            .formatted(home));
        }
        var stamp = home.resolve(".optimised");
        var wanted = String.join(" ", BUILD) + "\n";
        try (var lock = FileChannel.open(home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid()
                    && !(Files.exists(stamp) && Files.readString(stamp).equals(wanted))) {
                build(home);
                Files.writeString(stamp, wanted);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the next start has to optimise first. */
    static boolean optimised() {
        return Files.exists(Folders.cache().resolve("keycloak-" + Versions.keycloak() + "/.optimised"));
    }

    private static void build(Path home) throws IOException {
        var log = home.resolve("build.log");
        var command =
                new java.util.ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
        command.addAll(BUILD);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(key -> key.startsWith("KC_"));
        try {
            if (builder.start().waitFor() != 0) {
                throw new DevstackException("Keycloak could not be optimised:%n%s"
                        .formatted(Child.tail(log, 25).indent(4)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted while Keycloak was optimised", e);
        }
    }

    /**
     * Lays out a home for one server: shared libraries and this checkout's theme by link, the realm to import by copy.
     *
     * @param folder kept between starts, or temporary
     */
    static void layOut(Path home, Path folder, String realm) {
        try {
            Folders.createPrivate(folder);
            link(folder.resolve("lib"), home.resolve("lib"));
            link(folder.resolve("themes"), Folders.root().resolve("keycloak/themes"));
            Files.createDirectories(folder.resolve("providers"));
            Files.createDirectories(folder.resolve("conf"));
            Files.copy(
                    home.resolve("conf/cache-ispn.xml"),
                    folder.resolve("conf/cache-ispn.xml"),
                    StandardCopyOption.REPLACE_EXISTING);
            // Compressed copies of the theme are kept here and would outlive a change of it.
            Folders.delete(folder.resolve("data/tmp"));
            Files.createDirectories(folder.resolve("data/import"));
            Files.writeString(folder.resolve("data/import/recado-realm.json"), realm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target.toAbsolutePath());
    }

    /** The command that starts an optimised server as a direct child, without the shell script in between. */
    static List<String> startCommand(Path home, Path folder, Map<String, String> options) {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:MaxMetaspaceSize=256m",
                // It serves one person or a test run here: starting with little work matters, peak speed does not.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Djava.net.preferIPv4Stack=true",
                "-Dkc.home.dir=" + folder,
                "-Djboss.server.config.dir=" + folder.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--import-realm"));
        options.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }
}
