package app.recado.patients.identifiers;

/** What became of a number that was typed: an identifier, or why it is none. */
public sealed interface IdentifierReading permits Identifier, IdentifierReading.Trouble {

    /** Why a text is no identifier of its kind. */
    enum Trouble implements IdentifierReading {
        INVALID("identifier-invalid", "Numbers of this kind have another length or form"),
        CHECK_DIGIT("identifier-check-digit", "One of the digits is wrong: the check digit does not fit the others");

        private final String code;
        private final String detail;

        Trouble(String code, String detail) {
            this.code = code;
            this.detail = detail;
        }

        /** The code of the field's problem. */
        public String code() {
            return code;
        }

        /** In English; never repeats what was typed. */
        public String detail() {
            return detail;
        }
    }
}
