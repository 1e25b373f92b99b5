package app.recado.devstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/** An S3-compatible server with one bucket, {@code media}, that checks signatures; ends when its standard input does. */
public final class S3Process implements AutoCloseable {

    /** Both keys of the only account. */
    public static final String ACCESS_KEY = "S3RVER";

    private final Process process;
    private final String endpoint;

    private S3Process(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** @param folder where it keeps its objects */
    public static S3Process start(Path folder) {
        var gateway = Folders.root().resolve("gateway");
        var command = new ArrayList<>(NodeRuntime.command(gateway, "test/support/s3-main.ts"));
        command.add(folder.toString());
        try {
            var process = new ProcessBuilder(command)
                    .directory(gateway.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Not closed: the server writes nothing more, and closing would close the process's pipe.
            var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var endpoint = output.readLine();
            if (endpoint == null) {
                throw new DevstackException("The S3 server did not start");
            }
            return new S3Process(process, endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, for example {@code http://127.0.0.1:41234}. */
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
