/** Repeating a request with the same key does the work once. */
@NullMarked
package app.recado.kernel.idempotency;

import org.jspecify.annotations.NullMarked;
