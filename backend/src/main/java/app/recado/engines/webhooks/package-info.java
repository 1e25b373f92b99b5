/** What providers deliver: whose it is, whether they sent it, and each part of it stored once. */
@NullMarked
package app.recado.engines.webhooks;

import org.jspecify.annotations.NullMarked;
