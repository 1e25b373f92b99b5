package app.recado.engines;

import app.recado.engines.provider.MediaBody;
import app.recado.engines.provider.Provider;
import app.recado.kernel.media.Media;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Media of a few bytes, on their way out and in. */
public final class TestBytes implements Provider.Keeper {

    /** What was kept last. */
    public byte[] kept = new byte[0];

    /** What the provider said it is. */
    public @Nullable String claimed;

    /** Null for null. */
    public static @Nullable MediaBody body(byte @Nullable [] bytes) {
        return bytes == null
                ? null
                : new MediaBody() {
                    @Override
                    public long size() {
                        return bytes.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(bytes);
                    }
                };
    }

    @Override
    public Media.Stored keep(InputStream bytes, @Nullable String claimed) {
        try {
            this.kept = bytes.readAllBytes();
            this.claimed = claimed;
            return new Media.Stored("key", String.valueOf(claimed), kept.length, "00");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
