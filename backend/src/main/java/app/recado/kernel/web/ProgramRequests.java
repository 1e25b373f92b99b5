package app.recado.kernel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells requests of programs from those of people. Implemented where tokens are read. */
public interface ProgramRequests {

    /** The clinic for which an API client asks; null for people, for strangers, and for a clinic it does not belong to. */
    @Nullable UUID clinicOf(HttpServletRequest request);
}
