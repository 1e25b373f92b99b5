package app.recado.patients.tables;

/** Why a file as a whole cannot be read as a table. */
public enum FileTrouble {
    EMPTY("empty-file", "There is no row below the header"),
    NO_TABLE("not-a-table", "This is neither CSV nor XLSX"),
    DUPLICATE_HEADER("duplicate-header", "Two columns have the same name"),
    TOO_MANY_COLUMNS("too-many-columns", "At most %d columns".formatted(TableFile.MOST_COLUMNS)),
    TOO_MANY_ROWS("too-many-rows", "At most %d rows".formatted(TableFile.MOST_ROWS)),
    BROKEN("broken-file", "A quotation mark is not closed, or the file is damaged"),
    TOO_LARGE("too-large", "Unpacked, the file is too large");

    private final String code;
    private final String detail;

    FileTrouble(String code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    /** Stable, for the API and for the row of the import. */
    public String code() {
        return code;
    }

    /** In English; never repeats what is in the file. */
    public String detail() {
        return detail;
    }

    /** Says that a file cannot be read. */
    public static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;
        private final FileTrouble trouble;

        public Refusal(FileTrouble trouble) {
            super(trouble.code(), null, false, false);
            this.trouble = trouble;
        }

        public FileTrouble trouble() {
            return trouble;
        }
    }
}
