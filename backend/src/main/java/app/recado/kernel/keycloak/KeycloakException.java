package app.recado.kernel.keycloak;

/**
 * Keycloak refused a call or did not answer. The message names the operation and the answer; it holds no secret and no
 * personal data of its own, but may quote Keycloak's explanation.
 */
public final class KeycloakException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    KeycloakException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status Keycloak answered; 0 when there was no answer or it could not be read. */
    public int status() {
        return status;
    }
}
