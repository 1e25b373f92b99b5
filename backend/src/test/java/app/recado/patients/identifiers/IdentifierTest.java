package app.recado.patients.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of papers, with examples that their authorities print, and for the check digits any number at all. */
class IdentifierTest {

    private static final int TRIES = 500;

    /** The same numbers at every run. */
    private final Random random = new Random(20261130);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AR_DNI   | 30.123.456          | 30123456           | 30.123.456",
                "AR_DNI   | 05123456            | 5123456            | 5.123.456",
                "BR_CPF   | 529.982.247-25      | 52998224725        | 529.982.247-25",
                "BR_CPF   | 191                 | INVALID            |",
                "BR_CPF   | 000.000.001-91      | 00000000191        | 000.000.001-91",
                "BR_CPF   | 111.111.111-11      | CHECK_DIGIT        |",
                "CL_RUT   | 12.345.678-5        | 123456785          | 12.345.678-5",
                "CL_RUT   | 10000013k           | 10000013K          | 10.000.013-K",
                "CL_RUT   | 12.345.678-K        | CHECK_DIGIT        |",
                "CO_CC    | 1.012.345.678       | 1012345678         | 1.012.345.678",
                "EC_CI    | 171003406-5         | 1710034065         | 171003406-5",
                "EC_CI    | 2510034065          | INVALID            |",
                "UY_CI    | 1.234.567-2         | 12345672           | 1.234.567-2",
                "UY_CI    | 1.234.567-3         | CHECK_DIGIT        |",
                "MX_CURP  | hegg560427mvzrrl04  | HEGG560427MVZRRL04 | HEGG560427MVZRRL04",
                "MX_CURP  | HEGG560427MVZRRL05  | CHECK_DIGIT        |",
                "PE_DNI   | 07123456            | 07123456           | 07123456",
                "PE_DNI   | 712345              | 00712345           | 00712345",
                "PASSPORT | aaa 123456          | AAA123456          | AAA123456",
                "PASSPORT | ABCDEFG             | INVALID            |",
                "AR_DNI   | treinta             | INVALID            |",
                "AR_DNI   | ''                  | INVALID            |",
            })
    void is_read_however_it_is_typed_and_shown_as_its_country_writes_it(
            IdentifierKind kind, String typed, String stored, String shown) {
        switch (Identifier.read(kind, typed)) {
            case Identifier identifier -> {
                assertThat(identifier.value()).isEqualTo(stored);
                assertThat(identifier.formatted()).isEqualTo(shown);
                assertThat(Identifier.read(kind, identifier.formatted())).isEqualTo(identifier);
            }
            case IdentifierReading.Trouble trouble -> assertThat(trouble.name()).isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CL_RUT", "EC_CI", "UY_CI", "MX_CURP"})
    void exactly_one_check_digit_fits_whatever_stands_before_it(IdentifierKind kind) {
        for (int i = 0; i < TRIES; i++) {
            var body = body(kind);
            var fitting = "0123456789K"
                    .chars()
                    .mapToObj(check -> body + (char) check)
                    .filter(typed -> Identifier.read(kind, typed) instanceof Identifier)
                    .toList();
            assertThat(fitting).as(body).hasSize(1);
        }
    }

    @Test
    void no_two_pairs_of_check_digits_fit_one_cpf() {
        for (int i = 0; i < TRIES; i++) {
            var body = "%09d".formatted(random.nextInt(1, 1_000_000_000));
            assertThat(IntStream.range(0, 100)
                            .mapToObj(check -> body + "%02d".formatted(check))
                            .filter(typed -> Identifier.read(IdentifierKind.BR_CPF, typed) instanceof Identifier))
                    .as(body)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** What modulo 11 and Luhn promise; the rules of Uruguay and of the CURP do not. */
    @ParameterizedTest
    @EnumSource(names = {"CL_RUT", "EC_CI"})
    void one_mistyped_digit_never_makes_another_valid_number(IdentifierKind kind) {
        for (int i = 0; i < TRIES; i++) {
            var valid = valid(kind);
            int at = random.nextInt(3, valid.length() - 1);
            for (char other : "0123456789".toCharArray()) {
                if (other != valid.charAt(at)) {
                    var typo = valid.substring(0, at) + other + valid.substring(at + 1);
                    assertThat(Identifier.read(kind, typo))
                            .as("%s for %s", typo, valid)
                            .isInstanceOf(IdentifierReading.Trouble.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_text_breaks_the_reading_and_no_value_is_printed(IdentifierKind kind) {
        var letters = "0123456789.-/ kKÑñáA\u0000\u200b\ud83e\uddb7\uff11'\"=+@\t\n";
        for (int i = 0; i < TRIES; i++) {
            var typed = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                typed.append(letters.charAt(random.nextInt(letters.length())));
            }
            if (Identifier.read(kind, typed.toString()) instanceof Identifier identifier) {
                assertThat(identifier.value()).matches("[0-9A-Z]{5,18}");
                assertThat(identifier.toString()).doesNotContain(identifier.value());
            }
        }
        assertThat(IdentifierKind.of(kind.wireName())).contains(kind);
    }

    private String valid(IdentifierKind kind) {
        var body = body(kind);
        return "0123456789K"
                .chars()
                .mapToObj(check -> body + (char) check)
                .filter(typed -> Identifier.read(kind, typed) instanceof Identifier)
                .findFirst()
                .orElseThrow();
    }

    private String body(IdentifierKind kind) {
        return switch (kind) {
            case CL_RUT -> String.valueOf(random.nextInt(1_000_000, 30_000_000));
            case EC_CI -> "%02d%d%06d".formatted(random.nextInt(1, 25), random.nextInt(6), random.nextInt(1_000_000));
            case UY_CI -> String.valueOf(random.nextInt(1_000_000, 7_000_000));
            case MX_CURP ->
                letters(4) + "%06d".formatted(random.nextInt(1_000_000)) + "M" + letters(5) + random.nextInt(10);
            default -> throw new IllegalArgumentException(String.valueOf(kind));
        };
    }

    private String letters(int count) {
        return random.ints(count, 'A', 'Z' + 1)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(java.util.stream.Collectors.joining());
    }

    @Test
    void a_clinic_is_offered_the_paper_of_its_country() {
        assertThat(List.of("AR", "BR", "MX", "ZZ").stream().map(IdentifierKind::ofCountry))
                .containsExactly(
                        java.util.Optional.of(IdentifierKind.AR_DNI),
                        java.util.Optional.of(IdentifierKind.BR_CPF),
                        java.util.Optional.of(IdentifierKind.MX_CURP),
                        java.util.Optional.empty());
    }
}
