@NullMarked
package app.recado.kernel.media;

import org.jspecify.annotations.NullMarked;
