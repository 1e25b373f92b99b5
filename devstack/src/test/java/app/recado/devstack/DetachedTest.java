package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./dev up --detach} where a launcher is at work already. */
class DetachedTest {

    @TempDir
    Path folder;

    private StackPlan plan;
    private Process launcher;

    @BeforeEach
    void a_launcher_is_at_work() throws IOException {
        plan = StackPlan.ephemeral(folder, false);
        launcher = new ProcessBuilder("sleep", "600").start();
        new PidFile(plan.run("up.pid")).write(ProcessIdentity.of(launcher.pid()).orElseThrow());
        Files.createDirectories(plan.logs());
        Files.writeString(plan.log("up"), "what the launcher said so far\n");
    }

    @AfterEach
    void end() {
        launcher.destroyForcibly();
    }

    @Test
    void says_so_at_once_when_everything_runs_and_leaves_the_log_as_it_is() throws IOException {
        Files.writeString(plan.run("ready"), "");

        assertThat(Detached.run(plan)).isZero();

        assertThat(plan.log("up")).hasContent("what the launcher said so far");
    }

    private CompletableFuture<Integer> joins() {
        var answer = new CompletableFuture<Integer>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(Detached.join(launcher.toHandle(), plan.log("up"), plan.run("ready")));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Test
    void waits_while_a_part_is_being_started_anew() throws Exception {
        var answer = joins();
        Files.writeString(plan.log("up"), "what the launcher said so far\ngateway runs again\n");
        assertThat(answer).isNotDone();

        Files.writeString(plan.run("ready"), "");

        assertThat(answer.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(plan.log("up")).content().startsWith("what the launcher said so far");
    }

    @Test
    void does_not_say_that_it_runs_when_the_launcher_gave_up() throws Exception {
        var answer = joins();

        launcher.destroyForcibly();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(plan.log("up")).hasContent("what the launcher said so far");
    }
}
