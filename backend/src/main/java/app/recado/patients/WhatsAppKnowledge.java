package app.recado.patients;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Tells whether numbers have WhatsApp, as the clinic's lines found out. Needs an open transaction. */
public interface WhatsAppKnowledge {

    /**
     * What was found out last of a number.
     *
     * @param has whether somebody has WhatsApp there
     * @param at when that was
     */
    record Known(boolean has, Instant at) {}

    /** By number in E.164; those of which nothing is known are left out. */
    Map<String, Known> of(Collection<String> phones);
}
