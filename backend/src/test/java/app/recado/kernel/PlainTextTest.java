package app.recado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @Test
    void what_cannot_be_seen_goes_and_blanks_become_one() {
        assertThat(PlainText.oneLine("\u202a An\u200ba\u00a0\t Mar\u00ada\r\nPaz\u2028\u2029\u200f\u202c\ufeff"))
                .isEqualTo("Ana Mara Paz");
        assertThat(PlainText.oneLine("Jos\u0007e\u0301\ufffe")).isEqualTo("Jose\u0301");
    }

    @Test
    void emoji_keep_what_joins_them() {
        var family = "\uD83D\uDC69\u200D\uD83D\uDC67 Zoe \u2764\uFE0F\u200D\uD83D\uDD25";
        assertThat(PlainText.oneLine(family)).isEqualTo(family);
        assertThat(PlainText.oneLine("A\u200Dna")).isEqualTo("Ana");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\u200b",
                "\ufffe",
                "\ufffd",
                "\ufffd \ufffd",
                "\u2800",
                "\u3164",
                "\u0301",
                "\u2028",
                "\u202e\u2066"
            })
    void nothing_to_see_is_empty(String text) {
        assertThat(PlainText.oneLine(text)).isEmpty();
    }
}
