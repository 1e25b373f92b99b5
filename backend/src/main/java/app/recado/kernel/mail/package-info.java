/** E-mail to people who work with Recado. Patients are never written to this way. */
@NullMarked
package app.recado.kernel.mail;

import org.jspecify.annotations.NullMarked;
