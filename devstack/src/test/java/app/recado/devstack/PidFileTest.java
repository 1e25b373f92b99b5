package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number in a file is not yet a process of ours. */
class PidFileTest {

    @TempDir
    Path folder;

    private final Process stranger = start();

    @AfterEach
    void end() {
        stranger.destroyForcibly();
    }

    @Test
    void the_remembered_process_is_found_and_stopped() {
        var file = new PidFile(folder.resolve("part.pid"));
        file.write(ProcessIdentity.of(stranger.pid()).orElseThrow());

        assertThat(file.stop("TERM", Duration.ofSeconds(10))).isTrue();

        assertThat(stranger.isAlive()).isFalse();
        assertThat(folder.resolve("part.pid")).doesNotExist();
    }

    @Test
    void a_process_that_only_has_the_same_number_is_left_alone() {
        var file = new PidFile(folder.resolve("part.pid"));
        file.write(new ProcessIdentity(stranger.pid(), "12345@another-boot"));

        assertThat(file.stop("TERM", Duration.ofSeconds(1))).isFalse();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(folder.resolve("part.pid")).doesNotExist();
    }

    @Test
    void nonsense_in_the_file_stops_nobody() throws IOException {
        for (var text : new String[] {"", "1", "-1 x", stranger.pid() + "", "0 0", "abc def"}) {
            Files.writeString(folder.resolve("part.pid"), text);
            assertThat(new PidFile(folder.resolve("part.pid")).stop("TERM", Duration.ofSeconds(1)))
                    .isFalse();
        }
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void a_postgresql_lock_of_a_dead_or_foreign_process_is_removed() throws IOException {
        var lock = folder.resolve("postmaster.pid");
        Files.writeString(lock, stranger.pid() + "\n/data\n");

        PostgresServer.removeStaleLock(folder);

        assertThat(lock).doesNotExist();
        assertThat(stranger.isAlive()).isTrue();
    }

    private static Process start() {
        try {
            return new ProcessBuilder("sleep", "600").start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
