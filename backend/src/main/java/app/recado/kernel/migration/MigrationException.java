package app.recado.kernel.migration;

/** Why an export cannot be read at all, in a sentence for the operator. Quotes no row. */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }
}
