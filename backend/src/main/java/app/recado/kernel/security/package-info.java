/** Who calls, and what they may do in which organization. */
@NullMarked
package app.recado.kernel.security;

import org.jspecify.annotations.NullMarked;
