@NullMarked
package app.recado.bot.assistant;

import org.jspecify.annotations.NullMarked;
