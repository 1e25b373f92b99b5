package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.AnswerType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what was written as an answer of a kind, in the form in which it is kept. */
final class TypedAnswers {

    private static final int LONGEST = 500;
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    /** Day first, as in the countries this is for. */
    private static final Pattern DATE = Pattern.compile("(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4})");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(?:[.,]\\d{1,6})?");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{Alnum}][\\p{Alnum}./ -]{3,39}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{5,24}");

    private TypedAnswers() {}

    /** Empty when it is no answer of that kind. Choices are read by {@link FlowChoices}. */
    static Optional<String> read(AnswerType type, FlowInput input) {
        if (type == AnswerType.MEDIA) {
            return Optional.ofNullable(input.media());
        }
        var text = input.text() == null ? "" : input.text().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (type) {
            case TEXT -> Optional.of(text);
            case DATE -> date(text);
            case NUMBER -> NUMBER.matcher(text).matches() ? Optional.of(text.replace(',', '.')) : Optional.empty();
            case IDENTIFIER -> IDENTIFIER.matcher(text).matches() ? Optional.of(text) : Optional.empty();
            case PHONE -> PHONE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
            case CHOICE, MEDIA -> Optional.empty();
        };
    }

    private static Optional<String> date(String text) {
        var iso = ISO.matcher(text);
        if (iso.matches()) {
            return day(iso.group(1), iso.group(2), iso.group(3));
        }
        var date = DATE.matcher(text);
        return date.matches() ? day(date.group(3), date.group(2), date.group(1)) : Optional.empty();
    }

    private static Optional<String> day(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                    .toString());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
