/** What patients write, and what it does. */
@NullMarked
package app.recado.conversations;

import org.jspecify.annotations.NullMarked;
