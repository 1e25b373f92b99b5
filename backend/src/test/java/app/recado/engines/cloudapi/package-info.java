@NullMarked
package app.recado.engines.cloudapi;

import org.jspecify.annotations.NullMarked;
