/** What patients ask of the clinic about their data, until when it has to be answered, and the copy of it. */
@NullMarked
package app.recado.patients.requests;

import org.jspecify.annotations.NullMarked;
