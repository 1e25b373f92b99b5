package app.recado.patients.identifiers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which paper names the person. The name on the wire is the country and what people there call the number. */
public enum IdentifierKind {
    /** Argentina, documento nacional de identidad: six to eight digits, none of them a check digit. */
    @JsonProperty("ar-dni")
    AR_DNI("AR"),
    /** Brazil, cadastro de pessoas físicas: eleven digits, the last two check the others. */
    @JsonProperty("br-cpf")
    BR_CPF("BR"),
    /** Chile, rol único tributario (RUN for people): up to eight digits and one that checks them, which may be K. */
    @JsonProperty("cl-rut")
    CL_RUT("CL"),
    /** Colombia, cédula de ciudadanía: five to ten digits. */
    @JsonProperty("co-cc")
    CO_CC("CO"),
    /** Ecuador, cédula de identidad: ten digits, the first two are the province, the last one checks the others. */
    @JsonProperty("ec-ci")
    EC_CI("EC"),
    /** Mexico, clave única de registro de población: eighteen characters, the last one checks the others. */
    @JsonProperty("mx-curp")
    MX_CURP("MX"),
    /** Peru, documento nacional de identidad: eight digits. */
    @JsonProperty("pe-dni")
    PE_DNI("PE"),
    /** Uruguay, cédula de identidad: seven digits and one that checks them. */
    @JsonProperty("uy-ci")
    UY_CI("UY"),
    /** A passport of any country: letters and digits. */
    @JsonProperty("passport")
    PASSPORT(null);

    private final @Nullable String country;

    IdentifierKind(@Nullable String country) {
        this.country = country;
    }

    /** As it stands in the API and in rows. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of that name; empty when there is none. */
    public static Optional<IdentifierKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }

    /** What people of that country have; empty for countries whose papers are not known here.
     *
     * @param country ISO 3166-1 alpha-2 */
    public static Optional<IdentifierKind> ofCountry(String country) {
        return Arrays.stream(values())
                .filter(kind -> country.equals(kind.country))
                .findFirst();
    }
}
