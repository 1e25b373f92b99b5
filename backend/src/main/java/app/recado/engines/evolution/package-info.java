/** Servers with Evolution API v2, kept by somebody else. */
@NullMarked
package app.recado.engines.evolution;

import org.jspecify.annotations.NullMarked;
