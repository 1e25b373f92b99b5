@NullMarked
package app.recado.engines.sending;

import org.jspecify.annotations.NullMarked;
