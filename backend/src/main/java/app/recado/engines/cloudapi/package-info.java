/** The WhatsApp Business Platform's Cloud API. */
@NullMarked
package app.recado.engines.cloudapi;

import org.jspecify.annotations.NullMarked;
