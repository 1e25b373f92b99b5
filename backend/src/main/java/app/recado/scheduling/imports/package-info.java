/** Visits from files of other systems: what a row means, and many of them written at once. The pipeline is that of patients. */
@NullMarked
package app.recado.scheduling.imports;

import org.jspecify.annotations.NullMarked;
