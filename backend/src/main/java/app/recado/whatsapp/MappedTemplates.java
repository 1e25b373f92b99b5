package app.recado.whatsapp;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which approved templates leave on a line; kept by whoever words messages. */
public interface MappedTemplates {

    /**
     * Every occasion on which the clinic writes, in its language, and whatever has a template, in any. Current organization;
     * needs an open transaction.
     */
    List<Occasion> occasions(UUID lineId);

    /**
     * One occasion in one language.
     *
     * @param kind for example {@code reminder}
     * @param language BCP 47
     * @param confirmed whether it is the template for patients who have confirmed already
     * @param template null when the words themselves leave
     */
    record Occasion(
            String kind,
            String language,
            boolean confirmed,
            @Nullable Mapped template) {}

    /**
     * What the owner says of a template.
     *
     * @param name a name at Meta, a content SID at Twilio
     * @param language as Meta writes it; null at Twilio
     * @param variables how many values are sent with it
     * @param answerButtons it has two quick-reply buttons
     */
    record Mapped(String name, @Nullable String language, int variables, boolean answerButtons) {}
}
