@NullMarked
package app.recado.scheduling.availability;

import org.jspecify.annotations.NullMarked;
