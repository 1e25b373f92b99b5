package app.recado.kernel;

/** Text of people, freed of what cannot be seen: pasted names and phones bring direction marks and zero-width characters. */
public final class PlainText {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_VARIATION = 0xFE0F;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int NEXT_LINE = 0x85;

    private PlainText() {}

    /**
     * One line as it is seen. Line breaks, separators and runs of blanks become one space, none at the ends. Controls,
     * zero-width and direction characters and those that Unicode says are none go; joiners inside an emoji stay.
     *
     * @return empty when nothing can be seen, also for replacement characters alone
     */
    public static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        boolean gap = false;
        boolean seen = false;
        int before = -1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                gap = true;
                before = -1;
            } else if (!isInvisible(c) || joins(c, before)) {
                if (gap && !line.isEmpty()) {
                    line.append(' ');
                }
                gap = false;
                line.appendCodePoint(c);
                before = c;
                seen |= canBeSeen(c);
            }
        }
        return seen ? line.toString() : "";
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || switch (c) {
                    // Letters and a symbol that are drawn as nothing.
                    case NEXT_LINE, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800 -> true;
                    default -> false;
                };
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> isNoCharacter(c) || c == 0x034F;
        };
    }

    private static boolean isNoCharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    private static boolean joins(int c, int before) {
        boolean emoji = before >= 0
                && (Character.isExtendedPictographic(before)
                        || Character.isEmojiModifier(before)
                        || before == EMOJI_VARIATION
                        || isTag(before));
        return emoji && (c == ZERO_WIDTH_JOINER || isTag(c));
    }

    /** The letters of flags such as that of Scotland. */
    private static boolean isTag(int c) {
        return c >= 0xE0020 && c <= 0xE007F;
    }

    private static boolean canBeSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> false;
            default -> c != REPLACEMENT;
        };
    }
}
