/** What pairing, line health and the gateway's events promise. */
@NullMarked
package app.recado.whatsapp;

import org.jspecify.annotations.NullMarked;
