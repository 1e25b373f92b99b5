package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What neighbours may know of a line.
 *
 * @param name what staff call it
 * @param state as its engine last reported it
 * @param phone the line's own number in E.164; null until it was linked once
 */
public record LineFacts(
        UUID id,
        String name,
        LineEngineKind engine,
        LineState state,
        @Nullable String phone) {

    /** True when messages can leave now. */
    public boolean linked() {
        return state == LineState.LINKED;
    }
}
