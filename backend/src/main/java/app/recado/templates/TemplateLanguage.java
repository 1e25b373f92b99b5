package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language Recado writes, and how dates and times are said in it. */
enum TemplateLanguage {
    @JsonProperty("es")
    ES("es", "EEEE d 'de' MMMM", "H:mm"),
    @JsonProperty("en")
    EN("en", "EEEE, MMMM d", "h:mm a"),
    @JsonProperty("pt-BR")
    PT_BR("pt-BR", "EEEE, d 'de' MMMM", "H:mm");

    private final String tag;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;

    TemplateLanguage(String tag, String date, String time) {
        var locale = Locale.forLanguageTag(tag);
        this.tag = tag;
        this.date = DateTimeFormatter.ofPattern(date, locale);
        this.time = DateTimeFormatter.ofPattern(time, locale);
    }

    /** Empty for languages Recado does not write. */
    static Optional<TemplateLanguage> of(String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(tag))
                .findFirst();
    }

    /** BCP 47. */
    String tag() {
        return tag;
    }

    DateTimeFormatter date() {
        return date;
    }

    DateTimeFormatter time() {
        return time;
    }
}
