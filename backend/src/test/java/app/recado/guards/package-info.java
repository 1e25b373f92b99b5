/** Guards that list everything of a kind and fail when a newcomer is not protected. */
@NullMarked
package app.recado.guards;

import org.jspecify.annotations.NullMarked;
