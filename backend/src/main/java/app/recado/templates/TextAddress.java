package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which text is meant. Its id is the same in every process and at every start, and another one in every organization (RFC
 * 9562 version 5), so that a text has an address before anybody worded it.
 *
 * @param kind the occasion; null for a template of the clinic's own
 * @param customId the clinic's own template; null for an occasion
 */
record TextAddress(
        UUID id, @Nullable TemplateKind kind, @Nullable UUID customId, TemplateLanguage language) {

    static TextAddress of(TemplateKind kind, TemplateLanguage language) {
        return new TextAddress(idOf(kind.wireName(), language), kind, null, language);
    }

    static TextAddress of(UUID customId, TemplateLanguage language) {
        return new TextAddress(idOf(customId.toString(), language), null, customId, language);
    }

    /** Every text of every occasion. */
    static List<TextAddress> ofOccasions() {
        var all = new ArrayList<TextAddress>();
        for (var kind : TemplateKind.values()) {
            for (var language : TemplateLanguage.values()) {
                all.add(of(kind, language));
            }
        }
        return all;
    }

    /** Recado's own words; empty for a template of the clinic's. */
    Optional<String> standard() {
        return Optional.ofNullable(kind).map(occasion -> DefaultTexts.of(occasion, language));
    }

    private static UUID idOf(String of, TemplateLanguage language) {
        return UuidCreator.getNameBasedSha1(CurrentOrganization.id(), "message-template/" + of + "/" + language.tag());
    }
}
