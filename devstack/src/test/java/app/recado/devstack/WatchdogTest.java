package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    @TempDir
    Path folder;

    @Test
    void children_of_a_killed_launcher_end_too() throws Exception {
        var launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        long child;
        try (var words = launcher.inputReader()) {
            child = Long.parseLong(words.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();

            launcher.destroyForcibly().waitFor();
        }

        ProcessHandle.of(child)
                .ifPresent(handle ->
                        handle.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(ProcessIdentity.of(child)).isEmpty();
    }

    /** Starts one child, says its number and waits to be killed. */
    static final class Launcher {
        private Launcher() {}

        public static void main(String[] folder) throws IOException {
            var child = Child.start(new Child.Spec(
                    "sleeper",
                    List.of("sleep", "600"),
                    Path.of(folder[0]),
                    Map.of(),
                    Path.of(folder[0], "log"),
                    "TERM"));
            System.out.println(child.pid());
            System.in.read();
        }
    }
}
