package app.recado.engines.provider;

import app.recado.kernel.outgoing.OutgoingHttp;
import java.io.InputStream;

/**
 * The bytes that go with a message, which lie in the media store until somebody reads them: nobody holds all of them.
 * May be read more than once.
 */
public interface MediaBody {

    /** Our own part of a request could not be read, so the request never left whole. */
    final class Unreadable extends OutgoingHttp.NotWritten {
        private static final long serialVersionUID = 1L;

        public Unreadable(String why) {
            super(why);
        }
    }

    /** How many bytes there are. */
    long size();

    /** Reads them from the beginning.
     *
     * @throws Unreadable when the store does not answer; so does the stream when it breaks off */
    InputStream open() throws Unreadable;
}
