@NullMarked
package app.recado.audit;

import org.jspecify.annotations.NullMarked;
