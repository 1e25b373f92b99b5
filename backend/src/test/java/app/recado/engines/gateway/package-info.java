@NullMarked
package app.recado.engines.gateway;

import org.jspecify.annotations.NullMarked;
