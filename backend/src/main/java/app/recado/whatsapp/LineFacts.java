package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What neighbours may know of a line.
 *
 * @param name what staff call it
 * @param isDefault messages leave on it unless another is chosen
 * @param state as its engine last reported it
 * @param phone the line's own number in E.164; null until it was linked once
 */
public record LineFacts(
        UUID id,
        String name,
        LineEngineKind engine,
        boolean isDefault,
        LineState state,
        @Nullable String phone) {

    /** True when messages can leave now. */
    public boolean linked() {
        return state == LineState.LINKED;
    }

    /** True when any words may be written on it only within a day of the patient's last message. */
    public boolean window24h() {
        return Capabilities.of(engine).window24h();
    }

    /** True when texts approved beforehand may be sent on it, and are needed to open a conversation. */
    public boolean takesTemplates() {
        return Capabilities.of(engine).templates();
    }

    /** True when answers may quote what they answer, and reactions can be sent. */
    public boolean quotes() {
        return Capabilities.quotes(engine);
    }

    /** True when words may have buttons below them. */
    public boolean takesButtons() {
        return Capabilities.of(engine).buttons();
    }
}
