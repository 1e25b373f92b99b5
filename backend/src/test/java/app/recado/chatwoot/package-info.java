@NullMarked
package app.recado.chatwoot;

import org.jspecify.annotations.NullMarked;
