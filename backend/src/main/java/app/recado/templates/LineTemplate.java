package app.recado.templates;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which approved template stands for the clinic's text on one line.
 *
 * @param name the provider's: a name at Meta, a content SID at Twilio
 * @param providerLanguage the template's language as Meta writes it; null at Twilio, whose content has its own
 * @param parameters what fills its variables, in their order
 * @param confirmedName the provider's, of the template that leaves instead to somebody who has confirmed already: it has the
 *     same language and variables and no buttons; null when this one leaves to them as well
 * @param answerButtons it has two quick-reply buttons, first yes, then no
 * @param version from 1; 0 stands for none
 */
record LineTemplate(
        UUID lineId,
        TemplateKind kind,
        TemplateLanguage language,
        String name,
        @Nullable String confirmedName,
        @Nullable String providerLanguage,
        List<TemplateField> parameters,
        boolean answerButtons,
        long version,
        Instant updatedAt) {

    LineTemplate {
        parameters = List.copyOf(parameters);
    }
}
