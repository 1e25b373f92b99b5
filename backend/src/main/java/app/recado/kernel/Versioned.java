package app.recado.kernel;

/** A record that people edit. Its version becomes the answer's ETag and is what If-Match is compared with. */
public interface Versioned {

    /** Rises with every change; starts at 0. */
    long version();
}
