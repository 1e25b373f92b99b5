package app.recado.engines.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a provider says of a template it was asked for. */
public sealed interface ProviderTemplate {

    /**
     * It is there.
     *
     * @param status in the provider's word
     * @param approved it may be sent now
     * @param variables how many values its body wants, when they are numbered; null when they are named
     * @param quickReplies what its quick-reply buttons say to us; null for those that say what each message tells them to
     * @param wantsMore it has parts to fill that Recado does not fill: a header, a link
     */
    record There(
            String status,
            boolean approved,
            @Nullable Integer variables,
            List<@Nullable String> quickReplies,
            boolean wantsMore)
            implements ProviderTemplate {}

    /** The account has none of that name and language. */
    record Unknown() implements ProviderTemplate {}

    /** It was not told. @param code why, a code of the self-test */
    record NotTold(String code) implements ProviderTemplate {}

    /** Reads the variables of a text. */
    final class Variables {

        private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

        private Variables() {}

        public static boolean any(@Nullable String text) {
            return text != null && VARIABLE.matcher(text).find();
        }

        /** The highest number; 0 when there are none, null when one has a name. */
        public static @Nullable Integer count(@Nullable String text) {
            var numbers = new ArrayList<Integer>();
            var found = VARIABLE.matcher(text == null ? "" : text);
            while (found.find()) {
                if (!found.group(1).matches("\\d{1,3}")) {
                    return null;
                }
                numbers.add(Integer.valueOf(found.group(1)));
            }
            return numbers.stream().max(Integer::compare).orElse(0);
        }
    }
}
