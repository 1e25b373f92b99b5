/** How the schema is changed while others use it. */
@NullMarked
package app.recado.kernel.schema;

import org.jspecify.annotations.NullMarked;
