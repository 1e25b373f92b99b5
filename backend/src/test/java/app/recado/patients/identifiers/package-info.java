@NullMarked
package app.recado.patients.identifiers;

import org.jspecify.annotations.NullMarked;
