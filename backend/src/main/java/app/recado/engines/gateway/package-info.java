/** Linked devices, which live in the gateway: it is spoken to over HTTP and speaks back in signed events. */
@NullMarked
package app.recado.engines.gateway;

import org.jspecify.annotations.NullMarked;
