package app.recado.fhir;

import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * What a search may ask.
 *
 * @param name as FHIR R4 calls it
 * @param documentation what it means here, for the capability statement and the API's document
 * @param example a value
 * @param personal a name, a number or a birth date: it never stands in an address, only in the form of a POST
 * @param repeatable whether all of several values must hold
 */
record SearchParameter(
        String name, SearchParamType type, String documentation, String example, boolean personal, boolean repeatable) {

    static SearchParameter of(String name, SearchParamType type, String documentation, String example) {
        return new SearchParameter(name, type, documentation, example, false, false);
    }

    static SearchParameter personal(String name, SearchParamType type, String documentation, String example) {
        return new SearchParameter(name, type, documentation, example, true, false);
    }

    SearchParameter andAgain() {
        return new SearchParameter(name, type, documentation, example, personal, true);
    }

    /** What every search takes. */
    static SearchParameter id() {
        return of("_id", SearchParamType.TOKEN, "One of these ids", "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11");
    }
}
