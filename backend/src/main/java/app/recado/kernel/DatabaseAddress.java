package app.recado.kernel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL address as people write it: {@code jdbc:postgresql://…}, or the form that hosting providers hand out,
 * {@code postgres://user:p%40ss@host:5432/recado?sslmode=require}, in which user and password are percent-encoded. The
 * JDBC driver takes only the first and reads no credentials from it.
 *
 * @param jdbcUrl for the driver, without credentials
 * @param user decoded; null when the address names none
 * @param password decoded; null when the address names none
 */
public record DatabaseAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {

    private static final Pattern FORM =
            Pattern.compile("postgres(?:ql)?://(?:([^:@/?]*)(?::([^@/?]*))?@)?([^@/?]+)(/[^?]*)?(\\?.*)?");

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException when it is neither; the message does not quote it, it may hold a password
     */
    public static DatabaseAddress parse(String text) {
        var address = text.strip();
        if (address.startsWith("jdbc:postgresql:")) {
            return new DatabaseAddress(address, null, null);
        }
        var parts = FORM.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "RECADO_DATABASE_URL must look like jdbc:postgresql://host:5432/recado or"
                            + " postgres://user:password@host:5432/recado, with /, @, : and % in the password encoded");
        }
        var path = parts.group(4) == null ? "/" : parts.group(4);
        var query = parts.group(5) == null ? "" : parts.group(5);
        return new DatabaseAddress(
                "jdbc:postgresql://" + parts.group(3) + path + query, decoded(parts.group(1)), decoded(parts.group(2)));
    }

    private static @Nullable String decoded(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        // In this part of a URL a plus sign is a plus sign; the decoder, made for forms, would read a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A password is never printed. */
    @Override
    public String toString() {
        return "DatabaseAddress[jdbcUrl=" + jdbcUrl + "]";
    }
}
