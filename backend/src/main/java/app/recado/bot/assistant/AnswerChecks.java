package app.recado.bot.assistant;

import app.recado.bot.assistant.AssistantInput.Fact;
import app.recado.kernel.SearchText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a model's words reaches a patient. Prices, hours, addresses of the web and phone numbers pass only when they stand in
 * what the model was given; words that say something was booked or cancelled, doses, and our own rules never do.
 */
final class AnswerChecks {

    /** What WhatsApp shows without a fold, and what somebody reads on a phone. */
    static final int LONGEST = 1_000;

    private static final Pattern CITATION = Pattern.compile("\\s*\\[(F\\d{1,3}(?:\\s*,\\s*F\\d{1,3})*)]");
    private static final Pattern MONEY = Pattern.compile(
            "(?:[$€£]|R\\$|US\\$|ARS|USD|EUR|BRL|MXN|CLP|COP|PEN|UYU)\\s*(\\d[\\d.,]*)"
                    + "|(\\d[\\d.,]*)\\s*(?:pesos|reales|reais|euros|d[oó]lares|dollars|soles|guaran[ií]es|mil pesos|[$€£])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern CLOCK = Pattern.compile("(?<!\\d)(\\d{1,2})[:.h](\\d{2})(?!\\d)");
    /** An hour without minutes, where no word after it makes it a number of something else. */
    private static final Pattern BARE_HOUR = Pattern.compile(
            "(?:\\ba las?|às|\\bat)\\s+(\\d{1,2})(?=\\s*(?:[,;!?)]|\\.(?!\\d)|$|hs?\\b|[ap]\\.?m\\b"
                    + "|(?:con|with|com|y(?! media| cuarto)|o|or|and|e(?! meia)|ou|da|de la|in the)\\b))"
                    + "|(?<![\\d:.])(\\d{1,2})\\s*[ap]\\.?m\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://|www\\.)\\S+|\\S+@\\S+\\.\\S+|\\b[\\w-]+\\.(?:com|net|org|info|io|ar|br|mx|es|cl|co|pe|uy)\\b\\S*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d[\\d ().-]{5,}\\d");
    private static final Pattern DOSE =
            Pattern.compile("\\b\\d+\\s*(?:mg|ml|mcg|comprimid|pastilla|gotas|tablet|pill)");
    private static final Pattern DONE = Pattern.compile("\\b(?:"
            + "(?:he|ya|te|lo|la|quedo|queda|qued[oó] todo|est[aá]|fue|ha sido)\\s+(?:te |lo |la |ya )?"
            + "(?:reservad|agendad|cancelad|anulad|reprogramad|movid|cambiad|confirmad|anotad)[oa]?|"
            + "(?:reserve|agende|cancele|anule|reprograme|movi|cambie|confirme)\\s+(?:tu|su|el|la|tus)|"
            + "te\\s+anote\\b|"
            + "(?:agendei|marquei|cancelei|remarquei|reservei|mudei|confirmei|anotei)|"
            + "(?:foi|esta|ficou)\\s+(?:agendad|marcad|cancelad|remarcad|desmarcad|confirmad)[oa]|"
            + "i(?: have|ve)?\\s+(?:just )?(?:booked|cancelled|canceled|moved|rescheduled|changed|confirmed)|"
            + "(?:is|has been|was|been)\\s+(?:now )?(?:booked|cancelled|canceled|moved|rescheduled|confirmed)"
            + ")");

    private AnswerChecks() {}

    /** What passed, or why nothing does.
     *
     * @param withheld a code; null when it passes */
    record Checked(String text, List<UUID> cited, @Nullable String withheld) {}

    /**
     * @param given everything the model was given that the clinic or Recado said, as it stood there
     * @param heard what the patient wrote: they may name an hour, but not a price
     * @param facts in the order in which they were numbered
     */
    static Checked check(String answer, String given, String heard, List<Fact> facts) {
        var cited = new ArrayList<UUID>();
        var marks = CITATION.matcher(answer);
        while (marks.find()) {
            for (var mark : marks.group(1).split("\\s*,\\s*")) {
                int number = Integer.parseInt(mark.substring(1));
                if (number < 1 || number > facts.size()) {
                    return new Checked("", List.of(), "unknown-fact");
                }
                var id = facts.get(number - 1).id();
                if (!cited.contains(id)) {
                    cited.add(id);
                }
            }
        }
        var text = CITATION.matcher(answer).replaceAll("").strip();
        var why = text.isEmpty() ? "empty" : withheld(text, given, heard);
        return why == null ? new Checked(cut(text), cited, null) : new Checked("", List.of(), why);
    }

    private static @Nullable String withheld(String text, String given, String heard) {
        var words = SearchText.normalise(text);
        if (AssistantPrompt.quotesRules(text)) {
            return "own-rules";
        }
        if (DONE.matcher(words).find()) {
            return "claimed-action";
        }
        if (DOSE.matcher(words).find() && !SearchText.normalise(given).contains(words)) {
            return "clinical";
        }
        var known = numbers(given);
        var money = MONEY.matcher(text);
        while (money.find()) {
            var amount = money.group(1) == null ? money.group(2) : money.group(1);
            if (!known.contains(amount(amount))) {
                return "unknown-price";
            }
        }
        var hours = clocks(given + " " + heard);
        var clock = CLOCK.matcher(text);
        while (clock.find()) {
            if (!hours.contains(hour(clock.group(1), clock.group(2)))) {
                return "unknown-hour";
            }
        }
        var bare = bareHours(given + " " + heard);
        hours.stream()
                .filter(one -> one.endsWith(":00"))
                .map(one -> halfDay(one.split(":", 2)[0]))
                .forEach(bare::add);
        if (!bare.containsAll(bareHours(text))) {
            return "unknown-hour";
        }
        var addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            if (!given.contains(addresses.group().replaceAll("[.,;:!?)]+$", ""))) {
                return "unknown-address";
            }
        }
        var digits = given.replaceAll("\\D", "");
        var phones = NUMBER.matcher(text);
        while (phones.find()) {
            var phone = phones.group().replaceAll("\\D", "");
            if (phone.length() >= 7 && !digits.contains(phone)) {
                return "unknown-number";
            }
        }
        return null;
    }

    private static Set<String> numbers(String text) {
        var found = new HashSet<String>();
        var matcher = Pattern.compile("\\d[\\d.,]*").matcher(text);
        while (matcher.find()) {
            found.add(amount(matcher.group()));
        }
        return found;
    }

    /** 12.000, 12,000 and 12000,00 are one amount. */
    private static String amount(String written) {
        return written.replaceAll("[.,]+$", "").replaceAll("[.,]\\d{1,2}$", "").replaceAll("[.,]", "");
    }

    private static Set<String> clocks(String text) {
        var found = new HashSet<String>();
        var matcher = CLOCK.matcher(text);
        while (matcher.find()) {
            found.add(hour(matcher.group(1), matcher.group(2)));
        }
        return found;
    }

    private static Set<Integer> bareHours(String text) {
        return BARE_HOUR
                .matcher(text)
                .results()
                .map(one -> halfDay(one.group(1) == null ? one.group(2) : one.group(1)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Four in the afternoon is 4 and 16. */
    private static int halfDay(String hours) {
        return Integer.parseInt(hours) % 12;
    }

    private static String hour(String hours, String minutes) {
        return Integer.parseInt(hours) + ":" + minutes;
    }

    /** At the end of a sentence where there is one. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        var head = text.substring(0, LONGEST - 1);
        int end = Math.max(head.lastIndexOf(". "), Math.max(head.lastIndexOf('\n'), head.lastIndexOf("? ")));
        return end > LONGEST / 2 ? head.substring(0, end + 1).strip() : head.strip() + "…";
    }
}
