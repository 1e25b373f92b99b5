package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language Recado writes, and how dates and times are said in it. */
public enum TemplateLanguage {
    @JsonProperty("es")
    ES("es", "EEEE d 'de' MMMM", "H:mm", "Confirmo", "No puedo ir"),
    @JsonProperty("en")
    EN("en", "EEEE, MMMM d", "h:mm a", "Confirm", "I can't make it"),
    @JsonProperty("pt-BR")
    PT_BR("pt-BR", "EEEE, d 'de' MMMM", "H:mm", "Confirmo", "Não posso ir");

    private final String tag;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;
    private final String yes;
    private final String no;

    TemplateLanguage(String tag, String date, String time, String yes, String no) {
        var locale = Locale.forLanguageTag(tag);
        this.tag = tag;
        this.date = DateTimeFormatter.ofPattern(date, locale);
        this.time = DateTimeFormatter.ofPattern(time, locale);
        this.yes = yes;
        this.no = no;
    }

    /** Empty for languages Recado does not write. */
    public static Optional<TemplateLanguage> of(String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(tag))
                .findFirst();
    }

    /** BCP 47. */
    public String tag() {
        return tag;
    }

    /** What the button says that accepts; at most 20 characters, and an answer also when it is typed. */
    String yes() {
        return yes;
    }

    /** What the button says that declines; at most 20 characters, and an answer also when it is typed. */
    String no() {
        return no;
    }

    DateTimeFormatter date() {
        return date;
    }

    DateTimeFormatter time() {
        return time;
    }
}
