/** The words in which tests speak: clinics, people with roles, a clock that moves when told. */
@NullMarked
package app.recado.testing;

import org.jspecify.annotations.NullMarked;
