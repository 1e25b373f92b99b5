@NullMarked
package app.recado.integrations;

import org.jspecify.annotations.NullMarked;
