/** Binds the current organization to every database transaction. */
@NullMarked
package app.recado.kernel.tenancy;

import org.jspecify.annotations.NullMarked;
