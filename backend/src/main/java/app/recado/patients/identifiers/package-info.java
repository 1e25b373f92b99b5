/** Numbers by which states and their papers name a person: how each is written, checked and shown. */
@NullMarked
package app.recado.patients.identifiers;

import org.jspecify.annotations.NullMarked;
