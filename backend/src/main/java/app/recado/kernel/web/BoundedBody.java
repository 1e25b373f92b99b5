package app.recado.kernel.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Reads what a client sends, but neither more nor longer than it may. */
final class BoundedBody {

    private static final int PIECE = 8192;

    private BoundedBody() {}

    /** The body did not arrive in time. */
    static final class TooSlow extends IOException {
        TooSlow() {
            super("The body did not arrive in time");
        }
    }

    /**
     * Reads to the end or to the limit, whatever comes first.
     *
     * @param limit bytes
     * @param longest from now to the last byte; looked at after each piece, and a piece waits no longer than the
     *     server's own time-out of a silent connection
     * @param nanos a clock as {@link System#nanoTime()}
     * @throws TooSlow when it takes longer
     */
    static byte[] read(InputStream from, int limit, Duration longest, LongSupplier nanos) throws IOException {
        long begin = nanos.getAsLong();
        var body = new ByteArrayOutputStream();
        var piece = new byte[Math.min(PIECE, limit)];
        while (body.size() < limit) {
            int read = from.read(piece, 0, Math.min(piece.length, limit - body.size()));
            if (read < 0) {
                break;
            }
            body.write(piece, 0, read);
            if (nanos.getAsLong() - begin > longest.toNanos()) {
                throw new TooSlow();
            }
        }
        return body.toByteArray();
    }
}
