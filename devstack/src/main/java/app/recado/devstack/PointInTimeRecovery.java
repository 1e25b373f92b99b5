package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Continuous archiving, base backup and recovery to a second with nothing but the server's own functions: what
 * docs/backup.md tells people to type where neither pgBackRest nor an operator is at hand.
 */
final class PointInTimeRecovery {

    /** A quiet minute is archived too: what can be lost is at most that. */
    static final Duration ARCHIVED_EVERY = Duration.ofSeconds(5);

    /** Made anew by every start, or of one running server alone. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

    private PointInTimeRecovery() {}

    /** Options of a server that archives into a folder. A file gets its name only when it is whole. */
    static List<String> archiving(Path archive) {
        Folders.createPrivate(archive);
        return List.of(
                "-c",
                "archive_mode=on",
                "-c",
                "archive_timeout=" + ARCHIVED_EVERY.toSeconds(),
                "-c",
                "archive_command=test ! -f '%1$s/%%f' && cp '%%p' '%1$s/%%f.part' && mv '%1$s/%%f.part' '%1$s/%%f'"
                        .formatted(archive));
    }

    /**
     * Copies the data folder of a running server. The session stays open all the while: the server keeps the log from its
     * beginning, and ends it by waiting until all of that is archived.
     *
     * @param superuser a connection of its own
     * @param data the server's folder
     * @param to a folder that does not exist
     */
    static void baseBackup(Connection superuser, Path data, Path to) {
        try (var statement = superuser.createStatement()) {
            statement.execute("select pg_backup_start('recado', fast => true)");
            copy(data, to, true);
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(wait_for_archive => true)")) {
                label.next();
                Files.writeString(to.resolve("backup_label"), Objects.requireNonNull(label.getString(1)));
            }
        } catch (SQLException e) {
            throw new DevstackException("The base backup failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lays a base backup out as the data folder of a server that, when it starts, fetches the log from the archive, stops at
     * the instant and serves.
     *
     * @param data a folder that does not exist
     * @param until as PostgreSQL writes instants, e.g. {@code 2026-11-22 09:30:00+00}
     */
    static void layOut(Path backup, Path archive, Path data, String until) {
        copy(backup, data, false);
        try {
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    """
                    restore_command = 'cp "%s/%%f" "%%p"'
                    recovery_target_time = '%s'
                    recovery_target_action = 'promote'
                    """.formatted(archive, until),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Files.writeString(data.resolve("recovery.signal"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, boolean running) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<Path>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    var relative = from.relativize(folder).toString();
                    Folders.createPrivate(to.resolve(relative));
                    if (running && relative.equals("pg_wal")) {
                        Folders.createPrivate(to.resolve("pg_wal/archive_status"));
                    }
                    return running && EMPTIED.contains(relative)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    var relative = from.relativize(file).toString();
                    if (!LEFT_OUT.contains(relative)) {
                        try {
                            Files.copy(file, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                        } catch (NoSuchFileException gone) {
                            if (!running) {
                                throw gone;
                            }
                            // Dropped meanwhile; the log says so.
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                    if (running && why instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw why;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
