package app.recado.kernel.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Objects under keys of the form {@code organization/yyyy/mm/uuid}. What they are and whose is known to the database
 * alone; whoever asks for a key has looked it up there.
 */
public interface MediaStore {

    /** The most one object may hold, in bytes. WhatsApp takes no larger pictures and documents of this kind. */
    long MAX_BYTES = 16_000_000;

    /** Opens an object; empty when there is none under this key.
     *
     * @throws IOException when the store does not answer */
    Optional<InputStream> open(String key) throws IOException;

    /** Puts a whole file there: readers see all of it or nothing. The same key again replaces the object.
     *
     * @throws IOException when the store does not take it */
    void put(String key, Path file, String contentType) throws IOException;

    /** Deletes an object; nothing happens when there is none under this key.
     *
     * @throws IOException when the store does not answer */
    void delete(String key) throws IOException;

    /** Keys that begin with a folder's name.
     *
     * @param folder of the form {@code organization/yyyy/mm/}, or {@code organization/} for all
     * @throws IOException when the store does not answer */
    List<String> keys(String folder) throws IOException;
}
