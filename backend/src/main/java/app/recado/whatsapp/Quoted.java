package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message that another one answers or reacts to.
 *
 * @param id as the line's engine speaks of it
 * @param fromMe whether the clinic wrote it
 * @param text its words, which phones show above the answer; null for things without words
 * @param kind what it is where it is more than words: {@code image}, {@code video}, {@code audio}, {@code document},
 *     {@code sticker}, {@code location} or {@code contact}; null for words
 */
public record Quoted(
        String id,
        boolean fromMe,
        @Nullable String text,
        // Left out where there is none: what was handed over before is still the same.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String kind) {

    public Quoted(String id, boolean fromMe, @Nullable String text) {
        this(id, fromMe, text, null);
    }

    @Override
    public String toString() {
        return "Quoted[id=" + id + "]";
    }
}
