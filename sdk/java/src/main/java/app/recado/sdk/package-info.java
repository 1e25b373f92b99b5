/**
 * A thin layer over the generated client of Recado's API ({@code app.recado.client}): signing in, repeating what was not
 * answered, refusals, walking through lists, and checking webhooks.
 */
@NullMarked
package app.recado.sdk;

import org.jspecify.annotations.NullMarked;
