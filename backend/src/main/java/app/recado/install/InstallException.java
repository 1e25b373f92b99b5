package app.recado.install;

/** Why a command stopped, in a sentence for the person at the terminal. Quotes no secret. */
final class InstallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InstallException(String message) {
        super(message);
    }

    InstallException(String message, Throwable cause) {
        super(message, cause);
    }
}
