@NullMarked
package app.recado.kernel.security;

import org.jspecify.annotations.NullMarked;
