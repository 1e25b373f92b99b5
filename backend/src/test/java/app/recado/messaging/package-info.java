/** How messages travel, whatever breaks on the way. */
@NullMarked
package app.recado.messaging;

import org.jspecify.annotations.NullMarked;
