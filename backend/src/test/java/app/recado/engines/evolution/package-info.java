@NullMarked
package app.recado.engines.evolution;

import org.jspecify.annotations.NullMarked;
