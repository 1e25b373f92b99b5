/** Events that could not be stored: kept, tried again, and shown to those who run the platform. */
@NullMarked
package app.recado.engines.setaside;

import org.jspecify.annotations.NullMarked;
