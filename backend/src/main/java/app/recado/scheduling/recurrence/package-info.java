/** Rules by which visits repeat, on wall clocks: RFC 5545 as far as a clinic needs it. Knows nothing of visits. */
@NullMarked
package app.recado.scheduling.recurrence;

import org.jspecify.annotations.NullMarked;
