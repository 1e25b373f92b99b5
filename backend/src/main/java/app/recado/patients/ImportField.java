package app.recado.patients;

import app.recado.kernel.SearchText;
import app.recado.patients.identifiers.IdentifierKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a column of a file may hold. */
enum ImportField {
    /** Nothing that is taken over. */
    @JsonProperty("ignore")
    IGNORE(""),
    @JsonProperty("given-name")
    GIVEN_NAME("nombre|nombres|primer nombre|nome|first name|given name|given names|name|nombre de pila"),
    @JsonProperty("family-name")
    FAMILY_NAME("apellido|apellidos|sobrenome|last name|family name|surname"),
    @JsonProperty("full-name")
    FULL_NAME(
            "nombre completo|nombre y apellido|nombres y apellidos|apellido y nombre|apellidos y nombres|paciente|nome completo"
                    + "|full name|patient|patient name|cliente|razon social|nombre y apellidos"),
    @JsonProperty("phone")
    PHONE(
            "telefono|telefonos|celular|movil|whatsapp|tel|cel|telefone|phone|mobile|phone number|telefono celular|numero de telefono"
                    + "|telefono movil|cell|cell phone|contacto|fone"),
    /** What whoever holds that phone is to the patient, and who: {@code madre Gabriela}. */
    @JsonProperty("phone-owner")
    PHONE_OWNER("titular del telefono|telefono de|de quien es el telefono|titular do telefone|phone owner|whose phone"),
    /** With a semicolon between, each followed by whose it is in parentheses: {@code 11 2345-6789 (madre Gabriela)}. */
    @JsonProperty("other-phones")
    OTHER_PHONES(
            "otros telefonos|otro telefono|telefono 2|segundo telefono|telefono alternativo|telefono fijo|telefono particular"
                    + "|celular 2|outros telefones|outro telefone|telefone 2|telefone fixo|other phones|other phone|phone 2"
                    + "|second phone|home phone|alternative phone"),
    @JsonProperty("email")
    EMAIL("email|e mail|mail|correo|correo electronico"),
    @JsonProperty("birth-date")
    BIRTH_DATE(
            "fecha de nacimiento|nacimiento|fecha nacimiento|fecha nac|f nacimiento|fec nac|data de nascimento|nascimento"
                    + "|birth date|date of birth|dob|birthdate|birthday|cumpleanos"),
    @JsonProperty("gender")
    GENDER("genero|sexo|gender|sex"),
    @JsonProperty("language")
    LANGUAGE("idioma|lengua|language|lingua"),
    @JsonProperty("tags")
    TAGS("etiquetas|etiqueta|tags|tag|grupo|grupos|labels"),
    @JsonProperty("notes")
    NOTES("notas|nota|observaciones|observacion|comentarios|notes|note|comments|observacoes|obs"),
    /** The paper of the clinic's country. */
    @JsonProperty("identifier")
    IDENTIFIER(
            "documento|nro documento|numero de documento|n documento|identificacion|document|documento de identidad|id|doc|cedula"
                    + "|cedula de identidad|ci|dni"),
    @JsonProperty("ar-dni")
    AR_DNI(""),
    @JsonProperty("br-cpf")
    BR_CPF("cpf"),
    @JsonProperty("cl-rut")
    CL_RUT("rut|run"),
    @JsonProperty("co-cc")
    CO_CC("cedula de ciudadania|cc"),
    @JsonProperty("ec-ci")
    EC_CI(""),
    @JsonProperty("mx-curp")
    MX_CURP("curp"),
    @JsonProperty("pe-dni")
    PE_DNI(""),
    @JsonProperty("uy-ci")
    UY_CI(""),
    @JsonProperty("passport")
    PASSPORT("pasaporte|passport|passaporte");

    /** In the normal form of a search, as people call such a column. */
    private final Set<String> headers;

    ImportField(String headers) {
        this.headers = Set.of(headers.split("\\|"));
    }

    private boolean isNamed(String words) {
        return headers.contains(words) || wireName().replace('-', ' ').equals(words);
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ImportField of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The paper it is; empty for what is none, and for that of a country whose papers are not known here.
     *
     * @param country the clinic's */
    Optional<IdentifierKind> identifier(String country) {
        return this == IDENTIFIER ? IdentifierKind.ofCountry(country) : IdentifierKind.of(wireName());
    }

    /** What the columns of a file seem to hold, by their names in Spanish, English and Portuguese; each field once. */
    static List<ImportField> suggestedFor(List<String> header) {
        var used = EnumSet.noneOf(ImportField.class);
        var fields = new ArrayList<ImportField>();
        for (var name : header) {
            var words = SearchText.normalise(name);
            var field = Arrays.stream(values())
                    .filter(each -> each != IGNORE && !words.isEmpty() && each.isNamed(words))
                    .findFirst()
                    .orElse(IGNORE);
            fields.add(field == IGNORE || used.add(field) ? field : IGNORE);
        }
        return fields;
    }
}
