package app.recado.sdk;

import org.jspecify.annotations.Nullable;

/** No token is to be had: {@code invalid_client} says that the key was revoked, has ended or was never right. */
public final class SignInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;

    SignInException(int status, @Nullable String code) {
        super("No token: the identity server answered " + status + (code == null ? "" : " " + code));
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    /** The code of OAuth 2; null when the answer had none. */
    public @Nullable String code() {
        return code;
    }
}
