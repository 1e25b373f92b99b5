/** What a message is about: a small linear model over hashed parts of words, trained from the examples beside it. */
@NullMarked
package app.recado.conversations.categories;

import org.jspecify.annotations.NullMarked;
