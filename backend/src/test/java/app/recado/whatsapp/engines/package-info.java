@NullMarked
package app.recado.whatsapp.engines;

import org.jspecify.annotations.NullMarked;
