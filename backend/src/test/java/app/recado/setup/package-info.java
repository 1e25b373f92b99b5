/** What a new clinic still lacks. */
@NullMarked
package app.recado.setup;

import org.jspecify.annotations.NullMarked;
