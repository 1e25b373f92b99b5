/** The port of a provider's API: what it is asked, what it answers, what it tells, in one language for all of them. */
@NullMarked
package app.recado.engines.provider;

import org.jspecify.annotations.NullMarked;
