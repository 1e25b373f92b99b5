/** What patients write, and what it does. */
@NullMarked
package app.recado.inbox;

import org.jspecify.annotations.NullMarked;
