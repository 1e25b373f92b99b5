package app.recado.whatsapp.engines;

import app.recado.whatsapp.Payload;
import java.util.Optional;

/** The store in which what is sent lies. */
public interface MediaObjects {

    /** The bytes, when the object is there and is what it is said to be (size and SHA-256). */
    Optional<byte[]> read(Payload.MediaRef media);
}
