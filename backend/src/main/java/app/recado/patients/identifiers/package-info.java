/** Numbers by which states and their papers name a person: how each is written, checked and shown. */
@NullMarked
@NamedInterface("identifiers")
package app.recado.patients.identifiers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
