/**
 * A flow and how it is gone through, without a database and without a clock of its own: a document, a state and something
 * that was heard go in; steps, words and the next state come out. What it may do is asked of {@link
 * app.recado.bot.flow.FlowTools}.
 */
@NullMarked
package app.recado.bot.flow;

import org.jspecify.annotations.NullMarked;
