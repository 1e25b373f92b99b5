@NullMarked
package app.recado.engines.media;

import org.jspecify.annotations.NullMarked;
