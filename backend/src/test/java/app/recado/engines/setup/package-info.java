@NullMarked
package app.recado.engines.setup;

import org.jspecify.annotations.NullMarked;
