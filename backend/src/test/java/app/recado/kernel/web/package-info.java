/** How the API reads requests. */
@NullMarked
package app.recado.kernel.web;

import org.jspecify.annotations.NullMarked;
