package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A language Recado writes, and how dates and times are said in it. */
public enum TemplateLanguage {
    @JsonProperty("es")
    ES("es", "EEEE d 'de' MMMM", "H:mm", "d MMM", " y %d más", "Confirmo", "No puedo ir"),
    @JsonProperty("en")
    EN("en", "EEEE, MMMM d", "h:mm a", "MMM d", " and %d more", "Confirm", "I can't make it"),
    @JsonProperty("pt-BR")
    PT_BR("pt-BR", "EEEE, d 'de' MMMM", "H:mm", "d MMM", " e mais %d", "Confirmo", "Não posso ir");

    /** As many days a message names: more are not read. */
    private static final int NAMED = 5;

    private final String tag;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;
    private final String more;
    private final String yes;
    private final String no;

    TemplateLanguage(String tag, String date, String time, String day, String more, String yes, String no) {
        var locale = Locale.forLanguageTag(tag);
        this.tag = tag;
        this.date = DateTimeFormatter.ofPattern(date, locale);
        this.time = DateTimeFormatter.ofPattern(time, locale);
        this.day = DateTimeFormatter.ofPattern("EEE " + day + ", " + time, locale);
        this.more = more;
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

    /** Days and hours in short; beyond a handful only how many more there are. Null for none. */
    @Nullable String list(List<ZonedDateTime> moments) {
        if (moments.isEmpty()) {
            return null;
        }
        var named = moments.stream().limit(NAMED).map(day::format).collect(Collectors.joining("; "));
        int left = moments.size() - NAMED;
        return left > 0 ? named + more.formatted(left) : named;
    }

    /** Who comes, when and to whom; all of them, because none may be missed. Null for none. */
    @Nullable String companions(List<TemplateFields.Companion> companions) {
        return companions.isEmpty()
                ? null
                : companions.stream()
                        .map(one -> "%s, %s (%s)"
                                .formatted(one.patientName(), day.format(one.start()), one.practitionerName()))
                        .collect(Collectors.joining("; "));
    }
}
