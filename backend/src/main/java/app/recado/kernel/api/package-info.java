/** What the API says of itself: its document with examples, and whether it is there. */
@NullMarked
package app.recado.kernel.api;

import org.jspecify.annotations.NullMarked;
