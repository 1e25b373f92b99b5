@NullMarked
package app.recado.engines.credentials;

import org.jspecify.annotations.NullMarked;
