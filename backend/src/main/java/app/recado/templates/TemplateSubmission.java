package app.recado.templates;

import app.recado.whatsapp.AnswerIds;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.TemplateApprovals;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateStanding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text at a line's provider, and what the provider says of it.
 *
 * @param kind the occasion; null for a template of the clinic's own
 * @param customId the clinic's own template; null for an occasion
 * @param confirmed it is the one for patients who have confirmed already
 * @param pairId the submission it belongs to as the one for those who confirmed; null for others
 * @param name ours at the provider
 * @param providerLanguage as Meta writes it
 * @param providerId the provider's id of it; null until it told one
 * @param category null while nobody told it
 * @param body with numbered variables; null when it was written at the provider
 * @param parameters what fills them, in their order
 * @param examples what may stand for each
 * @param buttons what its quick replies say to patients, first yes, then no
 * @param textNumber of the published version it was made from, 0 for Recado's own text
 * @param reason why it is in its state; see {@link TemplateStanding#reason}
 * @param toldAt when the provider last told of it, in whole seconds; null before
 * @param approvedAt when it was first approved
 */
record TemplateSubmission(
        UUID id,
        UUID lineId,
        @Nullable TemplateKind kind,
        @Nullable UUID customId,
        TemplateLanguage language,
        boolean confirmed,
        @Nullable UUID pairId,
        String name,
        String providerLanguage,
        @Nullable String providerId,
        @Nullable TemplateCategory category,
        @Nullable String body,
        List<TemplateField> parameters,
        List<String> examples,
        List<String> buttons,
        int textNumber,
        TemplateStanding.State state,
        @Nullable String reason,
        @Nullable String detail,
        TemplateStanding.@Nullable Quality quality,
        Instant submittedAt,
        @Nullable Instant toldAt,
        @Nullable Instant approvedAt) {

    TemplateSubmission {
        parameters = List.copyOf(parameters);
        examples = List.copyOf(examples);
        buttons = List.copyOf(buttons);
    }

    /** Whether it is the text of that address. */
    boolean isOf(TextAddress address) {
        return kind == address.kind() && Objects.equals(customId, address.customId()) && language == address.language();
    }

    /** What a message names it by at the provider; null before the provider told it. */
    @Nullable String sentAs(LineEngineKind engine) {
        return engine == LineEngineKind.TWILIO ? providerId : name;
    }

    /** Its language as a message tells it; null where the name says it. */
    @Nullable String languageSent(LineEngineKind engine) {
        return engine == LineEngineKind.TWILIO ? null : providerLanguage;
    }

    boolean approved() {
        return state == TemplateStanding.State.APPROVED;
    }

    /** What a message says that does not leave because of it. */
    String blockedBecause() {
        return "template-" + state.wireName();
    }

    /** As it is handed in. */
    TemplateApprovals.Draft draft() {
        var ids = List.of(AnswerIds.YES, AnswerIds.NO);
        return new TemplateApprovals.Draft(
                name,
                providerLanguage,
                Objects.requireNonNull(category),
                Objects.requireNonNull(body),
                examples,
                buttons.stream()
                        .map(title -> new Payload.Button(ids.get(buttons.indexOf(title)), title))
                        .toList());
    }

    /** The words a patient reads, as they were approved. @param values of the variables, in their order */
    @Nullable String filled(List<String> values) {
        var text = body;
        if (text == null) {
            return null;
        }
        var words = new StringBuilder();
        int from = 0;
        for (int i = 0; i < values.size(); i++) {
            var variable = "{{" + (i + 1) + "}}";
            int at = text.indexOf(variable, from);
            if (at < 0) {
                break;
            }
            words.append(text, from, at).append(values.get(i));
            from = at + variable.length();
        }
        return words.append(text, from, text.length()).toString().strip();
    }
}
