@NullMarked
package app.recado.bot.flow;

import org.jspecify.annotations.NullMarked;
