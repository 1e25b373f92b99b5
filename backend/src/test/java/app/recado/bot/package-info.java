@NullMarked
package app.recado.bot;

import org.jspecify.annotations.NullMarked;
