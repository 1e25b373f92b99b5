/** Spans of what Recado does, sent to a collector when one is named (ADR 153). */
@NullMarked
package app.recado.kernel.trace;

import org.jspecify.annotations.NullMarked;
