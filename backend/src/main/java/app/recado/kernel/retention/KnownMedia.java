package app.recado.kernel.retention;

import java.util.Collection;
import java.util.Set;

/** Records that name objects in the media store. A bean of each module that has some. */
public interface KnownMedia {

    /** Which of these keys a record of the current organization names; needs an open transaction. */
    Set<String> known(Collection<String> keys);
}
