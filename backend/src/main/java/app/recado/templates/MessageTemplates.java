package app.recado.templates;

import app.recado.whatsapp.LineFacts;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Words messages for patients. Needs an open transaction of the current organization. */
public interface MessageTemplates {

    /** Texts and templates as they stand, each read once however many messages are worded from it. For one transaction. */
    Words asOfNow();

    /** A text as a patient would read it who may be real; nothing is stored.
     *
     * @throws app.recado.kernel.ProblemException {@code template-field-unknown} */
    TextPreview preview(TemplateLanguage language, String body, TemplateFields fields);

    /** What messages are worded from. */
    interface Words {

        /**
         * What leaves on a line for that occasion.
         *
         * <p>Where the line's provider approved a template that an owner mapped to the occasion, it is that template,
         * always: in the patient's language, else in the clinic's. Everywhere else it is the clinic's text, else Recado's
         * own; with buttons below it where the line has them and an answer is asked for.
         *
         * <p>Where it is known already that the patient comes, Recado's own "1 to confirm" is left out of the words, and
         * the buttons with it, and in place of an approved template the one leaves that was mapped for this. Without such a
         * one the approved template stays what was approved; other words of the clinic's are its own.
         *
         * <p>A language Recado does not write falls back to the clinic's language, then to Spanish.
         */
        Wording word(LineFacts line, TemplateKind kind, String language, TemplateFields fields, boolean asks);

        /**
         * Whether what leaves on a line for that occasion names the visits of others of the household. An approved template
         * does not: nothing in it may be left out.
         */
        boolean namesHousehold(LineFacts line, TemplateKind kind, String language);

        /**
         * What leaves on a line with a template of the clinic's own: in the patient's language where a text of it was
         * published in that, else in the clinic's, else in whichever it has. Where the line's provider approved it, it leaves
         * as an approved template; else in words.
         *
         * @return empty when none of its texts was published, or the message is about no visit and the text needs one
         */
        Optional<Wording> word(LineFacts line, UUID customTemplateId, String language, TemplateFields fields);

        /** Why nothing leaves on a line for that occasion now: the provider stopped its template. Null when it may leave. */
        @Nullable String blocked(LineFacts line, TemplateKind kind, String language);

        /**
         * The same of a template of the clinic's own.
         *
         * @param opens it goes to people who have not written lately: then the provider wants an approved one
         */
        @Nullable String blocked(LineFacts line, UUID customTemplateId, String language, boolean opens);
    }
}
