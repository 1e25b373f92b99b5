package app.recado.templates;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A text as a patient would read it.
 *
 * @param text with its fields filled
 * @param characters how long it is with its fields filled
 * @param remarks what is worth a second look; none of it keeps the text from being published
 */
@Schema(name = "MessageTemplatePreview")
public record TextPreview(
        String text, @Schema(example = "148") int characters, List<TextRemarks.Remark> remarks) {

    static TextPreview of(TemplateBody body, TemplateFields fields, TemplateLanguage language) {
        var said = body.say(fields, language);
        return new TextPreview(said, said.codePointCount(0, said.length()), TextRemarks.of(body.wordsAlone(), said));
    }

    /** The words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "TextPreview[characters=" + characters + "]";
    }
}
