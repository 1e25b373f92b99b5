package app.recado.devstack;

/** Something this machine lacks or a part that would not start; the message is written for the person at the keyboard. */
public class DevstackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DevstackException(String message) {
        super(message);
    }

    public DevstackException(String message, Throwable cause) {
        super(message, cause);
    }
}
