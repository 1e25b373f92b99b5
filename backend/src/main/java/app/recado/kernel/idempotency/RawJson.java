package app.recado.kernel.idempotency;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** A body that is JSON already. */
record RawJson(@JsonRawValue @JsonValue String text) {}
