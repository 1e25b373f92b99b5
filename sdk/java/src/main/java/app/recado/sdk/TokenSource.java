package app.recado.sdk;

import java.io.IOException;

/** What gives access tokens. Used by several threads. */
public interface TokenSource {

    /**
     * A token that counts now.
     *
     * @throws SignInException when there is none to be had
     * @throws IOException when nobody answers
     */
    String token() throws IOException;

    /** That one was refused: the next must be another. */
    void refused(String token);
}
