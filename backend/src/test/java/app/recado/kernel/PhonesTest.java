package app.recado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases of {@code phones.json}, which the gateway and the console are tried with too. */
class PhonesTest {

    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    @ParameterizedTest(name = "{1} in {0} is {2}")
    @MethodSource("typed")
    void a_phone_is_read_as_people_of_the_country_type_it(
            String country, String typed, String phone, String extension, String refused) {
        switch (Phones.read(typed, country)) {
            case Phones.Phone read -> {
                assertThat(read.e164()).isEqualTo(phone);
                assertThat(read.extension()).isEqualTo(extension.isEmpty() ? null : extension);
            }
            case Phones.Trouble trouble -> assertThat(trouble.code()).isEqualTo(refused);
        }
    }

    @ParameterizedTest
    @MethodSource("network")
    void the_network_spells_the_same_person(String digits, String phone) {
        assertThat(Phones.canonical("+" + digits)).isEqualTo(phone);
    }

    @ParameterizedTest
    @CsvSource({
        "AR, 011 4555-6666, +541145556666",
        "AR, +54 11 4555 6666, +541145556666",
        "AR, 011 15 2345-6789, +5491123456789",
        "MX, 044 55 1234 5678, +525512345678",
    })
    void a_number_to_dial_may_be_a_land_line(String country, String typed, String e164) {
        assertThat(Phones.readDialled(typed, country)).isEqualTo(new Phones.Phone(e164, null));
    }

    @ParameterizedTest
    @CsvSource({
        "+5491123456789, AR",
        "+5255, MX",
        "+59899, UY",
        "+1416, US",
        "+999123, ",
        "+, ",
    })
    void the_calling_code_tells_the_market(String begins, @Nullable String market) {
        assertThat(Phones.market(begins)).isEqualTo(market);
    }

    /** The examples that libphonenumber keeps of every country's mobiles: typed at home and from abroad they are one person. */
    @ParameterizedTest
    @MethodSource("exampleMobiles")
    void every_countrys_example_is_one_person_typed_at_home_or_abroad(String country, PhoneNumber example) {
        var abroad = Phones.read(UTIL.format(example, PhoneNumberFormat.INTERNATIONAL), "ES");
        assertThat(abroad).isInstanceOf(Phones.Phone.class);
        assertThat(Phones.read(UTIL.format(example, PhoneNumberFormat.NATIONAL), country))
                .isEqualTo(abroad);
        var phone = ((Phones.Phone) abroad).e164();
        assertThat(Phones.canonical(phone)).isEqualTo(phone);
        assertThat(Phones.read(Phones.national(phone, country), country)).isEqualTo(abroad);
        assertThat(Phones.mayHaveWhatsApp(phone)).isTrue();
    }

    static Stream<Arguments> exampleMobiles() {
        return UTIL.getSupportedRegions().stream()
                .sorted()
                .filter(country -> UTIL.getExampleNumberForType(country, PhoneNumberType.MOBILE) != null)
                .map(country -> Arguments.of(country, UTIL.getExampleNumberForType(country, PhoneNumberType.MOBILE)));
    }

    static Stream<Arguments> typed() {
        return cases("typed")
                .map(each -> Arguments.of(
                        each.path("country").asString(),
                        each.path("typed").asString(),
                        each.path("phone").asString(""),
                        each.path("extension").asString(""),
                        each.path("refused").asString("")));
    }

    static Stream<Arguments> network() {
        return cases("network")
                .map(each -> Arguments.of(
                        each.path("digits").asString(), each.path("phone").asString()));
    }

    private static Stream<JsonNode> cases(String kind) {
        try (var file = PhonesTest.class.getResourceAsStream("/phones.json")) {
            return JsonMapper.shared().readTree(file).path(kind).valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
