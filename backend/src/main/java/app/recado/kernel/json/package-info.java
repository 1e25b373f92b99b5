/** JSON that refuses what it does not understand. */
@NullMarked
package app.recado.kernel.json;

import org.jspecify.annotations.NullMarked;
