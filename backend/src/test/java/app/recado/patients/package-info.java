/** What the register of patients promises. */
@NullMarked
package app.recado.patients;

import org.jspecify.annotations.NullMarked;
