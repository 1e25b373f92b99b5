/** Calls to servers outside, to addresses that configuration or a person gave. */
@NullMarked
package app.recado.kernel.outgoing;

import org.jspecify.annotations.NullMarked;
