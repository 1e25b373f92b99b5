package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.Action;
import app.recado.bot.flow.FlowNode.Detail;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What somebody answered that shall stand on their card. */
final class FlowDetails {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)+");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    private FlowDetails() {}

    /** In the order of the details; what nobody answered is left out. */
    static Map<Detail, String> said(Action action, Map<String, String> answers) {
        var said = new EnumMap<Detail, String>(Detail.class);
        for (var one : action.details()) {
            var answer = answers.get(one.answer());
            if (answer != null && !answer.isBlank()) {
                said.put(one.detail(), answer.strip());
            }
        }
        return said;
    }

    /** Whether each could stand on a card: an address that mail could go to, a day, a name of one line. */
    static boolean readable(Map<Detail, String> said) {
        return said.entrySet().stream().allMatch(one -> switch (one.getKey()) {
            case EMAIL ->
                one.getValue().length() <= LONGEST_EMAIL
                        && EMAIL.matcher(one.getValue()).matches();
            case BIRTH_DATE -> isDay(one.getValue());
            case GIVEN_NAME, FAMILY_NAME ->
                one.getValue().length() <= LONGEST_NAME
                        && one.getValue().chars().noneMatch(Character::isISOControl);
        });
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException notADay) {
            return false;
        }
    }

    /** All of it said back. */
    static String asked(Map<Detail, String> said, FlowLanguage language) {
        return FlowWords.SHALL_UPDATE.in(language)
                + said.entrySet().stream()
                        .map(one -> "\n• " + called(one.getKey()).in(language, shown(one.getKey(), one.getValue())))
                        .collect(Collectors.joining());
    }

    private static FlowWords called(Detail detail) {
        return switch (detail) {
            case EMAIL -> FlowWords.DETAIL_EMAIL;
            case BIRTH_DATE -> FlowWords.DETAIL_BIRTH_DATE;
            case GIVEN_NAME -> FlowWords.DETAIL_GIVEN_NAME;
            case FAMILY_NAME -> FlowWords.DETAIL_FAMILY_NAME;
        };
    }

    private static String shown(Detail detail, String value) {
        return detail == Detail.BIRTH_DATE ? DAY.format(LocalDate.parse(value)) : value;
    }
}
