/** Messages handed to providers, and what providers tell of them afterwards. */
@NullMarked
package app.recado.engines.sending;

import org.jspecify.annotations.NullMarked;
