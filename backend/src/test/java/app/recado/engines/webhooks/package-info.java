@NullMarked
package app.recado.engines.webhooks;

import org.jspecify.annotations.NullMarked;
