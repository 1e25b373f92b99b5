@NullMarked
package app.recado.patients.requests;

import org.jspecify.annotations.NullMarked;
