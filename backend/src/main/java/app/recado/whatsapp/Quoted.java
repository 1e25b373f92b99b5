package app.recado.whatsapp;

import org.jspecify.annotations.Nullable;

/**
 * A message that another one answers or reacts to.
 *
 * @param id as the line's engine speaks of it
 * @param fromMe whether the clinic wrote it
 * @param text its words, which phones show above the answer; null for things without words
 */
public record Quoted(String id, boolean fromMe, @Nullable String text) {
    @Override
    public String toString() {
        return "Quoted[id=" + id + "]";
    }
}
