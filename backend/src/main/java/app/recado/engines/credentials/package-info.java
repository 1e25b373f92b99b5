/** What providers gave clinics for their lines: sealed at rest, opened only by who calls a provider. */
@NullMarked
package app.recado.engines.credentials;

import org.jspecify.annotations.NullMarked;
