package app.recado.engines.setup;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.engines.provider.Providers;
import app.recado.engines.setup.EngineSelfTest.Check;
import app.recado.whatsapp.AnswerIds;
import app.recado.whatsapp.MappedTemplates;
import app.recado.whatsapp.MappedTemplates.Mapped;
import app.recado.whatsapp.MappedTemplates.Occasion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares what owners say of their templates with what the provider says. */
@Component
class TemplateCheck {

    private static final String NAME = "templates";

    private final MappedTemplates mapped;
    private final Providers providers;
    private final TransactionTemplate transaction;

    TemplateCheck(MappedTemplates mapped, Providers providers, TransactionTemplate transaction) {
        this.mapped = mapped;
        this.providers = providers;
        this.transaction = transaction;
    }

    /** What is wrong, occasion by occasion; one check that is well when nothing is. */
    List<Check> run(UUID lineId, LineCredentials credentials) {
        var occasions = Objects.requireNonNull(transaction.execute(status -> mapped.occasions(lineId)));
        if (occasions.stream().allMatch(occasion -> occasion.template() == null)) {
            return List.of(Check.failed(
                    NAME,
                    "templates-missing",
                    "No occasion has a template, so nothing reaches patients who have not written for 24 hours. Submit"
                            + " the suggested texts at the provider and enter what it approved."));
        }
        var wrong = new ArrayList<Check>();
        for (var occasion : occasions) {
            problem(occasion, credentials).ifPresent(wrong::add);
        }
        return wrong.isEmpty() ? List.of(Check.ok(NAME)) : List.copyOf(wrong);
    }

    private Optional<Check> problem(Occasion occasion, LineCredentials credentials) {
        var template = occasion.template();
        if (template == null) {
            return failed(
                    occasion,
                    "template-missing",
                    "This occasion has no template and reaches nobody who has not written for 24 hours.");
        }
        return switch (providers.template(credentials, template)) {
            case ProviderTemplate.Unknown unknown ->
                failed(
                        occasion,
                        "template-unknown",
                        "The provider has no template of this name and language in this account.");
            case ProviderTemplate.NotTold silent ->
                failed(occasion, silent.code(), "The provider did not tell whether it has this template.");
            case ProviderTemplate.There there
            when !there.approved() ->
                failed(
                        occasion,
                        "template-not-approved",
                        "The provider does not send this template now. It says: " + there.status());
            case ProviderTemplate.There there
            when !fits(template, there) ->
                failed(
                        occasion,
                        "template-differs",
                        "The approved template wants other values or buttons than are entered here: "
                                + describe(template, there));
            case ProviderTemplate.There there -> Optional.empty();
        };
    }

    private static Optional<Check> failed(Occasion occasion, String code, String fix) {
        var about = occasion.kind() + "/" + occasion.language() + (occasion.confirmed() ? "/confirmed" : "");
        return Optional.of(new Check(NAME, false, code, fix, about));
    }

    private static boolean fits(Mapped template, ProviderTemplate.There there) {
        return !there.wantsMore()
                && Objects.equals(there.variables(), template.variables())
                && (!template.answerButtons() || answers(there));
    }

    /** Buttons that say something of their own must say what Recado understands. */
    private static boolean answers(ProviderTemplate.There there) {
        var ours = Arrays.asList(AnswerIds.YES, AnswerIds.NO);
        var own = there.quickReplies();
        return own.size() == 2 && (own.stream().allMatch(Objects::isNull) || own.equals(ours));
    }

    private static String describe(Mapped template, ProviderTemplate.There there) {
        if (there.wantsMore()) {
            return "it has a header, a picture or a link to fill, which Recado does not.";
        }
        if (there.variables() == null) {
            return "its variables have names; they must be numbers.";
        }
        if (!there.variables().equals(template.variables())) {
            return "it has %d variables, %d are entered.".formatted(there.variables(), template.variables());
        }
        return "it needs exactly two quick replies, first yes, then no; at Twilio their ids are %s and %s."
                .formatted(AnswerIds.YES, AnswerIds.NO);
    }
}
