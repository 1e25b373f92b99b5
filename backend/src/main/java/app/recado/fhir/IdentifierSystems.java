package app.recado.fhir;

import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * The systems in which papers number people: those that the countries' own FHIR guides use, and addresses of ours where there
 * is none. Passports have ours because Recado does not know whose they are.
 */
final class IdentifierSystems {

    private static final String OURS = "https://recado.app/fhir/sid/";

    private static final Map<String, String> OF_COUNTRIES = Map.of(
            "ar-dni", "http://www.renaper.gob.ar/dni",
            "br-cpf", "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf",
            "cl-rut", "http://regcivil.cl/Validacion/RUN",
            "co-cc", "https://fhir.minsalud.gov.co/rda/NamingSystem/RNEC",
            "mx-curp", "urn:oid:2.16.840.1.113883.4.629",
            "uy-ci", "urn:oid:2.16.858.2.10000675.68909");

    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String PASSPORT = "passport";

    private IdentifierSystems() {}

    /** @param kind the paper, for example {@code ar-dni} */
    static String of(String kind) {
        return OF_COUNTRIES.getOrDefault(kind, OURS + kind);
    }

    /** The paper; empty for systems that number nobody here. */
    static Optional<String> kindOf(String system) {
        if (system.startsWith(OURS)) {
            return Optional.of(system.substring(OURS.length()));
        }
        return OF_COUNTRIES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(system))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A passport's number, or one that a country gives each person. */
    static CodeableConcept type(String kind) {
        return new CodeableConcept()
                .addCoding(new Coding().setSystem(TYPES).setCode(kind.equals(PASSPORT) ? "PPN" : "NI"));
    }
}
