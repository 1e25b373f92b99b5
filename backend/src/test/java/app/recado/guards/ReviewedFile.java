package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lists that people review: written by a test, kept in git, compared at each build. */
final class ReviewedFile {

    private ReviewedFile() {}

    /** Fails when the file differs, or writes it anew with {@code -Drecado.regenerate=true} ({@code ./dev api}).
     *
     * @param file from the project's root */
    static void assertReviewed(String file, String actual) throws IOException {
        Path path = Folders.root().resolve(file);
        if (Boolean.getBoolean("recado.regenerate")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, actual);
        }
        assertThat(Files.exists(path) ? Files.readString(path) : "")
                .as("%s differs from the code: review the difference, then run ./dev api", file)
                .isEqualTo(actual);
    }
}
