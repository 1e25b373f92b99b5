@NullMarked
package app.recado.install;

import org.jspecify.annotations.NullMarked;
