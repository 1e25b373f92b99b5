package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are: the checkout, the shared cache of unpacked servers, throw-away folders. */
public final class Folders {
    private Folders() {}

    /**
     * The checkout this JVM runs in: {@code recado.root} when set, else the nearest folder above the working folder
     * that holds both {@code keycloak/realm} and {@code backend}.
     */
    public static Path root() {
        var named = System.getProperty("recado.root");
        if (named != null) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("keycloak/realm")) && Files.isDirectory(folder.resolve("backend"))) {
                return folder;
            }
        }
        throw new DevstackException(
                "Not inside a checkout of Recado: " + Path.of("").toAbsolutePath());
    }

    /** Unpacked servers and everything else that is made once and shared by all stacks of this checkout. */
    public static Path cache() {
        return root().resolve(".recado");
    }

    /** A new folder for one ephemeral server, deleted by {@link #delete} or left to the operating system after a crash. */
    static Path temporary(String name) {
        try {
            return Files.createTempDirectory("recado-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #create}, readable by this user alone. */
    static Path createPrivate(Path folder) {
        create(folder);
        try {
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with everything below it; symbolic links are removed, never followed. */
    static void delete(Path folder) {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
