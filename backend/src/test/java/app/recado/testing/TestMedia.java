package app.recado.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The media store of the test run, and files to put into it. */
public final class TestMedia {

    /** Deleted by nobody but the machine: it holds a few bytes. */
    public static final Path FOLDER = folder();

    /** A picture of one pixel. */
    public static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private TestMedia() {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("recado-media");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts an object where the gateway would. */
    public static void put(String key, byte[] bytes) {
        try {
            var file = FOLDER.resolve(key);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean holds(String key) {
        return Files.exists(FOLDER.resolve(key));
    }
}
