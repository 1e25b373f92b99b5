/** What of a clinic an archive contains. */
@NullMarked
package app.recado.clinicexport;

import org.jspecify.annotations.NullMarked;
