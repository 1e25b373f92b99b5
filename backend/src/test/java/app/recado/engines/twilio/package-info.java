@NullMarked
package app.recado.engines.twilio;

import org.jspecify.annotations.NullMarked;
