package app.recado.patients;

import app.recado.kernel.PlainText;
import java.util.List;
import java.util.Locale;

/** Words by which a clinic groups its patients ({@code vip}, {@code primera vez}): one line each, in small letters. */
final class Tags {

    /** Of one patient. */
    static final int MOST = 10;

    /** Characters of one. */
    static final int LONGEST = 30;

    private Tags() {}

    /** In the one form that is stored, shown and looked for; empty when nothing can be seen. */
    static String normal(String typed) {
        return PlainText.oneLine(typed).toLowerCase(Locale.ROOT);
    }

    /** Each once, in their order; what cannot be seen is left out. */
    static List<String> normal(List<String> typed) {
        return typed.stream()
                .map(Tags::normal)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }
}
