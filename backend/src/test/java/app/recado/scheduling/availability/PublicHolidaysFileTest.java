package app.recado.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of public holidays against the lists that governments published for 2026. */
class PublicHolidaysFileTest {

    private record Row(String country, LocalDate day, String regions) {}

    private static List<Row> rows() {
        try (var file = PublicHolidaysFileTest.class.getResourceAsStream("/db/data/public-holidays.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> new Row(
                            line.substring(0, 2),
                            LocalDate.parse(line.substring(3, 13)),
                            line.substring(line.lastIndexOf(',') + 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Ley 27.399 with its moves
        "AR,, 01-01 02-16 02-17 03-24 04-02 04-03 05-01 05-25 06-15 06-20 07-09 08-17 10-12 11-23 12-08 12-25",
        // Lei 662, 6.802, 9.093, 14.759; the state's 9 July
        "BR,, 01-01 04-03 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25",
        "BR, SP, 01-01 04-03 04-21 05-01 07-09 09-07 10-12 11-02 11-15 11-20 12-25",
        "CL,, 01-01 04-03 04-04 05-01 05-21 06-21 06-29 07-16 08-15 09-18 09-19 10-12 10-31 11-01 12-08 12-25",
        "EC,, 01-01 02-16 02-17 04-03 05-01 05-25 08-10 10-09 11-02 11-03 12-25",
        // BOE of 28 October 2025: the country's, and Madrid's with the Mondays after a Sunday
        "ES,, 01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
        "ES, MD, 01-01 01-06 04-02 04-03 05-01 05-02 08-15 10-12 11-01 11-02 12-06 12-07 12-08 12-25",
        // Ley Federal del Trabajo, art. 74
        "MX,, 01-01 02-02 03-16 05-01 09-16 11-16 12-25",
        "PE,, 01-01 04-02 04-03 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25",
        "PT,, 01-01 04-03 04-05 04-25 05-01 06-04 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        "PY,, 01-01 03-01 04-02 04-03 05-01 05-14 05-15 06-12 08-15 09-29 12-08 12-25",
        // 5 U.S.C. 6103, with the Friday for a Saturday
        "US,, 01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
        "UY,, 01-01 05-01 07-18 08-25 12-25",
    })
    void says_of_2026_what_the_law_says(String country, @Nullable String region, String days) {
        var expected = new TreeSet<LocalDate>();
        Arrays.stream(days.split(" ")).forEach(day -> expected.add(LocalDate.parse("2026-" + day)));
        var found = new TreeSet<LocalDate>();
        for (var row : rows()) {
            if (row.country().equals(country)
                    && row.day().getYear() == 2026
                    && Holidays.countsIn(region, row.regions())) {
                found.add(row.day());
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void knows_colombias_eighteen_and_every_year_of_every_country() {
        assertThat(rows().stream()
                        .filter(row -> row.country().equals("CO") && row.day().getYear() == 2026)
                        .map(row -> row.day().toString().substring(5)))
                .contains("01-12", "03-23", "04-02", "05-18", "06-08", "06-15", "06-29", "08-17", "11-02", "11-16")
                .doesNotContain("04-05");
        for (var country : List.of("AR", "BR", "CL", "CO", "EC", "ES", "MX", "PE", "PT", "PY", "US", "UY")) {
            for (int year = 2026; year <= 2029; year++) {
                var christmas = LocalDate.of(year, 12, 25);
                assertThat(rows()).contains(new Row(country, christmas, "*"));
            }
        }
    }
}
