package app.recado.bot;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.AssistantFacts.FactTexts;
import app.recado.bot.FactFile.Row;
import app.recado.bot.FactFile.Trouble;
import app.recado.bot.flow.FlowLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts as spreadsheets write them. */
class FactFileTest {

    private static FactFile read(String csv) {
        return FactFile.read(csv, FlowLanguage.ES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title,es,en\nPrecio,Cuesta 10.,It is 10.",
                "\ufefftitle;es;en\r\nPrecio;Cuesta 10.;It is 10.\r\n",
                "Título\tEspañol\tEnglish\nPrecio\tCuesta 10.\tIt is 10.",
                "en,note,title,es\nIt is 10.,for us,Precio,Cuesta 10.\n,,,\n",
                "title,texto,en\nPrecio,Cuesta 10.,It is 10."
            })
    void columns_are_known_by_their_names_in_any_order_and_with_any_separator(String csv) {
        var file = read(csv);

        assertThat(file.troubles()).isEmpty();
        assertThat(file.rows()).containsExactly(new Row("Precio", new FactTexts("Cuesta 10.", "It is 10.", "")));
    }

    @Test
    void a_column_that_names_no_language_is_in_the_clinics() {
        var file = FactFile.read("title,text\nPreço,Custa 10.", FlowLanguage.PT_BR);

        assertThat(file.rows()).containsExactly(new Row("Preço", new FactTexts("", "", "Custa 10.")));
    }

    @Test
    void what_is_wrong_is_said_with_its_line() {
        var file = read("title,es\n,Sin título\nVacío,\n" + "x".repeat(121) + ",Largo\nLargo," + "x".repeat(1501)
                + "\nPrecio,Uno\nPRECIO,Dos");

        assertThat(file.troubles())
                .containsExactly(
                        new Trouble(2, "no-title"),
                        new Trouble(3, "no-text"),
                        new Trouble(4, "title-too-long"),
                        new Trouble(5, "text-too-long"),
                        new Trouble(7, "title-twice"));
        assertThat(file.rows()).extracting(Row::title).containsExactly("Precio");
    }

    @Test
    void words_over_several_lines_and_with_separators_are_one_cell() {
        var file = read("title,es\n\"Pago, en cuotas\",\"Tres,\nsin interés\"");

        assertThat(file.rows())
                .containsExactly(new Row("Pago, en cuotas", new FactTexts("Tres,\nsin interés", "", "")));
    }

    @Test
    void a_guard_against_formulas_is_no_part_of_the_words() {
        assertThat(read("title,es\n'-50 % los martes,'+54 11 5555").rows())
                .containsExactly(new Row("-50 % los martes", new FactTexts("+54 11 5555", "", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "Precio,Cuesta 10.", "title\nPrecio", "es,en\nuno,one"})
    void a_file_without_its_columns_is_told_so(String csv) {
        assertThat(read(csv))
                .isEqualTo(new FactFile(java.util.List.of(), java.util.List.of(new Trouble(1, "no-header"))));
    }
}
