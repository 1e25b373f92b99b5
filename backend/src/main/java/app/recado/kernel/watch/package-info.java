/** Numbers that operators watch: over all clinics, with few labels, and never a clinic's or a person's name among them. */
@NullMarked
package app.recado.kernel.watch;

import org.jspecify.annotations.NullMarked;
