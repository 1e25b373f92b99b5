/**
 * The assistant without database and transactions: what it tells a language model, which tools it offers, and what it lets
 * through of what comes back. Nothing in it changes the agenda: it ends in words, in a proposal or in a person.
 */
@NullMarked
package app.recado.bot.assistant;

import org.jspecify.annotations.NullMarked;
