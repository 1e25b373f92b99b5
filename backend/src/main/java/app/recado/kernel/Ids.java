package app.recado.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Makes the ids of everything Recado stores. */
public final class Ids {

    private Ids() {}

    /** A new time-ordered id (UUID version 7, RFC 9562), so that indexes grow at their right edge. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
