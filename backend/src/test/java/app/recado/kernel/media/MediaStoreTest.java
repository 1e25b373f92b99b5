package app.recado.kernel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.S3Process;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same promises from a folder and from a bucket. */
class MediaStoreTest {

    private static final String KEY =
            "01a20116-72b3-7b61-aae3-831a2dac13ce/2026/11/01a20116-0000-7b61-aae3-831a2dac13ce";

    @TempDir
    Path folder;

    @Test
    void a_folder_gives_back_what_was_put_there_whole() throws IOException {
        givesBackWhatWasPut(new FolderStore(folder.resolve("store")));
        try (var files = Files.walk(folder.resolve("store"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void a_bucket_gives_back_what_was_put_there_whole() throws IOException {
        try (var server = S3Process.start(folder);
                var store = new S3Store(settings(server, S3Process.ACCESS_KEY))) {
            givesBackWhatWasPut(store);
        }
    }

    @Test
    void a_bucket_that_refuses_the_key_is_a_failure_and_not_a_missing_file() throws IOException {
        try (var server = S3Process.start(folder);
                var store = new S3Store(settings(server, "wrong"))) {
            assertThatThrownBy(() -> store.open(KEY)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void no_key_leads_out_of_the_folder() {
        var store = new FolderStore(folder.resolve("store"));
        assertThatThrownBy(() -> store.open("../secret")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.open("/etc/passwd")).isInstanceOf(IOException.class);
    }

    private void givesBackWhatWasPut(MediaStore store) throws IOException {
        assertThat(store.open(KEY)).isEmpty();
        var file = Files.writeString(folder.resolve("upload"), "first");
        store.put(KEY, file, "text/plain");
        Files.writeString(file, "second, which is longer");
        store.put(KEY, file, "text/plain");
        try (var read = store.open(KEY).orElseThrow()) {
            assertThat(new String(read.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second, which is longer");
        }
    }

    private static MediaSettings settings(S3Process server, String secret) {
        return new MediaSettings("s3://media", server.endpoint(), "us-east-1", S3Process.ACCESS_KEY, secret);
    }
}
