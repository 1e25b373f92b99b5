package app.recado.kernel.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that creates or sends: it needs an {@code Idempotency-Key}, and repeating it with the same key answers what the
 * first one answered. The handler must return a {@code ResponseEntity}; it runs inside the transaction that also stores
 * the answer.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /** Attribute of a request that is answered as it was before, and does nothing. */
    String REPLAYED = "app.recado.idempotency.replayed";

    /** Attribute of a request that made a record: its address, a text. */
    String CREATED = "app.recado.idempotency.created";

    /**
     * False for operations that call a foreign system (Keycloak, WhatsApp): they are resumable by themselves, and neither
     * a transaction nor a stored answer may span such a call. The key is still required: it names the
     * intention that a repetition continues.
     */
    boolean stored() default true;
}
