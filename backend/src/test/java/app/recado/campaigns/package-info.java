/** Whom campaigns reach, how fast, and what stops them. */
@NullMarked
package app.recado.campaigns;

import org.jspecify.annotations.NullMarked;
